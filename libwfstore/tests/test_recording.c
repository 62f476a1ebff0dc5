/* test_recording.c - finished recordings, as a caller of the library has them.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "publish.h"
#include "store_internal.h"

#define SIZE 3000

static void store_recording(const test_store *self, const char *id)
{
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec(id, 0);
    wfs_recording recording;

    test_send_ok(self->store, &spec, audio, SIZE);
    assert_status(test_complete(self->store, id, WFS_UNKNOWN, &recording),
                  WFS_EMISSING);
    assert_status(test_complete(self->store, id, 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
    free(audio);
}

/* A slow disk leaves the list to tending, so that is made up for first. */
static bool list_names(const test_store *self, const char *text)
{
    size_t length;
    uint8_t *bytes;
    char *whole;
    bool answer;

    assert_status(wfs_publisher_publish(self->store->publisher, NULL), WFS_OK);
    bytes = test_file_read(test_store_get_path(self, "metadata.json"), &length);
    whole = strndup((const char *)bytes, length);
    answer = strstr(whole, text) != NULL;
    free(whole);
    free(bytes);
    return answer;
}

static void a_recording_is_got_opened_and_listed(void **state)
{
    test_store *self = *state;
    wfs_recording recording;
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_blob_ref blob = WFS_BLOB_REF_INIT;
    uint8_t start[4];

    store_recording(self, "one");
    assert_status(wfs_recording_get(self->store, "one", &recording, NULL),
                  WFS_OK);
    assert_int_equal(recording.size_bytes, SIZE);
    wfs_recording_release(&recording);
    assert_status(
        wfs_recording_open(self->store, "one", &recording, &blob, NULL),
        WFS_OK);
    assert_int_equal(blob.size_bytes, SIZE);
    assert_int_equal(pread(blob.fd, start, 4, 0), 4);
    assert_memory_equal(start, "RIFF", 4);
    wfs_blob_ref_release(&blob);
    wfs_recording_release(&recording);
    assert_status(wfs_recording_list(self->store, &query, &page, NULL), WFS_OK);
    assert_int_equal(page.count, 1);
    assert_string_equal(page.recordings[0].id, "one");
    wfs_recording_page_release(&page);
    assert_true(list_names(self, "\"one\""));
}

/* The generation told, which is that of a page as well. */
static uint64_t get_generation(test_store *self)
{
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    uint64_t generation = WFS_UNKNOWN;

    assert_status(wfs_store_get_generation(self->store, &generation, NULL),
                  WFS_OK);
    assert_status(wfs_recording_list(self->store, &query, &page, NULL), WFS_OK);
    assert_int_equal(page.generation, generation);
    wfs_recording_page_release(&page);
    return generation;
}

static void each_change_of_a_list_has_a_generation(void **state)
{
    test_store *self = *state;
    wfs_recording recording;
    wfs_recording_change change = WFS_RECORDING_CHANGE_INIT;
    uint64_t empty = get_generation(self);
    uint64_t stored;
    uint64_t renamed;

    store_recording(self, "one");
    stored = get_generation(self);
    assert_true(stored > empty);
    assert_int_equal(get_generation(self), stored);
    change.name = "Other";
    assert_status(
        wfs_recording_update(self->store, "one", &change, &recording, NULL),
        WFS_OK);
    wfs_recording_release(&recording);
    renamed = get_generation(self);
    assert_true(renamed > stored);
    assert_status(wfs_recording_delete(self->store, "one", NULL, NULL), WFS_OK);
    assert_true(get_generation(self) > renamed);
}

static void what_was_changed_meanwhile_is_not_deleted(void **state)
{
    test_store *self = *state;
    wfs_recording recording;
    wfs_recording_change change = {.name = "Other"};
    char etag[WFS_ETAG_BYTES];

    store_recording(self, "one");
    assert_status(wfs_recording_get(self->store, "one", &recording, NULL),
                  WFS_OK);
    assert_status(wfs_recording_get_etag(&recording, etag), WFS_OK);
    wfs_recording_release(&recording);
    assert_status(
        wfs_recording_update(self->store, "one", &change, &recording, NULL),
        WFS_OK);
    wfs_recording_release(&recording);
    assert_status(wfs_recording_delete(self->store, "one", etag, NULL),
                  WFS_ECHANGED);
    assert_status(wfs_recording_get(self->store, "one", &recording, NULL),
                  WFS_OK);
    assert_string_equal(recording.name, "Other");
    assert_status(wfs_recording_get_etag(&recording, etag), WFS_OK);
    wfs_recording_release(&recording);
    assert_status(wfs_recording_delete(self->store, "one", etag, NULL), WFS_OK);
}

