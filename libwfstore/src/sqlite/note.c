/*
 * note.c - what a caller keeps with an upload, and with the recording it
 * becomes.
 */
#include <stdlib.h>

#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_PUT[] =
    "INSERT OR REPLACE INTO note(id, text) VALUES(?, ?)";
static const char SQL_GET[] = "SELECT text FROM note WHERE id = ?";
static const char SQL_ALL[] = "SELECT id, text FROM note";
static const char SQL_TAKE[] =
    "INSERT OR REPLACE INTO note(id, text) SELECT ?1, ?2"
    " WHERE EXISTS(SELECT 1 FROM recording WHERE id = ?1)";
static const char SQL_FORGET[] = "DELETE FROM note WHERE id = ?";

wfs_status wfs_put_note(wfs_sql_connection *connection,
                        const wfs_upload_spec *spec, wfs_error *error)
{
    wfs_sql s;

    if (spec->note == NULL) {
        return WFS_OK;
    }
    s = wfs_sql_prepare(connection, SQL_PUT);
    wfs_sql_bind_text(&s, spec->id);
    wfs_sql_bind_text(&s, spec->note);
    return wfs_sql_run(&s, error);
}

wfs_status wfs_forget_note(wfs_sql_connection *connection, const char *id,
                           wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_FORGET);

    wfs_sql_bind_text(&s, id);
    return wfs_sql_run(&s, error);
}

static wfs_status read_note(wfs_sql_connection *connection, const char *id,
                            char **ret_note, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_GET);

    wfs_sql_bind_text(&s, id);
    return wfs_sql_find_text(&s, ret_note, error);
}

wfs_status wfs_sqlite_get_note(wfs_catalogue *catalogue, const char *id,
                               char **ret_note, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        status = read_note(connection, id, ret_note, error);
        wfs_sqlite_end_read(sqlite, connection);
    }
    return status;
}

static wfs_status take_note(wfs_sql_connection *to, wfs_sql *from,
                            wfs_error *error)
{
    char id[WFS_ID_MAX_BYTES + 1] = "";
    char *text;
    wfs_sql s;
    wfs_status status;

    wfs_sql_read_text(from, id, sizeof id);
    text = wfs_sql_read_new_text(from);
    status = wfs_sql_check(from, error);
    if (status == WFS_OK) {
        s = wfs_sql_prepare(to, SQL_TAKE);
        wfs_sql_bind_text(&s, id);
        wfs_sql_bind_text(&s, text);
        status = wfs_sql_run(&s, error);
    }
    free(text);
    return status;
}

/* `ret_is_whole`: whether all could be read. */
static wfs_status take_notes(wfs_sql_connection *to, wfs_sql_connection *from,
                             bool *ret_is_whole, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(from, SQL_ALL);
    wfs_status status = WFS_OK;
    bool has_row;
    wfs_status read = wfs_sql_step(&s, &has_row, NULL);

    while (has_row && read == WFS_OK && status == WFS_OK) {
        status = take_note(to, &s, error);
        if (status == WFS_OK) {
            read = wfs_sql_step(&s, &has_row, NULL);
        }
    }
    wfs_sql_finish(&s);
    *ret_is_whole = read == WFS_OK;
    return status;
}

wfs_status wfs_sqlite_take_notes(wfs_catalogue *catalogue, wfs_catalogue *from,
                                 bool *ret_is_whole, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sqlite *other = wfs_sqlite_of(from);
    wfs_sql_connection *to;
    wfs_sql_connection *source;
    wfs_status status = wfs_sqlite_begin_read(other, &source, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &to, error);
    if (status == WFS_OK) {
        status = take_notes(to, source, ret_is_whole, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    wfs_sqlite_end_read(other, source);
    return status;
}
