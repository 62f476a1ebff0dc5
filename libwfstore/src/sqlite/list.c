/*
 * list.c - a page of recordings: what is asked, and what is given.
 */
#include "list.h"

#include <stdlib.h>
#include <string.h>

#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static wfs_status read_all(wfs_sqlite *sqlite, const wfs_cursor *after,
                           wfs_list_page *to, wfs_totals *totals,
                           wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_read_totals(connection, totals, error);
    if (status == WFS_OK) {
        status = wfs_list_read(connection, after, to, error);
    }
    wfs_sqlite_end_read(sqlite, connection);
    return status;
}

static wfs_status give_page(wfs_list_page *from, const wfs_totals *totals,
                            wfs_recording_page *ret_page, wfs_error *error)
{
    wfs_recording_page given = {.recordings = from->recordings,
                                .count = from->count,
                                .total = totals->recordings,
                                .total_bytes = totals->recording_bytes,
                                .generation = totals->generation};

    if (from->has_query) {
        given.total = WFS_UNKNOWN;
        given.total_bytes = WFS_UNKNOWN;
    }
    if (from->has_more &&
        wfs_cursor_encode(&from->last, &given.next) != WFS_OK) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                             "the store is out of memory");
    }
    *ret_page = given;
    return WFS_OK;
}

/* What is searched for, as names are kept to be sorted. */
static wfs_status fold_query(const char *q, wfs_list_page *to, wfs_error *error)
{
    to->has_query = q != NULL && q[0] != '\0';
    if (!to->has_query) {
        return WFS_OK;
    }
    if (!wfs_name_is_valid(q, strlen(q))) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "what is searched for is too long, or holds "
                             "control characters");
    }
    wfs_fold(q, to->query);
    to->last.query = wfs_cursor_hash(to->query);
    return WFS_OK;
}

static wfs_status check_query(const wfs_list_query *query, uint32_t hash,
                              wfs_cursor *after, wfs_error *error)
{
    if (query->limit < 1 || query->limit > WFS_LIST_LIMIT_MAX ||
        (unsigned)query->sort > WFS_SORT_SIZE) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the limit is between 1 and %d",
                             WFS_LIST_LIMIT_MAX);
    }
    if (query->cursor != NULL &&
        (wfs_cursor_decode(query->cursor, query->sort, query->descending,
                           after) != WFS_OK ||
         after->query != hash)) {
        return wfs_error_set(error, WFS_ECURSOR, 0, NULL,
                             "the cursor is broken or of another list");
    }
    return WFS_OK;
}

wfs_status wfs_sqlite_list_recordings(wfs_catalogue *catalogue,
                                      const wfs_list_query *query,
                                      wfs_recording_page *ret_page,
                                      wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_list_page to = {
        .limit = query->limit,
        .last = {.sort = query->sort, .is_descending = query->descending}};
    wfs_cursor after;
    wfs_totals totals = {0};
    wfs_status status = fold_query(query->q, &to, error);

    if (status == WFS_OK) {
        status = check_query(query, to.last.query, &after, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    to.recordings = malloc(query->limit * sizeof *to.recordings);
    if (to.recordings == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                             "the store is out of memory");
    }
    status = read_all(sqlite, query->cursor == NULL ? NULL : &after, &to,
                      &totals, error);
    if (status == WFS_OK) {
        status = give_page(&to, &totals, ret_page, error);
    }
    if (status != WFS_OK) {
        wfs_recording_page_release(&(wfs_recording_page){
            .recordings = to.recordings, .count = to.count});
    }
    return status;
}
