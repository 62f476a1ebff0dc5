/*
 * file_name.c - names of files: made, changed, taken away, visited.
 */
#include "file_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIRECTORY_MODE 0750

wfs_status wfs_file_make_directory(int dir, const char *name, wfs_error *error)
{
    if (mkdirat(dir, name, DIRECTORY_MODE) == -1) {
        return wfs_file_fail(error, "mkdir");
    }
    return WFS_OK;
}

wfs_status wfs_file_rename(int from_dir, const char *from, int to_dir,
                           const char *to, wfs_error *error)
{
    if (renameat(from_dir, from, to_dir, to) == -1) {
        return wfs_file_fail(error, "rename");
    }
    return WFS_OK;
}

/*
 * Without renameat2 for this disk: a second name, then the first one goes. Two
 * steps that no journal keeps together: were the second durable and the first
 * not, the file would have no name.
 */
static wfs_status rename_by_link(int from_dir, const char *from, int to_dir,
                                 const char *to, wfs_error *error)
{
    wfs_status status;

    if (linkat(from_dir, from, to_dir, to, 0) == -1) {
        return wfs_file_fail(error, "link");
    }
    status = wfs_file_sync(to_dir, error);
    if (status != WFS_OK) {
        return status;
    }
    if (unlinkat(from_dir, from, 0) == -1) {
        return wfs_file_fail(error, "unlink");
    }
    return WFS_OK;
}

wfs_status wfs_file_rename_new(int from_dir, const char *from, int to_dir,
                               const char *to, wfs_error *error)
{
    if (renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE) == 0) {
        return WFS_OK;
    }
    if (errno == EINVAL || errno == ENOSYS) {
        return rename_by_link(from_dir, from, to_dir, to, error);
    }
    return wfs_file_fail(error, "rename");
}

wfs_status wfs_file_link(int fd, int dir, const char *name, wfs_error *error)
{
    char path[sizeof("/proc/self/fd/") + 3 * sizeof(int)];

    if (linkat(fd, "", dir, name, AT_EMPTY_PATH) == 0) {
        return WFS_OK;
    }
    if (errno != ENOENT && errno != EPERM && errno != EINVAL) {
        return wfs_file_fail(error, "link");
    }
    /* AT_EMPTY_PATH wants CAP_DAC_READ_SEARCH; this way needs /proc. */
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (linkat(AT_FDCWD, path, dir, name, AT_SYMLINK_FOLLOW) == -1) {
        return wfs_file_fail(error, "link");
    }
    return WFS_OK;
}

wfs_status wfs_file_remove(int dir, const char *name, wfs_error *error)
{
    if (unlinkat(dir, name, 0) == -1) {
        return wfs_file_fail(error, "unlink");
    }
    return WFS_OK;
}

static wfs_status visit_entries(DIR *stream, wfs_file_visitor visit, void *data,
                                wfs_error *error)
{
    for (;;) {
        const struct dirent *entry;
        wfs_status status;

        errno = 0;
        entry = readdir(stream);
        if (entry == NULL) {
            return errno == 0 ? WFS_OK : wfs_file_fail(error, "readdir");
        }
        if (strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        status = visit(data, entry->d_name);
        if (status != WFS_OK) {
            return status;
        }
    }
}

wfs_status wfs_file_visit(int dir, wfs_file_visitor visit, void *data,
                          wfs_error *error)
{
    int fd = wfs_file_open_again(dir, ".", O_RDONLY | O_DIRECTORY);
    DIR *stream = fd == -1 ? NULL : fdopendir(fd);
    wfs_status status;

    if (stream == NULL) {
        status = wfs_file_fail(error, "opendir");
        wfs_file_close(fd);
        return status;
    }
    status = visit_entries(stream, visit, data, error);
    closedir(stream);
    return status;
}
