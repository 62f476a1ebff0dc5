/*
 * test_upload_list.c - unfinished uploads in pages, the newest first.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_internal.h"

#define SIZE 3000

static void send(const test_store *self, const char *id)
{
    uint8_t *bytes = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec(id, 0);

    spec.name = "Name";
    spec.total_chunks = 3;
    test_send_ok(self->store, &spec, bytes, SIZE);
    free(bytes);
}

/* Ids of all pages of `limit`, with blanks between. */
static const char *list(const test_store *self, size_t limit)
{
    static char listed[1024];
    char *cursor = NULL;

    listed[0] = '\0';
    do {
        wfs_upload_page page = WFS_UPLOAD_PAGE_INIT;

        assert_status(wfs_upload_list(self->store, limit, cursor, &page, NULL),
                      WFS_OK);
        for (size_t i = 0; i < page.count; i++) {
            strcat(listed, listed[0] == '\0' ? "" : " ");
            strcat(listed, page.uploads[i].id);
        }
        free(cursor);
        cursor = page.next == NULL ? NULL : strdup(page.next);
        wfs_upload_page_release(&page);
    } while (cursor != NULL);
    return listed;
}

static void uploads_are_listed_newest_first(void **state)
{
    const test_store *self = *state;

    assert_string_equal(list(self, 10), "");
    send(self, "b");
    send(self, "a");
    send(self, "c");
    assert_string_equal(list(self, 10), "c a b");
    assert_string_equal(list(self, 3), "c a b");
    assert_string_equal(list(self, 2), "c a b");
    assert_string_equal(list(self, 1), "c a b");
}

static void one_without_a_chunk_is_not_there_unless_it_was_created(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_chunk_spec spec = test_chunk_spec("begun", 0);
    wfs_upload_spec created = WFS_UPLOAD_SPEC_INIT;
    wfs_chunk *chunk = NULL;
    wfs_upload_row row;

    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    created.id = "created";
    assert_status(
        catalogue->api->create_upload(catalogue, &created, &row, NULL), WFS_OK);
    assert_string_equal(list(self, 10), "created");
    wfs_chunk_discard(chunk);
}

static void what_is_said_of_each_is_what_is_said_of_it_alone(void **state)
{
    const test_store *self = *state;
    wfs_upload_page page = WFS_UPLOAD_PAGE_INIT;
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    const wfs_upload_info *listed;

    send(self, "a");
    send(self, "b");
    assert_status(wfs_upload_list(self->store, 1, NULL, &page, NULL), WFS_OK);
    assert_status(wfs_upload_get(self->store, "b", false, &info, NULL), WFS_OK);
    assert_int_equal(page.count, 1);
    assert_int_equal(page.total, 2);
    listed = &page.uploads[0];
    assert_string_equal(listed->id, "b");
    assert_string_equal(listed->name, info.name);
    assert_int_equal(listed->total_chunks, info.total_chunks);
    assert_int_equal(listed->received_bytes, info.received_bytes);
    assert_int_equal(listed->expires_ms, info.expires_ms);
    assert_null(listed->missing);
    wfs_upload_info_release(&info);
    wfs_upload_page_release(&page);
}

static void without_an_expiry_it_is_said_that_none_expires(void **state)
{
    const test_store *self = *state;
    wfs_upload_page page = WFS_UPLOAD_PAGE_INIT;
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;

    self->store->options.upload_expiry_ms = 0;
    send(self, "a");
    assert_status(wfs_upload_list(self->store, 1, NULL, &page, NULL), WFS_OK);
    assert_status(wfs_upload_get(self->store, "a", false, &info, NULL), WFS_OK);
    assert_int_equal(page.uploads[0].expires_ms, 0);
    assert_int_equal(info.expires_ms, 0);
    wfs_upload_info_release(&info);
    wfs_upload_page_release(&page);
}

static void what_comes_and_goes_neither_repeats_nor_skips_others(void **state)
{
    const test_store *self = *state;
    wfs_upload_page page = WFS_UPLOAD_PAGE_INIT;
    wfs_upload_page next = WFS_UPLOAD_PAGE_INIT;

    send(self, "a");
    send(self, "b");
    send(self, "c");
    assert_status(wfs_upload_list(self->store, 1, NULL, &page, NULL), WFS_OK);
    assert_status(wfs_upload_delete(self->store, "c", NULL), WFS_OK);
    send(self, "d");
    assert_status(wfs_upload_list(self->store, 1, page.next, &next, NULL),
                  WFS_OK);
    assert_string_equal(next.uploads[0].id, "b");
    wfs_upload_page_release(&page);
    wfs_upload_page_release(&next);
}

static void broken_cursors_and_limits_are_refused(void **state)
{
    const test_store *self = *state;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_upload_page page = WFS_UPLOAD_PAGE_INIT;
    wfs_recording_page recordings = WFS_RECORDING_PAGE_INIT;

    send(self, "a");
    send(self, "b");
    assert_status(wfs_upload_list(self->store, 0, NULL, &page, NULL),
                  WFS_EINVAL);
    assert_status(wfs_upload_list(self->store, 1001, NULL, &page, NULL),
                  WFS_EINVAL);
    assert_status(wfs_upload_list(self->store, 1, "AAAA", &page, NULL),
                  WFS_ECURSOR);
    assert_status(wfs_upload_list(self->store, 1, NULL, &page, NULL), WFS_OK);
    query.cursor = page.next;
    assert_status(wfs_recording_list(self->store, &query, &recordings, NULL),
                  WFS_ECURSOR);
    wfs_upload_page_release(&page);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(uploads_are_listed_newest_first),
        TEST(one_without_a_chunk_is_not_there_unless_it_was_created),
        TEST(what_is_said_of_each_is_what_is_said_of_it_alone),
        TEST(without_an_expiry_it_is_said_that_none_expires),
        TEST(what_comes_and_goes_neither_repeats_nor_skips_others),
        TEST(broken_cursors_and_limits_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
