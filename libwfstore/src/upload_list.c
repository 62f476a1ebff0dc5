/*
 * upload_list.c - pages of unfinished uploads, the newest first.
 */
#include <stdlib.h>
#include <string.h>

#include "cursor.h"
#include "error.h"
#include "store_internal.h"

static wfs_status check(size_t limit, const char *cursor, int64_t *ret_before,
                        wfs_error *error)
{
    wfs_cursor after;

    *ret_before = INT64_MAX;
    if (limit < 1 || limit > WFS_UPLOAD_LIST_LIMIT_MAX) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the limit is between 1 and %d",
                             WFS_UPLOAD_LIST_LIMIT_MAX);
    }
    if (cursor == NULL) {
        return WFS_OK;
    }
    if (wfs_cursor_decode(cursor, WFS_CURSOR_UPLOADS, true, &after) != WFS_OK) {
        return wfs_error_set(error, WFS_ECURSOR, 0, NULL,
                             "the cursor is broken or of another list");
    }
    *ret_before = after.number;
    return WFS_OK;
}

static wfs_status encode(const wfs_upload_row *last, char **ret_next)
{
    wfs_cursor cursor = {
        .sort = WFS_CURSOR_UPLOADS, .is_descending = true, .number = last->row};

    memcpy(cursor.id, last->id, sizeof cursor.id);
    return wfs_cursor_encode(&cursor, ret_next);
}

/* `rows` has one more than asked if there are more. */
static wfs_status fill(wfs_store *store, const wfs_upload_row *rows,
                       size_t count, size_t limit, wfs_upload_page *page)
{
    page->count = count < limit ? count : limit;
    page->uploads = calloc(page->count + 1, sizeof *page->uploads);
    if (page->uploads == NULL) {
        return WFS_ENOMEM;
    }
    for (size_t i = 0; i < page->count; i++) {
        wfs_upload_fill_info(store, &rows[i], &page->uploads[i]);
    }
    return count > limit ? encode(&rows[limit - 1], &page->next) : WFS_OK;
}

static wfs_status read_page(wfs_store *store, int64_t before, size_t limit,
                            wfs_upload_row *rows, wfs_upload_page *page,
                            wfs_error *error)
{
    const wfs_catalogue_api *api = store->catalogue->api;
    wfs_totals totals;
    size_t count = 0;
    wfs_status status = api->list_visible(store->catalogue, before, limit + 1,
                                          rows, &count, error);

    if (status == WFS_OK) {
        status = api->get_totals(store->catalogue, &totals, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    page->total = totals.uploads;
    status = fill(store, rows, count, limit, page);
    return status == WFS_OK ? WFS_OK
                            : wfs_error_set(error, status, 0, "malloc",
                                            "the server is out of memory");
}

wfs_status wfs_upload_list(wfs_store *store, size_t limit, const char *cursor,
                           wfs_upload_page *ret_page, wfs_error *error)
{
    wfs_upload_page page = WFS_UPLOAD_PAGE_INIT;
    wfs_upload_row *rows;
    int64_t before;
    wfs_status status = check(limit, cursor, &before, error);

    if (status != WFS_OK) {
        return status;
    }
    rows = calloc(limit + 1, sizeof *rows);
    if (rows == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    status = read_page(store, before, limit, rows, &page, error);
    free(rows);
    if (status == WFS_OK) {
        *ret_page = page;
    } else {
        wfs_upload_page_release(&page);
    }
    return status;
}

void wfs_upload_page_release(wfs_upload_page *page)
{
    for (size_t i = 0; page->uploads != NULL && i < page->count; i++) {
        wfs_upload_info_release(&page->uploads[i]);
    }
    free(page->uploads);
    free(page->next);
    *page = (wfs_upload_page)WFS_UPLOAD_PAGE_INIT;
}
