/*
 * test_digest_pair.c - two digests at once are what each is by itself, with the
 * processor's own instructions and without. One by itself is OpenSSL's.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "digest_pair.h"
#include "support/pairs.h"

#define LENGTHS 300
#define MILLION 1000000

/* One has seen `a` bytes, the other `b`, then both see `length` at `at`. */
static void check_lengths(const uint8_t *bytes, size_t a, size_t b, size_t at,
                          size_t length)
{
    wfs_hasher *pair[2] = {test_pairs_open_behind(bytes, a),
                           test_pairs_open_behind(bytes, b)};
    wfs_hasher *single[2] = {test_pairs_open_behind(bytes, a),
                             test_pairs_open_behind(bytes, b)};

    test_pairs_update_both(pair[0], pair[1], bytes + at, length);
    for (size_t i = 0; i < 2; i++) {
        wfs_digest expected;

        wfs_hasher_update(single[i], bytes + at, length);
        test_pairs_assert_same(pair[i], single[i]);
        wfs_hasher_finish(single[i], &expected);
        test_pairs_assert_digest(pair[i], &expected);
        wfs_hasher_close(single[i]);
    }
}

static void any_length_behind_any_other_is_right(void **state)
{
    static const size_t before[] = {0, 1, 32, 55, 63, 64, 127};
    uint8_t bytes[LENGTHS + 64];
    size_t counts = sizeof(before) / sizeof(*before);

    (void)state;
    test_pairs_fill(bytes, sizeof(bytes));
    for (size_t length = 0; length <= LENGTHS; length++) {
        for (size_t i = 0; i < counts * counts; i++) {
            check_lengths(bytes, before[i / counts], before[i % counts],
                          length % 64, length);
        }
    }
    test_pairs_assert_taken(LENGTHS);
}

/* Different bytes, one more of them than the other. */
static void check_two(const uint8_t *bytes, size_t before, size_t a_length,
                      size_t b_length)
{
    const uint8_t *parts[2] = {bytes, bytes + LENGTHS + 1};
    size_t lengths[2] = {a_length, b_length};
    wfs_hasher *pair[2];

    for (size_t i = 0; i < 2; i++) {
        pair[i] = test_pairs_open_behind(bytes, i == 0 ? before : before / 2);
    }
    wfs_hasher_update_both(&(wfs_hasher_piece){pair[0], parts[0], lengths[0]},
                           &(wfs_hasher_piece){pair[1], parts[1], lengths[1]});
    for (size_t i = 0; i < 2; i++) {
        wfs_hasher *single =
            test_pairs_open_behind(bytes, i == 0 ? before : before / 2);
        wfs_digest expected;

        wfs_hasher_update(single, parts[i], lengths[i]);
        test_pairs_assert_same(pair[i], single);
        wfs_hasher_finish(single, &expected);
        test_pairs_assert_digest(pair[i], &expected);
        wfs_hasher_close(single);
    }
}

static void different_bytes_of_any_two_lengths_are_right(void **state)
{
    uint8_t bytes[2 * LENGTHS + 1];

    (void)state;
    test_pairs_fill(bytes, sizeof(bytes));
    for (size_t a = 0; a <= LENGTHS; a += 3) {
        for (size_t b = 0; b <= LENGTHS; b += 7) {
            check_two(bytes, (a + b) % 131, a, b);
        }
    }
    test_pairs_assert_taken(LENGTHS);
}

/* Go on from the saved state with a new hasher. */
static void exchange(wfs_hasher **hasher)
{
    wfs_digest_state saved = {{0}, 0};

    wfs_hasher_save(*hasher, &saved);
    wfs_hasher_close(*hasher);
    assert_status(wfs_hasher_restore(&saved, hasher), WFS_OK);
}

