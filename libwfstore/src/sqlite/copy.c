/*
 * copy.c - the catalogue as it was, kept before its tables are changed.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../error.h"
#include "../file.h"
#include "../store_internal.h"
#include "schema.h"

#define NAME_BYTES 64
#define UNFINISHED ".new"

static const char SQL_COPY[] = "VACUUM INTO ?";
static const char SQL_IS_WHOLE[] =
    "SELECT quick_check = 'ok' FROM pragma_quick_check(1)";

static void write_name(int64_t version, const char *suffix,
                       char ret_name[NAME_BYTES])
{
    (void)snprintf(ret_name, NAME_BYTES, "%s.v%" PRId64 "%s",
                   WFS_CATALOGUE_FILE, version, suffix);
}

static void remove_name(int folder, int64_t version, const char *suffix)
{
    char name[NAME_BYTES];

    write_name(version, suffix, name);
    (void)wfs_file_remove(folder, name, NULL);
}

/* `path` is the catalogue's; a file that is there and empty is filled. */
static wfs_status fill(wfs_sql_connection *connection, const char *path,
                       int64_t version, wfs_error *error)
{
    size_t size = strlen(path) + NAME_BYTES;
    char *target = malloc(size);
    wfs_sql s;
    wfs_status status;

    if (target == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                             "the store is out of memory");
    }
    (void)snprintf(target, size, "%s.v%" PRId64 UNFINISHED, path, version);
    s = wfs_sql_prepare(connection, SQL_COPY);
    wfs_sql_bind_text(&s, target);
    status = wfs_sql_run(&s, error);
    free(target);
    return status;
}

static bool is_whole(wfs_sql_connection *connection)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_IS_WHOLE);
    bool has_row = false;
    bool answer = wfs_sql_step(&s, &has_row, NULL) == WFS_OK && has_row &&
                  wfs_sql_read_int(&s) == 1;

    wfs_sql_finish(&s);
    return answer;
}

static wfs_status make(wfs_sql_connection *connection, int folder,
                       const char *path, int64_t version, wfs_error *error)
{
    char name[NAME_BYTES];
    int fd = -1;
    wfs_status status;

    remove_name(folder, version, UNFINISHED);
    write_name(version, UNFINISHED, name);
    status = wfs_file_open(folder, name, WFS_FILE_NEW, &fd, error);
    if (status == WFS_OK) {
        status = fill(connection, path, version, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(fd, error);
    }
    wfs_file_close(fd);
    return status;
}

static wfs_status give_name(int folder, int64_t version, wfs_error *error)
{
    char from[NAME_BYTES];
    char to[NAME_BYTES];
    wfs_status status;

    write_name(version, UNFINISHED, from);
    write_name(version, "", to);
    status = wfs_file_rename(folder, from, folder, to, error);
    return status == WFS_OK ? wfs_file_sync(folder, error) : status;
}

wfs_status wfs_schema_keep_copy(wfs_sql_connection *connection, int folder,
                                const char *path, int64_t version,
                                wfs_error *error)
{
    wfs_status status = make(connection, folder, path, version, error);

    if (status == WFS_OK) {
        status = give_name(folder, version, error);
    }
    if (status != WFS_OK) {
        remove_name(folder, version, UNFINISHED);
    }
    /* SQLite reads the copy again, and says so of a page it cannot read. */
    if (status == WFS_ECORRUPT && is_whole(connection)) {
        return wfs_error_set(error, WFS_EIO, 0, "VACUUM INTO",
                             "the copy of the catalogue that is kept before "
                             "it is changed cannot be read or written");
    }
    if (status == WFS_ENOSPC) {
        status = wfs_error_set(error, WFS_ENOSPC, 0, "VACUUM INTO",
                               "the disk has no room for the copy of the "
                               "catalogue that is kept before it is changed");
    }
    return status;
}

void wfs_schema_remove_copy(int folder, int64_t version)
{
    remove_name(folder, version, "");
}
