/*
 * list_rows.c - the rows of a page of recordings.
 */
#include <string.h>

#include "list.h"
#include "rows.h"

/* Columns of the statements. */
#define ID_COLUMN 3
#define KEY_COLUMN 16
#define FOLDED_COLUMN 17

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

static wfs_status add_row(wfs_sql *s, wfs_list_page *to, wfs_error *error)
{
    wfs_recording_row row;
    wfs_status status = wfs_read_recording(s, &row, error);

    if (status != WFS_OK) {
        return status;
    }
    to->recordings[to->count++] = row.recording;
    return WFS_OK;
}

static bool is_wanted(wfs_sql *s, const wfs_list_page *to)
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
static wfs_status look_at_row(wfs_sql *s, wfs_list_page *to, wfs_error *error)
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
static size_t get_left(const wfs_list_page *to)
{
    size_t wanted = to->limit - to->count;
    size_t looks = WFS_LIST_LOOKS_MAX - to->looked;

    return !to->has_query ? wanted : wanted == 0 ? 0 : looks;
}

static wfs_status add_rows(wfs_sql *s, wfs_list_page *to, wfs_error *error)
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
                            wfs_list_page *to, wfs_error *error)
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

wfs_status wfs_list_read(wfs_sql_connection *connection,
                         const wfs_cursor *after, wfs_list_page *to,
                         wfs_error *error)
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
