/*
 * test_digest.c - SHA-1, SHA-2 and its states.
 */
#include "support/store.h"

#include <string.h>

#include "digest.h"

/* FIPS 180-4 examples: "abc". */
static const uint8_t abc_sha256[32] = {
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
    0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
    0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
static const uint8_t abc_sha1[20] = {0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06, 0x81,
                                     0x6a, 0xba, 0x3e, 0x25, 0x71, 0x78, 0x50,
                                     0xc2, 0x6c, 0x9c, 0xd0, 0xd8, 0x9d};
static const uint8_t abc_sha512_start[8] = {0xdd, 0xaf, 0x35, 0xa1,
                                            0x93, 0x61, 0x7a, 0xba};

static void the_digests_of_abc_are_those_of_the_standard(void **state)
{
    wfs_digest digest = test_digest("abc", 3);
    wfs_hasher *hasher = wfs_hasher_open(WFS_DIGEST_SHA512);

    (void)state;
    assert_int_equal(digest.kind, WFS_DIGEST_SHA256);
    assert_memory_equal(digest.bytes, abc_sha256, sizeof(abc_sha256));
    wfs_hasher_update(hasher, "abc", 3);
    wfs_hasher_finish(hasher, &digest);
    assert_memory_equal(digest.bytes, abc_sha512_start, 8);
    wfs_hasher_close(hasher);
    hasher = wfs_hasher_open(WFS_DIGEST_SHA1);
    wfs_hasher_update(hasher, "abc", 3);
    wfs_hasher_finish(hasher, &digest);
    assert_memory_equal(digest.bytes, abc_sha1, sizeof(abc_sha1));
    wfs_hasher_close(hasher);
}

static void a_digest_goes_on_from_its_state_at_any_byte(void **state)
{
    uint8_t bytes[200];
    wfs_digest whole;

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = (uint8_t)(i * 7);
    }
    whole = test_digest(bytes, sizeof(bytes));
    for (size_t cut = 0; cut <= sizeof(bytes); cut++) {
        wfs_hasher *first = wfs_hasher_open(WFS_DIGEST_SHA256);
        wfs_hasher *second = NULL;
        wfs_digest_state saved = {{0}, 0};
        wfs_digest digest;

        wfs_hasher_update(first, bytes, cut);
        wfs_hasher_save(first, &saved);
        assert_status(wfs_hasher_restore(&saved, &second), WFS_OK);
        assert_int_equal(wfs_hasher_get_count(second), cut);
        wfs_hasher_update(second, bytes + cut, sizeof(bytes) - cut);
        wfs_hasher_finish(second, &digest);
        assert_true(wfs_digest_is_equal(&digest, &whole));
        wfs_hasher_close(first);
        wfs_hasher_close(second);
    }
}

static void a_state_counts_beyond_four_gigabytes(void **state)
{
    wfs_digest_state saved = {{0}, 40};
    wfs_digest_state again = {{0}, 0};
    wfs_hasher *hasher = NULL;

    (void)state;
    saved.bytes[34] = 0x12; /* 0x1200_0000_0040 bytes digested */
    saved.bytes[39] = 0x40;
    assert_status(wfs_hasher_restore(&saved, &hasher), WFS_OK);
    assert_int_equal(wfs_hasher_get_count(hasher), UINT64_C(0x120000000040));
    wfs_hasher_save(hasher, &again);
    assert_int_equal(again.length, saved.length);
    assert_memory_equal(again.bytes, saved.bytes, saved.length);
    wfs_hasher_close(hasher);
}

static void a_state_of_the_wrong_length_is_refused(void **state)
{
    wfs_digest_state saved = {{0}, 40};
    wfs_hasher *hasher = NULL;

    (void)state;
    saved.length = 39;
    assert_status(wfs_hasher_restore(&saved, &hasher), WFS_ECORRUPT);
    saved.length = 41; /* says it digested 0 bytes, has a tail of one */
    assert_status(wfs_hasher_restore(&saved, &hasher), WFS_ECORRUPT);
    assert_null(hasher);
}

static void digests_of_two_kinds_are_never_equal(void **state)
{
    wfs_digest a = test_digest("abc", 3);
    wfs_digest b = a;

    (void)state;
    assert_true(wfs_digest_is_equal(&a, &b));
    b.kind = WFS_DIGEST_SHA512;
    assert_false(wfs_digest_is_equal(&a, &b));
    b = a;
    b.bytes[31] ^= 1;
    assert_false(wfs_digest_is_equal(&a, &b));
    assert_null(wfs_hasher_open(WFS_DIGEST_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_digests_of_abc_are_those_of_the_standard),
        cmocka_unit_test(a_digest_goes_on_from_its_state_at_any_byte),
        cmocka_unit_test(a_state_counts_beyond_four_gigabytes),
        cmocka_unit_test(a_state_of_the_wrong_length_is_refused),
        cmocka_unit_test(digests_of_two_kinds_are_never_equal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
