/*
 * files.c - a catalogue's files: not on another machine's disk, not behind a
 * link, which SQLite would follow, and for the store's owner and group alone.
 */
#include "../error.h"
#include "../file.h"
#include "../file_share.h"
#include "../store_internal.h"
#include "sqlite.h"

static wfs_status check_disk(int directory, wfs_error *error)
{
    bool is_remote = false;
    wfs_status status = wfs_file_is_remote(directory, &is_remote, error);

    if (status == WFS_OK && is_remote) {
        status = wfs_error_set(error, WFS_ENOSTORE, 0, "statfs",
                               "a store cannot lie on a network file system");
    }
    return status;
}

/* By name: to open a file and close it would drop SQLite's locks. */
static wfs_status check_file(int directory, const char *name, wfs_error *error)
{
    wfs_error fault;
    wfs_file_identity identity;
    wfs_status status = wfs_file_look(directory, name, &identity, &fault);

    if (status == WFS_OK || status == WFS_ENOSTORE) {
        return WFS_OK;
    }
    if (error != NULL) {
        *error = fault;
    }
    return status;
}

wfs_status wfs_sqlite_check_files(int directory, wfs_error *error)
{
    static const char *const names[] = {WFS_CATALOGUE_FILE,
                                        WFS_CATALOGUE_FILE "-wal",
                                        WFS_CATALOGUE_FILE "-shm"};
    wfs_status status = check_disk(directory, error);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (status == WFS_OK) {
            status = check_file(directory, names[i], error);
        }
    }
    return status;
}

/* SQLite would make it for all to read; its journal and index follow it. */
wfs_status wfs_sqlite_make_file(int directory, wfs_error *error)
{
    wfs_error fault;
    int fd = -1;
    wfs_status status =
        wfs_file_open(directory, WFS_CATALOGUE_FILE, WFS_FILE_NEW, &fd, &fault);

    wfs_file_close(fd);
    if (status == WFS_OK || status == WFS_ECONFLICT) {
        return WFS_OK;
    }
    if (error != NULL) {
        *error = fault;
    }
    return status;
}
