/*
 * backup.c - a copy of the catalogue while others write to it.
 */
#include <fcntl.h>

#include "../error.h"
#include "../file.h"
#include "parts.h"
#include "sqlite.h"

#define STEP_PAGES 256

static const char SQL_LOOK[] = "SELECT count(*) FROM totals";

/* The snapshot that the reader's transaction holds is what is copied, so no
 * writer makes it start over. */
static wfs_status copy_pages(wfs_sql_connection *from, sqlite3 *to,
                             wfs_error *error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from->db, "main");
    int code = SQLITE_OK;

    if (backup == NULL) {
        return wfs_error_set(error, WFS_EIO, sqlite3_extended_errcode(to),
                             "sqlite3_backup_init",
                             "the catalogue cannot be copied");
    }
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup, STEP_PAGES);
    }
    (void)sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE) {
        return WFS_OK;
    }
    return wfs_sql_fail(from, code, "sqlite3_backup_step", error);
}

/* SQLite would make it for all to read. */
static wfs_status make_file(const char *path, wfs_error *error)
{
    int fd = -1;
    wfs_status status = wfs_file_open(AT_FDCWD, path, WFS_FILE_NEW, &fd, error);

    wfs_file_close(fd);
    return status;
}

static wfs_status copy_to(wfs_sql_connection *from, const char *path,
                          wfs_error *error)
{
    wfs_sql_connection to = WFS_SQL_CONNECTION_INIT;
    wfs_status status = make_file(path, error);

    if (status == WFS_OK) {
        status = wfs_sql_open(&to, path, false, error);
    }
    if (status == WFS_OK) {
        status = wfs_sql_run_text(from, SQL_LOOK, error);
    }
    if (status == WFS_OK) {
        status = copy_pages(from, to.db, error);
    }
    wfs_sql_close(&to);
    return status;
}

wfs_status wfs_sqlite_copy_to(wfs_catalogue *catalogue, const char *path,
                              wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        status = copy_to(connection, path, error);
        wfs_sqlite_end_read(sqlite, connection);
    }
    return status;
}