/* In pieces; `a` begins in the middle of a block. */
static void check_pieces(const uint8_t *bytes, size_t length)
{
    wfs_hasher *a = test_pairs_open_behind(bytes, 17);
    wfs_hasher *b = test_pairs_open_behind(bytes, 0);
    wfs_hasher *whole = test_pairs_open_behind(bytes, 17);
    wfs_digest a_digest;
    wfs_digest b_digest = test_digest(bytes, length);
    size_t piece;

    wfs_hasher_update(whole, bytes, length);
    wfs_hasher_finish(whole, &a_digest);
    wfs_hasher_close(whole);
    for (size_t at = 0; at < length; at += piece) {
        piece = test_pairs_get_random() % 700;
        piece = piece < length - at ? piece : length - at;
        test_pairs_update_both(a, b, bytes + at, piece);
        if (test_pairs_get_random() % 2 == 0) {
            exchange(&a);
            exchange(&b);
        }
    }
    test_pairs_assert_digest(a, &a_digest);
    test_pairs_assert_digest(b, &b_digest);
}

static void any_pieces_and_saved_states_between_them_are_right(void **state)
{
    uint8_t bytes[9000];

    (void)state;
    for (int i = 0; i < 200; i++) {
        test_pairs_fill(bytes, sizeof(bytes));
        check_pieces(bytes, sizeof(bytes) - (size_t)i);
    }
    test_pairs_assert_taken(10000);
}

static void check_example(const char *bytes, size_t length,
                          const wfs_digest *expected)
{
    wfs_hasher *a = wfs_hasher_open(WFS_DIGEST_SHA256);
    wfs_hasher *b = wfs_hasher_open(WFS_DIGEST_SHA256);

    test_pairs_update_both(a, b, (const uint8_t *)bytes, length);
    test_pairs_assert_digest(a, expected);
    test_pairs_assert_digest(b, expected);
}

/* FIPS 180-2, B.1 to B.3, and the long message of NIST's examples for 180-4. */
static void the_examples_of_the_standard_are_right(void **state)
{
    static const wfs_digest abc = {
        WFS_DIGEST_SHA256,
        {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
         0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
         0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad}};
    static const wfs_digest two_blocks = {
        WFS_DIGEST_SHA256,
        {0xcf, 0x5b, 0x16, 0xa7, 0x78, 0xaf, 0x83, 0x80, 0x03, 0x6c, 0xe5,
         0x9e, 0x7b, 0x04, 0x92, 0x37, 0x0b, 0x24, 0x9b, 0x11, 0xe8, 0xf0,
         0x7a, 0x51, 0xaf, 0xac, 0x45, 0x03, 0x7a, 0xfe, 0xe9, 0xd1}};
    static const wfs_digest million = {
        WFS_DIGEST_SHA256,
        {0xcd, 0xc7, 0x6e, 0x5c, 0x99, 0x14, 0xfb, 0x92, 0x81, 0xa1, 0xc7,
         0xe2, 0x84, 0xd7, 0x3e, 0x67, 0xf1, 0x80, 0x9a, 0x48, 0xa4, 0x97,
         0x20, 0x0e, 0x04, 0x6d, 0x39, 0xcc, 0xc7, 0x11, 0x2c, 0xd0}};
    static const char text[] =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
    char *as = malloc(MILLION);

    (void)state;
    assert_non_null(as);
    memset(as, 'a', MILLION);
    check_example("abc", 3, &abc);
    check_example(text, strlen(text), &two_blocks);
    check_example(as, MILLION, &million);
    test_pairs_assert_taken(1 + MILLION / WFS_DIGEST_BLOCK_BYTES);
    free(as);
}