static void what_is_not_there_is_not_found(void **state)
{
    test_store *self = *state;
    wfs_recording recording;
    wfs_blob_ref blob;
    wfs_recording_change how = WFS_RECORDING_CHANGE_INIT;
    wfs_error error = WFS_ERROR_INIT;

    assert_status(wfs_recording_get(self->store, "one", &recording, &error),
                  WFS_ENORECORDING);
    assert_status(error.status, WFS_ENORECORDING);
    assert_status(
        wfs_recording_open(self->store, "one", &recording, &blob, NULL),
        WFS_ENORECORDING);
    assert_status(
        wfs_recording_update(self->store, "one", &how, &recording, NULL),
        WFS_ENORECORDING);
    assert_status(wfs_recording_delete(self->store, "one", NULL, NULL),
                  WFS_ENORECORDING);
}

static void an_id_that_is_none_never_reaches_the_store(void **state)
{
    static const char *const ids[] = {"", "../one", "a/b", "a.b", "a b", "ä"};
    test_store *self = *state;
    wfs_recording recording;
    wfs_blob_ref blob;
    wfs_recording_change how = WFS_RECORDING_CHANGE_INIT;

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        assert_status(wfs_recording_get(self->store, ids[i], &recording, NULL),
                      WFS_EID);
        assert_status(
            wfs_recording_open(self->store, ids[i], &recording, &blob, NULL),
            WFS_EID);
        assert_status(
            wfs_recording_update(self->store, ids[i], &how, &recording, NULL),
            WFS_EID);
        assert_status(wfs_recording_delete(self->store, ids[i], NULL, NULL),
                      WFS_EID);
    }
}

static void a_new_name_is_published_and_keeps_the_file(void **state)
{
    test_store *self = *state;
    wfs_recording_change how = {.name = "Lied Nr. 1"};
    wfs_recording before;
    wfs_recording after;

    store_recording(self, "one");
    assert_status(wfs_recording_get(self->store, "one", &before, NULL), WFS_OK);
    assert_status(wfs_recording_update(self->store, "one", &how, &after, NULL),
                  WFS_OK);
    assert_string_equal(after.name, "Lied Nr. 1");
    assert_string_equal(after.filename, before.filename);
    assert_true(test_file_exists(test_store_get_path(self, after.filename)));
    assert_true(list_names(self, "Lied Nr. 1"));
    wfs_recording_release(&before);
    wfs_recording_release(&after);
}

static void a_deleted_recording_is_gone_but_for_its_readers(void **state)
{
    test_store *self = *state;
    wfs_recording recording;
    wfs_blob_ref blob;
    uint8_t bytes[SIZE];

    store_recording(self, "one");
    assert_status(
        wfs_recording_open(self->store, "one", &recording, &blob, NULL),
        WFS_OK);
    assert_status(wfs_recording_delete(self->store, "one", NULL, NULL), WFS_OK);
    assert_false(
        test_file_exists(test_store_get_path(self, recording.filename)));
    assert_false(list_names(self, "\"one\""));
    assert_int_equal(pread(blob.fd, bytes, SIZE, 0), SIZE);
    wfs_blob_ref_release(&blob);
    wfs_recording_release(&recording);
    assert_status(wfs_recording_delete(self->store, "one", NULL, NULL),
                  WFS_ENORECORDING);
}

static void a_file_taken_away_is_told_as_damage(void **state)
{
    test_store *self = *state;
    wfs_recording recording;
    wfs_blob_ref blob;

    store_recording(self, "one");
    assert_status(wfs_recording_get(self->store, "one", &recording, NULL),
                  WFS_OK);
    assert_int_equal(unlink(test_store_get_path(self, recording.filename)), 0);
    wfs_recording_release(&recording);
    assert_status(
        wfs_recording_open(self->store, "one", &recording, &blob, NULL),
        WFS_ECORRUPT);
    assert_status(wfs_recording_delete(self->store, "one", NULL, NULL), WFS_OK);
}

static void a_store_tells_whether_its_list_is_published(void **state)
{
    test_store *self = *state;
    wfs_store_stat stat;

    store_recording(self, "one");
    assert_true(list_names(self, "\"one\""));
    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    assert_true(stat.is_published);
    assert_false(stat.publish_failed);
    assert_int_equal(stat.recordings, 1);
    assert_int_equal(stat.recording_bytes, SIZE);
    assert_int_equal(unlink(test_store_get_path(self, "metadata.json")), 0);
    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    assert_false(stat.is_published);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_store_setup, test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_recording_is_got_opened_and_listed),
        TEST(each_change_of_a_list_has_a_generation),
        TEST(what_was_changed_meanwhile_is_not_deleted),
        TEST(what_is_not_there_is_not_found),
        TEST(an_id_that_is_none_never_reaches_the_store),
        TEST(a_new_name_is_published_and_keeps_the_file),
        TEST(a_deleted_recording_is_gone_but_for_its_readers),
        TEST(a_file_taken_away_is_told_as_damage),
        TEST(a_store_tells_whether_its_list_is_published),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
