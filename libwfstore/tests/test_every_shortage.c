/*
 * test_every_shortage.c - everything the store does, at every request for
 * memory: it is refused, the state is the old one or the new one, and nothing
 * leaks.
 *
 * The short form refuses the library each request and SQLite some of them;
 * WAVEFORGE_LONG=1 refuses all.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/acts_internal.h"
#include "support/scarce.h"
#include "support/stage.h"
#include "support/told.h"
#include "support/tree.h"
#include "wfstore/append.h"

/* ---- what only looks, or looks after the store ---- */

static void have_noted(const test_store *self)
{
    wfs_create_spec create = WFS_CREATE_SPEC_INIT;
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;

    create.id = "noted";
    create.size_bytes = 0;
    create.note = "kept with it";
    assert_status(wfs_upload_create(self->store, &create, NULL), WFS_OK);
    spec.id = "noted";
    spec.limits.types = WFS_TYPES_ANY;
    assert_status(test_try_complete(self->store, &spec), WFS_OK);
}

static void have_much(test_store *self)
{
    wfs_chunk_spec spec = test_chunk_spec("unfinished", 0);
    uint8_t *audio = test_acts_audio();

    spec.name = "Unfinished";
    test_send_pieces(self->store, TEST_ACTS_ID, audio, COUNT, CHUNK);
    assert_status(test_acts_complete(self), WFS_OK);
    test_add_recording(self, "second", SIZE);
    have_noted(self);
    test_send_ok(self->store, &spec, audio, CHUNK);
    spec.index = 2;
    test_send_ok(self->store, &spec, audio, CHUNK);
    test_tend(self);
    free(audio);
}

static wfs_status list_recordings(test_store *self)
{
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_recording_page first = WFS_RECORDING_PAGE_INIT;
    wfs_recording_page second = WFS_RECORDING_PAGE_INIT;
    wfs_status status;

    query.limit = 1;
    status = wfs_recording_list(self->store, &query, &first, NULL);
    if (status == WFS_OK) {
        query.cursor = first.next;
        status = wfs_recording_list(self->store, &query, &second, NULL);
    }
    wfs_recording_page_release(&first);
    wfs_recording_page_release(&second);
    return status;
}

static wfs_status list_uploads(test_store *self)
{
    wfs_upload_page page = WFS_UPLOAD_PAGE_INIT;
    wfs_status status = wfs_upload_list(self->store, 1, NULL, &page, NULL);

    wfs_upload_page_release(&page);
    return status;
}

static wfs_status get_upload(test_store *self)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_status status =
        wfs_upload_get(self->store, "unfinished", true, &info, NULL);

    wfs_upload_info_release(&info);
    return status;
}

static wfs_status tell_recording(test_store *self)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    char etag[WFS_ETAG_BYTES];
    char *json = NULL;
    size_t length;
    wfs_status status =
        wfs_recording_get(self->store, TEST_ACTS_ID, &recording, NULL);

    if (status == WFS_OK) {
        status = wfs_recording_get_etag(&recording, etag);
    }
    if (status == WFS_OK) {
        status = wfs_recording_to_json(&recording, &json, &length);
    }
    wfs_recording_release(&recording);
    free(json);
    return status;
}

static wfs_status tell_note(test_store *self)
{
    char *note = NULL;
    wfs_status status =
        wfs_upload_get_note(self->store, TEST_ACTS_ID, &note, NULL);

    free(note);
    return status;
}

static wfs_status get_stat(test_store *self)
{
    wfs_store_stat stat;

    return wfs_store_get_stat(self->store, &stat, NULL);
}

static wfs_status verify(test_store *self)
{
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    wfs_verify_summary summary = WFS_VERIFY_SUMMARY_INIT;
    test_told told = {0};

    return wfs_store_verify(self->store, &options, test_told_keep, &told,
                            &summary, NULL);
}

static wfs_status back_up(test_store *self)
{
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;
    wfs_backup_summary summary = WFS_BACKUP_SUMMARY_INIT;
    test_told told = {0};
    char copy[TEST_PATH_BYTES];

    snprintf(copy, sizeof(copy), "%.200s/copy", self->folder);
    return wfs_store_backup(self->store, copy, &options, test_told_keep, &told,
                            &summary, NULL);
}

static wfs_status rebuild(test_store *self)
{
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    wfs_rebuild_summary summary = WFS_REBUILD_SUMMARY_INIT;
    test_told told = {0};
    wfs_status status;

    test_store_close(self);
    options.replace = true;
    status = wfs_store_rebuild(self->path, &options, test_told_keep, &told,
                               &summary, NULL);
    return status != WFS_OK
               ? status
               : wfs_store_open(self->path, NULL, &self->store, NULL);
}

