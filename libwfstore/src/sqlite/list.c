/*
 * list.c - pages of recordings in eight orders.
 *
 * A page goes on behind the key and id of the row before (keyset): first the
 * rest of those with the same key, then those beyond, each a range of the
 * order's own index. So a page costs the same wherever it lies, also among a
 * million equal names. A missing duration counts as beyond all others.
 */
#include <stdlib.h>
#include <string.h>

#include "../cursor.h"
#include "../error.h"
#include "list.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

#define SELECT_BY(key)                                                         \
    "SELECT " WFS_RECORDING_COLUMNS ", " key " FROM recording"
#define ORDER(key, direction, beyond)                                          \
    {                                                                          \
        SELECT_BY(key)                                                         \
        " ORDER BY " key direction ", id LIMIT ?",                             \
            SELECT_BY(key) " WHERE " key                                       \
                           " = ? AND id > ? ORDER BY id LIMIT ?",              \
            SELECT_BY(key) " WHERE " key beyond " ?"                           \
                           " ORDER BY " key direction ", id LIMIT ?"           \
    }
#define BOTH(key)                                                              \
    {                                                                          \
        ORDER(key, "", " >"), ORDER(key, " DESC", " <")                        \
    }

const wfs_list_sql wfs_list_sqls[4][2] = {
    [WFS_SORT_TIMESTAMP] = BOTH("timestamp"),
    [WFS_SORT_NAME] = BOTH("folded"),
    [WFS_SORT_DURATION] = {ORDER("ifnull(duration, 9e999)", "", " >"),
                           ORDER("ifnull(duration, -1.0)", " DESC", " <")},
    [WFS_SORT_SIZE] = BOTH("size"),
};

/* A page in the making: one row more than asked tells that there are more. */
typedef struct page {
    wfs_recording *recordings;
    size_t limit;
    size_t count;
    bool has_more;
    wfs_cursor last;
} page;

static void read_key(wfs_sql *s, wfs_cursor *cursor)
{
    bool has_value;

    switch (cursor->sort) {
    case WFS_SORT_NAME:
        wfs_sql_read_text(s, cursor->text, sizeof cursor->text);
        break;
    case WFS_SORT_DURATION:
        cursor->real = wfs_sql_read_real(s, &has_value);
        break;
    default:
        cursor->number = wfs_sql_read_int(s);
        break;
    }
}

static void bind_key(wfs_sql *s, const wfs_cursor *cursor)
{
    switch (cursor->sort) {
    case WFS_SORT_NAME:
        wfs_sql_bind_text(s, cursor->text);
        break;
    case WFS_SORT_DURATION:
        wfs_sql_bind_real(s, cursor->real);
        break;
    default:
        wfs_sql_bind_int(s, cursor->number);
        break;
    }
}

static wfs_status add_row(wfs_sql *s, page *to, wfs_error *error)
{
    wfs_recording_row row = {0};
    wfs_status status = wfs_read_recording(s, &row, error);

    if (status != WFS_OK) {
        return status;
    }
    to->recordings[to->count++] = row.recording;
    read_key(s, &to->last);
    memcpy(to->last.id, row.recording.id, sizeof to->last.id);
    return wfs_sql_check(s, error);
}

static wfs_status add_rows(wfs_sql *s, page *to, wfs_error *error)
{
    bool has_row;
    wfs_status status;

    wfs_sql_bind_uint(s, to->limit - to->count + 1);
    status = wfs_sql_step(s, &has_row, error);
    while (has_row && status == WFS_OK) {
        if (to->count == to->limit) {
            to->has_more = true;
            break;
        }
        status = add_row(s, to, error);
        if (status == WFS_OK) {
            status = wfs_sql_step(s, &has_row, error);
        }
    }
    wfs_sql_finish(s);
    return status;
}

static wfs_status add_after(wfs_sql_connection *connection,
                            const wfs_list_sql *sql, const wfs_cursor *after,
                            page *to, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, sql->same);
    wfs_status status;

    bind_key(&s, after);
    wfs_sql_bind_text(&s, after->id);
    status = add_rows(&s, to, error);
    if (status == WFS_OK && !to->has_more) {
        s = wfs_sql_prepare(connection, sql->beyond);
        bind_key(&s, after);
        status = add_rows(&s, to, error);
    }
    return status;
}

static wfs_status read_page(wfs_sql_connection *connection,
                            const wfs_cursor *after, page *to, wfs_error *error)
{
    const wfs_list_sql *sql =
        &wfs_list_sqls[to->last.sort][to->last.is_descending ? 1 : 0];
    wfs_sql s;

    if (after != NULL) {
        return add_after(connection, sql, after, to, error);
    }
    s = wfs_sql_prepare(connection, sql->first);
    return add_rows(&s, to, error);
}

static wfs_status read_all(wfs_sqlite *sqlite, const wfs_cursor *after,
                           page *to, wfs_totals *totals, wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_read_totals(connection, totals, error);
    if (status == WFS_OK) {
        status = read_page(connection, after, to, error);
    }
    wfs_sqlite_end_read(sqlite, connection);
    return status;
}

static wfs_status give_page(page *from, const wfs_totals *totals,
                            wfs_recording_page *ret_page, wfs_error *error)
{
    wfs_recording_page given = {.recordings = from->recordings,
                                .count = from->count,
                                .total = totals->recordings,
                                .total_bytes = totals->recording_bytes};

    if (from->has_more &&
        wfs_cursor_encode(&from->last, &given.next) != WFS_OK) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                             "the store is out of memory");
    }
    *ret_page = given;
    return WFS_OK;
}

static wfs_status check_query(const wfs_list_query *query, wfs_cursor *after,
                              wfs_error *error)
{
    if (query->limit < 1 || query->limit > WFS_LIST_LIMIT_MAX ||
        (unsigned)query->sort > WFS_SORT_SIZE) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the limit is between 1 and %d",
                             WFS_LIST_LIMIT_MAX);
    }
    if (query->cursor != NULL &&
        wfs_cursor_decode(query->cursor, query->sort, query->descending,
                          after) != WFS_OK) {
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
    page to = {
        .limit = query->limit,
        .last = {.sort = query->sort, .is_descending = query->descending}};
    wfs_cursor after;
    wfs_totals totals = {0};
    wfs_status status = check_query(query, &after, error);

    if (status != WFS_OK) {
        return status;
    }
    to.recordings = calloc(query->limit, sizeof *to.recordings);
    if (to.recordings == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
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
