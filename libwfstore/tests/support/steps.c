/*
 * steps.c - chunks, and how far the digest has come with them.
 */
#include "support/steps.h"

#include <string.h>

int test_steps_puts;
_Thread_local int test_steps_own_puts;
static const wfs_catalogue_api *real_api;
static wfs_catalogue_api counting_api;

static wfs_status put_digest(wfs_catalogue *catalogue, int64_t row,
                             uint64_t from_chunks, uint64_t prefix_chunks,
                             uint64_t prefix_bytes,
                             const wfs_digest_state *state, bool is_patient,
                             wfs_error *error)
{
    __atomic_add_fetch(&test_steps_puts, 1, __ATOMIC_SEQ_CST);
    test_steps_own_puts++;
    return real_api->put_digest(catalogue, row, from_chunks, prefix_chunks,
                                prefix_bytes, state, is_patient, error);
}

void test_steps_count(wfs_store *store)
{
    test_steps_puts = 0;
    test_steps_own_puts = 0;
    real_api = store->catalogue->api;
    counting_api = *real_api;
    counting_api.put_digest = put_digest;
    store->catalogue->api = &counting_api;
}

wfs_upload_row test_steps_get_row(wfs_store *store, const char *id)
{
    wfs_upload_row row;
    wfs_id_kind kind = WFS_ID_FREE;

    memset(&row, 0, sizeof(row));
    assert_status(
        store->catalogue->api->find_id(store->catalogue, id, &kind, &row, NULL),
        WFS_OK);
    return row;
}

void test_steps_send(wfs_store *store, const char *id, uint64_t index,
                     const uint8_t *audio, uint64_t chunk_size)
{
    wfs_chunk_spec spec = test_chunk_spec(id, index);

    spec.chunk_size = chunk_size;
    test_send_ok(store, &spec, audio + index * TEST_STEPS_CHUNK,
                 TEST_STEPS_CHUNK);
}