static void have_metadata(test_store *self)
{
    static const char patch[] = "{\"a\":1,\"b\":{\"c\":[true]},\"d\":\"e\"}";
    const wfs_recording_change how = {
        .metadata_patch = patch, .metadata_patch_length = sizeof(patch) - 1};
    wfs_recording recording = WFS_RECORDING_INIT;

    have_much(self);
    assert_status(
        wfs_recording_update(self->store, TEST_ACTS_ID, &how, &recording, NULL),
        WFS_OK);
    wfs_recording_release(&recording);
}

static wfs_status merge_metadata(test_store *self)
{
    static const char patch[] = "{\"b\":{\"f\":null,\"g\":{}},\"d\":null}";
    const wfs_recording_change how = {
        .metadata_patch = patch, .metadata_patch_length = sizeof(patch) - 1};
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_status status =
        wfs_recording_update(self->store, TEST_ACTS_ID, &how, &recording, NULL);

    wfs_recording_release(&recording);
    return status;
}

/* That it is one already is what was wanted. */
static wfs_status salvage(test_store *self)
{
    wfs_complete_spec spec = test_complete_spec("unfinished");

    spec.salvage = true;
    return test_try_complete(self->store, &spec);
}

static const test_act LOOKS[] = {
    {"listing recordings", have_much, list_recordings, true},
    {"listing uploads", have_much, list_uploads, true},
    {"looking at an upload", have_much, get_upload, true},
    {"looking at a recording", have_much, tell_recording, true},
    {"looking at a note", test_acts_have_made, tell_note, true},
    {"figures of the store", have_much, get_stat, true},
    {"merging metadata", have_metadata, merge_metadata, false},
    {"verifying", have_much, verify, true},
    {"backing up", have_much, back_up, false},
    {"rebuilding", have_much, rebuild, false},
    {"salvaging", have_much, salvage, false},
};

/* ---- each of them, at each request ---- */

/* jansson tells of some shortages as of text that is not JSON. */
static bool is_shortage(wfs_status status)
{
    return status == WFS_ENOMEM || status == WFS_EFORMAT;
}

/* A refusal has done nothing or all, and nothing is in the way of doing it
 * again. Returns whether the act made an n-th request. */
static bool meet(test_store *self, const test_stage *at, test_scarce_for whom,
                 int n)
{
    wfs_status status;
    bool was_refused;

    test_stage_reset(self, at);
    test_store_open(self);
    test_scarce_refuse(n, whom);
    status = at->act->act(self);
    was_refused = test_scarce_end();
    if (self->store == NULL) {
        test_store_open(self);
    }
    if (status != WFS_OK && !(was_refused && is_shortage(status))) {
        fail_msg("%s, request %d: %s", at->act->name, n,
                 wfs_status_name(status));
    }
    if (!test_stage_expect(self, at, "a request", "then")) {
        assert_int_not_equal(status, WFS_OK);
    }
    assert_status(at->act->act(self), WFS_OK);
    if (self->store == NULL) {
        test_store_open(self);
    }
    assert_true(test_stage_expect(self, at, "a request", "repeated"));
    return was_refused;
}

static void meet_all(test_store *self, const test_act *acts, size_t count,
                     test_scarce_for whom, int step)
{
    for (size_t i = 0; i < count; i++) {
        test_stage at;
        int n = 1 + (int)i % step;

        test_stage_make(self, &acts[i], &at);
        while (meet(self, &at, whom, n)) {
            n += step;
        }
        fprintf(stderr, "%s: %d\n", acts[i].name, n);
        test_stage_release(&at);
    }
}

static void meet_everywhere(void **state, test_scarce_for whom, int step)
{
    if (getenv("WAVEFORGE_LONG") != NULL) {
        step = 1;
    }
    meet_all(*state, TEST_ACTS, TEST_ACTS_COUNT, whom, step);
    meet_all(*state, LOOKS, sizeof(LOOKS) / sizeof(LOOKS[0]), whom, step);
}

static void a_library_without_memory_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, TEST_SCARCE_FOR_LIBRARY, 1);
}

static void a_catalogue_without_memory_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, TEST_SCARCE_FOR_SQLITE, 97);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_library_without_memory_leaves_the_old_or_the_new),
        ON_STORE(a_catalogue_without_memory_leaves_the_old_or_the_new),
    };

    test_scarce_begin();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