static void bytes_are_counted_beyond_half_a_gigabyte(void **state)
{
    wfs_digest_state saved = {{0}, 40};
    uint8_t bytes[1024];
    wfs_hasher *hashers[3];

    (void)state;
    test_pairs_fill(bytes, sizeof(bytes));
    saved.bytes[36] = 0x1f; /* 0x1fffff00: 2048 bits short of 32 bits of them */
    saved.bytes[37] = 0xff;
    saved.bytes[38] = 0xff;
    for (size_t i = 0; i < 3; i++) {
        assert_status(wfs_hasher_restore(&saved, &hashers[i]), WFS_OK);
    }
    test_pairs_update_both(hashers[0], hashers[1], bytes, sizeof(bytes));
    wfs_hasher_update(hashers[2], bytes, sizeof(bytes));
    assert_int_equal(wfs_hasher_get_count(hashers[0]), 0x20000300);
    test_pairs_assert_same(hashers[0], hashers[2]);
    test_pairs_assert_same(hashers[1], hashers[2]);
    for (size_t i = 0; i < 3; i++) {
        wfs_hasher_close(hashers[i]);
    }
}

static void check_kinds(wfs_digest_kind a_kind, wfs_digest_kind b_kind)
{
    uint8_t bytes[1000];
    wfs_digest_kind kinds[2] = {a_kind, b_kind};
    wfs_hasher *pair[2] = {wfs_hasher_open(a_kind), wfs_hasher_open(b_kind)};

    test_pairs_fill(bytes, sizeof(bytes));
    test_pairs_update_both(pair[0], pair[1], bytes, sizeof(bytes));
    for (size_t i = 0; i < 2; i++) {
        wfs_hasher *single = wfs_hasher_open(kinds[i]);
        wfs_digest expected;

        wfs_hasher_update(single, bytes, sizeof(bytes));
        wfs_hasher_finish(single, &expected);
        test_pairs_assert_digest(pair[i], &expected);
        wfs_hasher_close(single);
    }
}

static void digests_of_other_kinds_go_one_by_one(void **state)
{
    (void)state;
    check_kinds(WFS_DIGEST_SHA256, WFS_DIGEST_SHA512);
    check_kinds(WFS_DIGEST_SHA1, WFS_DIGEST_SHA256);
    check_kinds(WFS_DIGEST_SHA512, WFS_DIGEST_SHA1);
    assert_int_equal(test_pairs_get_taken(), 0);
}

static void a_processor_that_has_the_instructions_uses_them(void **state)
{
    bool is_able = test_pairs_may_have_instructions();

    (void)state;
    assert_int_equal(test_pairs_has_instructions(), is_able);
    assert_int_equal(test_pairs_has_instructions(), is_able);
    assert_int_equal(wfs_digest_has_pair(), is_able);
}

static int set_up_store(void **state)
{
    test_pairs_allow(state);
    return test_store_setup(state);
}

/* A chunk in step that has told its digest, of 64 KiB. */
static void a_chunk_and_its_recording_are_digested_at_once(void **state)
{
    const test_store *self = *state;
    size_t length = 65536;
    uint8_t *bytes = test_audio_make(length, 1);
    wfs_chunk_spec spec = test_chunk_spec("twice", 0);

    spec.digest = test_digest(bytes, length);
    test_send_ok(self->store, &spec, bytes, length);
    test_pairs_assert_taken(length / WFS_DIGEST_BLOCK_BYTES);
    test_complete_ok(self, "twice", 1, bytes, length);
    free(bytes);
}

#define TWICE(test)                                                            \
    cmocka_unit_test_setup(test, test_pairs_allow),                            \
    {                                                                          \
#test " without", test, test_pairs_refuse, NULL, NULL                  \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TWICE(any_length_behind_any_other_is_right),
        TWICE(different_bytes_of_any_two_lengths_are_right),
        TWICE(any_pieces_and_saved_states_between_them_are_right),
        TWICE(the_examples_of_the_standard_are_right),
        TWICE(bytes_are_counted_beyond_half_a_gigabyte),
        TWICE(digests_of_other_kinds_go_one_by_one),
        cmocka_unit_test_setup(a_processor_that_has_the_instructions_uses_them,
                               test_pairs_allow),
        cmocka_unit_test_setup_teardown(
            a_chunk_and_its_recording_are_digested_at_once, set_up_store,
            test_store_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
