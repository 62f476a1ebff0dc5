/*
 * acts.c - everything that writes, one small act each.
 */
#include "support/acts.h"

#include <stdlib.h>
#include <string.h>

#include "store_internal.h"
#include "support/acts_internal.h"
#include "support/rows.h"

static void need(wfs_status status)
{
    assert_status(status, WFS_OK);
}

/* ---- old states ---- */

static void have_nothing(test_store *self)
{
    (void)self;
}

wfs_status test_acts_complete(test_store *self)
{
    wfs_complete_spec spec = test_complete_spec(TEST_ACTS_ID);

    spec.size_bytes = SIZE;
    spec.has_timestamp = true;
    spec.timestamp_ms = INT64_C(1705327496123);
    return test_try_complete(self->store, &spec);
}

static void have_recording(test_store *self)
{
    test_acts_have_all_in_order(self);
    need(test_acts_complete(self));
}

/* A death between the commit of completing and the file's name. */
static void have_unnamed(test_store *self)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_recording recording = test_rows_recording(TEST_ACTS_ID, "Take");
    wfs_digest digest;
    uint8_t *audio = test_acts_audio();
    wfs_upload_row row;
    wfs_id_kind kind;

    test_acts_have_all_in_order(self);
    need(catalogue->api->find_id(catalogue, TEST_ACTS_ID, &kind, &row, NULL));
    digest = test_digest(audio, SIZE);
    memcpy(recording.sha256, digest.bytes, WFS_SHA256_BYTES);
    recording.size_bytes = SIZE;
    need(catalogue->api->complete(catalogue, row.row, COUNT, &recording, NULL));
    wfs_recording_release(&recording);
    free(audio);
}

/* The same of deleting. */
static void have_undeleted(test_store *self)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_recording_row row;

    have_recording(self);
    need(catalogue->api->delete_recording(catalogue, TEST_ACTS_ID, NULL, &row,
                                          NULL));
    wfs_recording_release(&row.recording);
}

/* ---- acts ---- */

static wfs_status change(test_store *self, const wfs_recording_change *how)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_status status =
        wfs_recording_update(self->store, TEST_ACTS_ID, how, &recording, NULL);

    wfs_recording_release(&recording);
    return status;
}

static wfs_status rename_it(test_store *self)
{
    const wfs_recording_change how = {.name = "Another name"};

    return change(self, &how);
}

static wfs_status note_something(test_store *self)
{
    static const char patch[] = "{\"note\":[1,2,3]}";
    const wfs_recording_change how = {
        .metadata_patch = patch, .metadata_patch_length = sizeof(patch) - 1};

    return change(self, &how);
}

/* That it is gone already is what was wanted. */
static wfs_status delete_recording(test_store *self)
{
    wfs_status status =
        wfs_recording_delete(self->store, TEST_ACTS_ID, NULL, NULL);

    return status == WFS_ENORECORDING ? WFS_OK : status;
}

static wfs_status delete_upload(test_store *self)
{
    wfs_status status = wfs_upload_delete(self->store, TEST_ACTS_ID, NULL);

    return status == WFS_ENOUPLOAD ? WFS_OK : status;
}

static wfs_status tend(test_store *self)
{
    uint64_t next_ms;

    return wfs_store_tend(self->store, 60000, &next_ms, NULL);
}

static wfs_status open_again(test_store *self)
{
    wfs_store_close(self->store);
    self->store = NULL;
    return wfs_store_open(self->path, NULL, &self->store, NULL);
}

const test_act TEST_ACTS[] = {
    {"the first chunk, at a fixed place", have_nothing, test_acts_send_fixed,
     false},
    {"a chunk at a fixed place", test_acts_have_fixed, test_acts_send_fixed,
     false},
    {"the first chunk", have_nothing, test_acts_send_first, false},
    {"a chunk at the tail", test_acts_have_first, test_acts_send_next, false},
    {"a loose chunk", test_acts_have_first, test_acts_send_loose, false},
    {"the first chunk, loose", have_nothing, test_acts_send_loose, false},
    {"a chunk that closes a gap", test_acts_have_later, test_acts_send_first,
     false},
    {"a provisional chunk", have_nothing, test_acts_send_head, false},
    {"a provisional chunk again", test_acts_have_old_head, test_acts_send_head,
     false},
    {"a chunk before its fields", test_acts_have_first, test_acts_send_unplaced,
     false},
    {"a chunk that is there", test_acts_have_first, test_acts_send_first, true},
    {"making an upload", have_nothing, test_acts_make, false},
    {"the first append", test_acts_have_made, test_acts_append_first, false},
    {"an append", test_acts_have_appended, test_acts_append_next, false},
    {"an append that breaks off", test_acts_have_appended,
     test_acts_append_part, false},
    {"an append that goes on", test_acts_have_appended, test_acts_append_on,
     false},
    {"making an upload of a part", test_acts_have_one_part, test_acts_put_one,
     false},
    {"putting the last of two parts", test_acts_have_first_of_parts,
     test_acts_put_last, false},
    {"completing an upload of nothing", test_acts_have_empty,
     test_acts_complete_empty, false},
    {"declaring a size", test_acts_have_begun, test_acts_declare, false},
    {"completing what was appended", test_acts_have_all_appended,
     test_acts_complete, false},
    {"completing from fixed places", test_acts_have_all_fixed,
     test_acts_complete, false},
    {"completing what came in order", test_acts_have_all_in_order,
     test_acts_complete, false},
    {"completing with loose chunks", test_acts_have_all_loose,
     test_acts_complete, false},
    {"completing with a provisional chunk", test_acts_have_all_with_head,
     test_acts_complete, false},
    {"completing again", have_recording, test_acts_complete, true},
    {"renaming", have_recording, rename_it, false},
    {"changing metadata", have_recording, note_something, false},
    {"deleting a recording", have_recording, delete_recording, false},
    {"deleting an upload", test_acts_have_all_fixed, delete_upload, false},
    {"deleting an upload with loose chunks", test_acts_have_later,
     delete_upload, false},
    {"naming what a death left unnamed", have_unnamed, tend, false},
    {"deleting what a death left", have_undeleted, tend, false},
    {"opening with an upload", test_acts_have_later, open_again, false},
    {"opening with a recording", have_recording, open_again, false},
    {"a chunk with fields behind it", test_acts_have_first_and_digest,
     test_acts_send_amended, false},
};

const size_t TEST_ACTS_COUNT = sizeof(TEST_ACTS) / sizeof(TEST_ACTS[0]);
