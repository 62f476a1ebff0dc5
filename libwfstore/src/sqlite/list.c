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
    "SELECT " WFS_RECORDING_COLUMNS ", " key ", folded FROM recording"
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

/* Columns of those statements. */
#define ID_COLUMN 3
#define KEY_COLUMN 16
#define FOLDED_COLUMN 17

/*
 * A page in the making: one row more than asked tells that there are more.
 * `query`   what a folded name has to have in it, if has_query; then `looked`
 *           counts the rows, wanted or not
 * `last`    the row looked at last
 */
typedef struct page {
    wfs_recording *recordings;
    size_t limit;
    size_t count;
    size_t looked;
    bool has_query;
    char query[WFS_FOLDED_BYTES];
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
    return WFS_OK;
}

static bool is_wanted(wfs_sql *s, const page *to)
{
    char folded[WFS_FOLDED_BYTES];

    if (!to->has_query) {
        return true;
    }
    s->column = FOLDED_COLUMN;
    wfs_sql_read_text(s, folded, sizeof folded);
    return strstr(folded, to->query) != NULL;
}

/* Only what is wanted is read as a whole. */
static wfs_status look_at_row(wfs_sql *s, page *to, wfs_error *error)
{
    wfs_status status = WFS_OK;

    if (is_wanted(s, to)) {
        s->column = 0;
        status = add_row(s, to, error);
    }
    s->column = ID_COLUMN;
    wfs_sql_read_text(s, to->last.id, sizeof to->last.id);
    s->column = KEY_COLUMN;
    read_key(s, &to->last);
    to->looked++;
    return status == WFS_OK ? wfs_sql_check(s, error) : status;
}

/* How many rows may still be looked at. */
static size_t get_left(const page *to)
{
    size_t wanted = to->limit - to->count;
    size_t looks = WFS_LIST_LOOKS_MAX - to->looked;

    return !to->has_query ? wanted : wanted == 0 ? 0 : looks;
}

static wfs_status add_rows(wfs_sql *s, page *to, wfs_error *error)
{
    bool has_row;
    wfs_status status;

    wfs_sql_bind_uint(s, get_left(to) + 1);
    status = wfs_sql_step(s, &has_row, error);
    while (has_row && status == WFS_OK) {
        if (get_left(to) == 0) {
            to->has_more = true;
            break;
        }
        status = look_at_row(s, to, error);
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
static wfs_status fold_query(const char *q, page *to, wfs_error *error)
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
    page to = {
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
