/*
 * maintain.c - what verifying, rebuilding and backing up write.
 */
#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_FIND_DAMAGE[] = "SELECT kind FROM damaged WHERE id = ?";
static const char SQL_PUT_DAMAGE[] =
    "INSERT OR REPLACE INTO damaged(id, kind, at) VALUES(?, ?, ?)";
static const char SQL_REMOVE_DAMAGE[] = "DELETE FROM damaged WHERE id = ?";

static const char SQL_IS_LEAVING[] =
    "SELECT 1 FROM gone WHERE id = ?"
    " AND (filename IS NOT NULL OR part IS NOT NULL)";

/* Uploads with all that is theirs; files that are still to be removed or
 * renamed are no matter of a copy that does not have them. */
static const char DROP_UNFINISHED[] =
    "DELETE FROM note WHERE id IN (SELECT id FROM upload);"
    "DELETE FROM upload;"
    "DELETE FROM upload_metadata;"
    "DELETE FROM chunk;"
    "DELETE FROM span;"
    "DELETE FROM head;"
    "UPDATE gone SET filename = NULL, part = NULL"
    " WHERE filename IS NOT NULL OR part IS NOT NULL;"
    "UPDATE recording SET part = NULL WHERE part IS NOT NULL;"
    "UPDATE totals SET uploads = 0, upload_bytes = 0, reserved = 0;";

/* 0: nothing is known against it. */
static wfs_status find_damage(wfs_sql_connection *connection, const char *id,
                              int64_t *ret_kind, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_FIND_DAMAGE);
    bool has_row;
    wfs_status status;

    wfs_sql_bind_text(&s, id);
    status = wfs_sql_step(&s, &has_row, error);
    *ret_kind = has_row ? wfs_sql_read_int(&s) : 0;
    wfs_sql_finish(&s);
    return status;
}

static wfs_status count_damage(wfs_sql_connection *connection, int64_t change,
                               wfs_error *error)
{
    wfs_totals_change totals = {.damaged = change};

    return wfs_add_totals(connection, &totals, error);
}

static wfs_status remove_damage(wfs_sql_connection *connection, const char *id,
                                wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_REMOVE_DAMAGE);
    wfs_status status;

    wfs_sql_bind_text(&s, id);
    status = wfs_sql_run(&s, error);
    if (status == WFS_OK && sqlite3_changes(connection->db) > 0) {
        status = count_damage(connection, -1, error);
    }
    return status;
}

/* Only of a recording that is there. */
static wfs_status put_damage(wfs_sql_connection *connection, const char *id,
                             int64_t kind, wfs_error *error)
{
    wfs_id_kind what = WFS_ID_FREE;
    int64_t old_kind = 0;
    wfs_sql s;
    wfs_status status = wfs_find_other_kind(connection, id, &what, error);

    if (status == WFS_OK) {
        status = find_damage(connection, id, &old_kind, error);
    }
    if (status != WFS_OK || what != WFS_ID_RECORDING) {
        return status;
    }
    s = wfs_sql_prepare(connection, SQL_PUT_DAMAGE);
    wfs_sql_bind_text(&s, id);
    wfs_sql_bind_int(&s, kind);
    wfs_sql_bind_int(&s, wfs_sqlite_now());
    status = wfs_sql_run(&s, error);
    return status == WFS_OK && old_kind == 0
               ? count_damage(connection, 1, error)
               : status;
}

wfs_status wfs_sqlite_get_damage(wfs_catalogue *catalogue, const char *id,
                                 int *ret_kind, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    int64_t kind = 0;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        status = find_damage(connection, id, &kind, error);
        wfs_sqlite_end_read(sqlite, connection);
    }
    if (status == WFS_OK) {
        *ret_kind = (int)kind;
    }
    return status;
}

wfs_status wfs_sqlite_put_damage(wfs_catalogue *catalogue, const char *id,
                                 int kind, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    int old_kind = 0;
    wfs_status status = wfs_sqlite_get_damage(catalogue, id, &old_kind, error);

    if (status != WFS_OK || old_kind == kind) {
        return status;
    }
    status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_FULL, &connection, error);
    if (status == WFS_OK) {
        status = kind == 0 ? remove_damage(connection, id, error)
                           : put_damage(connection, id, kind, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}

wfs_status wfs_sqlite_is_leaving(wfs_catalogue *catalogue, const char *id,
                                 bool *ret_is_leaving, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        wfs_sql s = wfs_sql_prepare(connection, SQL_IS_LEAVING);

        wfs_sql_bind_text(&s, id);
        status = wfs_sql_step(&s, ret_is_leaving, error);
        wfs_sql_finish(&s);
        wfs_sqlite_end_read(sqlite, connection);
    }
    return status;
}

static wfs_status insert(wfs_sql_connection *connection,
                         const wfs_recording *recording, bool *ret_existed,
                         wfs_error *error)
{
    static const wfs_upload_row none = {.row = 0};
    wfs_totals_change change = {.recordings = 1, .generation = 1};
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_status status =
        wfs_find_other_kind(connection, recording->id, &kind, error);

    *ret_existed = kind == WFS_ID_RECORDING;
    if (status != WFS_OK || *ret_existed) {
        return status;
    }
    change.recording_bytes = (int64_t)recording->size_bytes;
    status = wfs_insert_recording(connection, &none, recording, error);
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

wfs_status wfs_sqlite_put_recordings(wfs_catalogue *catalogue,
                                     const wfs_recording *recordings,
                                     const int *damage, size_t count,
                                     bool *ret_existed, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    for (size_t i = 0; i < count && status == WFS_OK; i++) {
        status = insert(connection, &recordings[i], &ret_existed[i], error);
        if (status == WFS_OK && !ret_existed[i] && damage[i] != 0) {
            status = put_damage(connection, recordings[i].id, damage[i], error);
        }
    }
    return wfs_sqlite_end_write(sqlite, status, error);
}

wfs_status wfs_sqlite_drop_unfinished(wfs_catalogue *catalogue,
                                      wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status == WFS_OK) {
        status = wfs_sql_execute(connection, DROP_UNFINISHED, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}
