/*
 * test_keep_up.c - the whole-file digest stays close behind the chunks.
 */
#include "support/store.h"

#include <stdlib.h>

#include "store_internal.h"
#include "support/clock.h"

#define CHUNK_BYTES 4096
#define CHUNKS 3

static wfs_chunk *begin(const test_store *self, const uint8_t *bytes,
                        uint64_t index)
{
    wfs_chunk_spec spec = test_chunk_spec("keep-up", index);
    wfs_chunk *chunk = NULL;

    spec.chunk_size = CHUNK_BYTES;
    spec.total_chunks = CHUNKS;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(
        wfs_chunk_write(chunk, bytes + index * CHUNK_BYTES, CHUNK_BYTES, NULL),
        WFS_OK);
    return chunk;
}

static void commit(wfs_chunk *chunk)
{
    wfs_receipt receipt;

    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
}

static wfs_upload_row get_row(const test_store *self)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_id_kind kind;
    wfs_upload_row row;

    assert_status(
        catalogue->api->find_id(catalogue, "keep-up", &kind, &row, NULL),
        WFS_OK);
    assert_int_equal(kind, WFS_ID_UPLOAD);
    return row;
}

/* As somebody who digests, in another process. */
static wfs_blob *lock_digest(const test_store *self)
{
    wfs_blobs *blobs = self->store->blobs;
    wfs_upload_row row = get_row(self);
    wfs_blob_owner owner = {row.id, row.row};
    wfs_blob *part = NULL;

    assert_status(blobs->api->open_part(blobs, owner, &part, NULL, NULL),
                  WFS_OK);
    assert_status(blobs->api->lock(part, WFS_LOCK_DIGEST, 1, NULL), WFS_OK);
    return part;
}

/* Two chunks at once: the second is accepted, but was not in step. */
static wfs_blob *fall_behind(const test_store *self, const uint8_t *bytes)
{
    wfs_chunk *first = begin(self, bytes, 0);
    wfs_chunk *second = begin(self, bytes, 1);
    wfs_blob *part = lock_digest(self);

    commit(first);
    commit(second);
    assert_int_equal(get_row(self).contiguous_chunks, 2);
    assert_int_equal(get_row(self).prefix_chunks, 1);
    return part;
}

static void who_begins_a_chunk_digests_what_lags(void **state)
{
    const test_store *self = *state;
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 1);
    wfs_blob *part = fall_behind(self, bytes);
    wfs_chunk *third;

    self->store->blobs->api->close_blob(part);
    test_clock_stop(); /* however long it takes here */
    third = begin(self, bytes, 2);
    assert_int_equal(get_row(self).prefix_chunks, 2);
    commit(third);
    assert_int_equal(get_row(self).prefix_chunks, 3);
    test_clock_reset();
    test_complete_ok(self, "keep-up", CHUNKS, bytes, CHUNKS * CHUNK_BYTES);
    free(bytes);
}

static void who_cannot_digest_begins_all_the_same(void **state)
{
    const test_store *self = *state;
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 2);
    wfs_blob *part = fall_behind(self, bytes);
    wfs_chunk *third = begin(self, bytes, 2);

    assert_int_equal(get_row(self).prefix_chunks, 1);
    commit(third);
    self->store->blobs->api->close_blob(part);
    test_complete_ok(self, "keep-up", CHUNKS, bytes, CHUNKS * CHUNK_BYTES);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_begins_a_chunk_digests_what_lags,
                                        test_store_setup, test_store_teardown),
        cmocka_unit_test_setup_teardown(who_cannot_digest_begins_all_the_same,
                                        test_store_setup, test_store_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
