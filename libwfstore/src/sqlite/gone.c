/*
 * gone.c - tombstones: ids that were deleted, and their files.
 *
 * A tombstone refuses late chunks until its time is up, and beyond that while
 * files of the id may still be there: a new recording of the id could get the
 * same file name, and the removal still owed would take the wrong one.
 */
#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_PUT[] =
    "INSERT OR REPLACE INTO gone(id, filename, part, until)"
    " VALUES(?, ?, ?, ?)";
static const char SQL_FINISH[] =
    "UPDATE gone SET filename = NULL, part = NULL WHERE id = ?";
static const char SQL_KIND[] =
    "SELECT 2 FROM recording WHERE id = ?1"
    " UNION ALL "
    "SELECT 3 FROM gone WHERE id = ?1"
    " AND (until > ?2 OR filename IS NOT NULL OR part IS NOT NULL)";

wfs_status wfs_put_gone(wfs_sql_connection *connection, const char *id,
                        const char *filename, int64_t part, int64_t until_ms,
                        wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_PUT);

    wfs_sql_bind_text(&s, id);
    wfs_sql_bind_text(&s, filename);
    wfs_sql_bind_uint(&s, part == 0 ? WFS_UNKNOWN : (uint64_t)part);
    wfs_sql_bind_int(&s, until_ms);
    return wfs_sql_run(&s, error);
}

wfs_status wfs_find_other_kind(wfs_sql_connection *connection, const char *id,
                               wfs_id_kind *ret_kind, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_KIND);
    bool has_row;
    wfs_status status;

    wfs_sql_bind_text(&s, id);
    wfs_sql_bind_int(&s, wfs_sqlite_now());
    status = wfs_sql_step(&s, &has_row, error);
    if (has_row) {
        *ret_kind = wfs_sql_read_int(&s) == 2 ? WFS_ID_RECORDING : WFS_ID_GONE;
    } else if (status == WFS_OK) {
        *ret_kind = WFS_ID_FREE;
    }
    wfs_sql_finish(&s);
    return status;
}

wfs_status wfs_refuse_kind(wfs_id_kind kind, wfs_error *error)
{
    switch (kind) {
    case WFS_ID_RECORDING:
        return wfs_error_set(error, WFS_ECOMPLETE, 0, NULL,
                             "the upload is a finished recording");
    case WFS_ID_GONE:
        return wfs_error_set(error, WFS_EGONE, 0, NULL, "the id was deleted");
    default:
        return wfs_error_set(error, WFS_ENOUPLOAD, 0, NULL,
                             "there is no such upload");
    }
}

wfs_status wfs_sqlite_finish_unlink(wfs_catalogue *catalogue, const char *id,
                                    wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, error);

    if (status == WFS_OK) {
        wfs_sql s = wfs_sql_prepare(connection, SQL_FINISH);

        wfs_sql_bind_text(&s, id);
        status = wfs_sql_run(&s, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}
