/*
 * test_write_both.c - chunks of two uploads, written by turns: each is what it
 * would be alone.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#include "digest.h"

#define PIECES 4

static const size_t sizes[2] = {100000, 90001};
static const char *const ids[2] = {"a", "b"};

static size_t bytes_at_once;

/* The linker calls them so (--wrap). */
void real_update(const wfs_hasher_piece *a, const wfs_hasher_piece *b) __asm__(
    "__real_wfs_hasher_update_both");
void watched_update(
    const wfs_hasher_piece *a,
    const wfs_hasher_piece *b) __asm__("__wrap_wfs_hasher_update_both");

void watched_update(const wfs_hasher_piece *a, const wfs_hasher_piece *b)
{
    bytes_at_once += a->length < b->length ? a->length : b->length;
    real_update(a, b);
}

typedef struct one {
    uint8_t *bytes;
    wfs_chunk *chunk;
    wfs_error error;
    wfs_status status;
} one;

typedef struct two {
    test_store *store;
    one of[2];
} two;

static wfs_chunk_spec get_spec(size_t i)
{
    return test_chunk_spec(ids[i], 0);
}

static int set_up(void **state)
{
    two *self = calloc(1, sizeof(*self));

    assert_non_null(self);
    bytes_at_once = 0;
    assert_int_equal(test_store_setup((void **)&self->store), 0);
    for (size_t i = 0; i < 2; i++) {
        self->of[i].bytes = test_audio_make(sizes[i], (uint32_t)i + 1);
        self->of[i].error = (wfs_error)WFS_ERROR_INIT;
    }
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    two *self = *state;
    int result;

    for (size_t i = 0; i < 2; i++) {
        free(self->of[i].bytes);
    }
    result = test_store_teardown((void **)&self->store);
    free(self);
    return result;
}

static void begin(two *self, size_t i, const wfs_chunk_spec *spec)
{
    assert_status(wfs_upload_begin_chunk(self->store->store, spec,
                                         &self->of[i].chunk, NULL),
                  WFS_OK);
}

static void begin_all(two *self)
{
    for (size_t i = 0; i < 2; i++) {
        wfs_chunk_spec spec = get_spec(i);

        begin(self, i, &spec);
    }
}

static wfs_chunk_piece get_piece(one *self, size_t size, size_t at)
{
    size_t length = size / PIECES + 1;

    return (wfs_chunk_piece){
        .chunk = self->chunk,
        .bytes = self->bytes + at * length,
        .length = at + 1 < PIECES ? length : size - at * length,
        .error = &self->error,
        .status = WFS_EIO,
    };
}

/* Their statuses are those of the last pieces. */
static void write_all(two *self)
{
    for (size_t at = 0; at < PIECES; at++) {
        wfs_chunk_piece a = get_piece(&self->of[0], sizes[0], at);
        wfs_chunk_piece b = get_piece(&self->of[1], sizes[1], at);

        wfs_chunk_write_both(&a, &b);
        self->of[0].status = a.status;
        self->of[1].status = b.status;
    }
}

static void keep(two *self, size_t i)
{
    wfs_receipt receipt = {0};

    assert_status(self->of[i].status, WFS_OK);
    assert_status(wfs_chunk_commit(self->of[i].chunk, &receipt, NULL), WFS_OK);
    test_complete_ok(self->store, ids[i], 1, self->of[i].bytes, sizes[i]);
}

static void both_are_kept_and_digested_at_once(void **state)
{
    two *self = *state;

    begin_all(self);
    write_all(self);
    assert_int_equal(bytes_at_once, sizes[1]);
    keep(self, 0);
    keep(self, 1);
}

static void what_one_fails_with_is_nothing_to_the_other(void **state)
{
    for (size_t i = 0; i < 2; i++) {
        two *self = *state;
        wfs_chunk_spec good = get_spec(1 - i);
        wfs_chunk_spec bad = get_spec(i);

        bad.limits.chunk_max_bytes = sizes[i] / 2;
        begin(self, i, &bad);
        begin(self, 1 - i, &good);
        write_all(self);
        assert_status(self->of[i].status, WFS_ECANCELED);
        assert_status(wfs_chunk_write(self->of[i].chunk, "", 1, NULL),
                      WFS_ECANCELED);
        wfs_chunk_discard(self->of[i].chunk);
        keep(self, 1 - i);
        tear_down(state);
        set_up(state);
    }
}

static void why_one_fails_is_told(void **state)
{
    two *self = *state;
    wfs_chunk_spec bad = get_spec(0);
    wfs_chunk_spec good = get_spec(1);
    wfs_chunk_piece a;
    wfs_chunk_piece b;

    bad.limits.chunk_max_bytes = 100;
    begin(self, 0, &bad);
    begin(self, 1, &good);
    a = get_piece(&self->of[0], sizes[0], 0);
    b = get_piece(&self->of[1], sizes[1], 0);
    wfs_chunk_write_both(&a, &b);
    assert_status(a.status, WFS_ETOOLARGE);
    assert_int_equal(self->of[0].error.expected, 100);
    assert_status(b.status, WFS_OK);
    wfs_chunk_discard(self->of[0].chunk);
    wfs_chunk_discard(self->of[1].chunk);
}

static void one_with_a_digest_of_its_own_is_checked_by_it(void **state)
{
    two *self = *state;
    wfs_chunk_spec a = get_spec(0);
    wfs_chunk_spec b = get_spec(1);
    wfs_receipt receipt = {0};

    a.digest = test_digest(self->of[0].bytes, sizes[0]);
    b.digest = a.digest; /* of other bytes */
    begin(self, 0, &a);
    begin(self, 1, &b);
    write_all(self);
    keep(self, 0);
    assert_status(self->of[1].status, WFS_OK);
    assert_status(wfs_chunk_commit(self->of[1].chunk, &receipt, NULL),
                  WFS_EDIGEST);
}

static void a_repeat_is_compared_beside_a_new_one(void **state)
{
    two *self = *state;
    wfs_chunk_spec spec = get_spec(0);

    test_send_ok(self->store->store, &spec, self->of[0].bytes, sizes[0]);
    begin_all(self);
    assert_int_equal(wfs_chunk_get_state(self->of[0].chunk),
                     WFS_CHUNK_COMPARING);
    write_all(self);
    keep(self, 0);
    keep(self, 1);
}

static void a_repeat_of_other_bytes_is_refused_beside_a_new_one(void **state)
{
    two *self = *state;
    wfs_chunk_spec spec = get_spec(0);

    test_send_ok(self->store->store, &spec, self->of[0].bytes, sizes[0]);
    begin_all(self);
    self->of[0].bytes[sizes[0] - 1] ^= 1;
    write_all(self);
    assert_status(self->of[0].status, WFS_ECONFLICT);
    wfs_chunk_discard(self->of[0].chunk);
    keep(self, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_are_kept_and_digested_at_once,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_one_fails_with_is_nothing_to_the_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(why_one_fails_is_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            one_with_a_digest_of_its_own_is_checked_by_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_repeat_is_compared_beside_a_new_one,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_repeat_of_other_bytes_is_refused_beside_a_new_one, set_up,
            tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
