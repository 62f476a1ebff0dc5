/*
 * repair.c - what a crash left between the catalogue and the files.
 */
#include "../error.h"
#include "parts.h"
#include "sqlite.h"

static const char SQL_RENAME[] =
    "SELECT id, filename, part FROM recording"
    " WHERE part IS NOT NULL AND id > ? ORDER BY id LIMIT 1";
static const char SQL_UNLINK[] =
    "SELECT id, filename, part FROM gone"
    " WHERE (filename IS NOT NULL OR part IS NOT NULL) AND id > ?"
    " ORDER BY id LIMIT 1";

/* The first of `kind` behind `id`; left alone if there is none. */
static wfs_status find(wfs_sql_connection *connection, wfs_repair_kind kind,
                       const char *id, wfs_repair *repair, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(
        connection, kind == WFS_REPAIR_RENAME ? SQL_RENAME : SQL_UNLINK);
    bool has_row;
    wfs_status status;

    wfs_sql_bind_text(&s, id);
    status = wfs_sql_step(&s, &has_row, error);
    if (has_row) {
        uint64_t part;

        repair->kind = kind;
        wfs_sql_read_text(&s, repair->id, sizeof repair->id);
        wfs_sql_read_text(&s, repair->filename, sizeof repair->filename);
        part = wfs_sql_read_uint(&s);
        repair->part = part == WFS_UNKNOWN ? 0 : (int64_t)part;
        status = wfs_sql_check(&s, error);
    }
    wfs_sql_finish(&s);
    return status;
}

/* All renames, then all removals, each in order of id. */
static wfs_status find_next(wfs_sql_connection *connection,
                            const wfs_repair *after, wfs_repair *repair,
                            wfs_error *error)
{
    bool is_unlink = after != NULL && after->kind == WFS_REPAIR_UNLINK;
    const char *id = after == NULL ? "" : after->id;
    wfs_status status = WFS_OK;

    if (!is_unlink) {
        status = find(connection, WFS_REPAIR_RENAME, id, repair, error);
        id = "";
    }
    if (status == WFS_OK && repair->kind == WFS_REPAIR_NONE) {
        status = find(connection, WFS_REPAIR_UNLINK, id, repair, error);
    }
    return status;
}

wfs_status wfs_sqlite_next_repair(wfs_catalogue *catalogue,
                                  const wfs_repair *after,
                                  wfs_repair *ret_repair, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_repair repair = {.kind = WFS_REPAIR_NONE};
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = find_next(connection, after, &repair, error);
    wfs_sqlite_end_read(sqlite, connection);
    if (status == WFS_OK) {
        *ret_repair = repair;
    }
    return status;
}
