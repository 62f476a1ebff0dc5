/*
 * file.c - files: opening, reading, writing, syncing.
 */
#include "file_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE 0640

static int get_flags(wfs_file_mode mode)
{
    switch (mode) {
    case WFS_FILE_READ:
        return O_RDONLY | O_NOFOLLOW;
    case WFS_FILE_WRITE:
        return O_RDWR | O_NOFOLLOW;
    case WFS_FILE_CREATE:
        return O_RDWR | O_CREAT | O_NOFOLLOW;
    case WFS_FILE_NEW:
        return O_RDWR | O_CREAT | O_EXCL;
    case WFS_FILE_NAMELESS:
        return O_RDWR | O_TMPFILE;
    }
    return O_RDONLY;
}

int wfs_file_open_again(int dir, const char *name, int flags)
{
    int fd;

    do {
        fd = openat(dir, name, flags | O_CLOEXEC, FILE_MODE);
    } while (fd == -1 && errno == EINTR);
    return fd;
}

wfs_status wfs_file_open(int dir, const char *name, wfs_file_mode mode,
                         int *ret_fd, wfs_error *error)
{
    int fd = wfs_file_open_again(dir, name, get_flags(mode));

    if (fd != -1) {
        *ret_fd = fd;
        return WFS_OK;
    }
    if (mode == WFS_FILE_NAMELESS && (errno == EOPNOTSUPP || errno == EISDIR)) {
        return wfs_error_set(error, WFS_EINVAL, errno, "open",
                             "the disk has no nameless files");
    }
    return wfs_file_fail(error, "open");
}

wfs_status wfs_file_open_directory(int dir, const char *path, bool may_follow,
                                   int *ret_fd, wfs_error *error)
{
    int flags = O_RDONLY | O_DIRECTORY | (may_follow ? 0 : O_NOFOLLOW);
    int fd = wfs_file_open_again(may_follow ? AT_FDCWD : dir, path, flags);

    if (fd == -1) {
        return wfs_file_fail(error, "open");
    }
    *ret_fd = fd;
    return WFS_OK;
}

void wfs_file_close(int fd)
{
    if (fd != -1) {
        close(fd);
    }
}

wfs_status wfs_file_write(int fd, uint64_t offset, const void *bytes,
                          size_t length, wfs_error *error)
{
    const uint8_t *next = bytes;

    while (length > 0) {
        ssize_t count = pwrite(fd, next, length, (off_t)offset);

        if (count > 0) {
            next += count;
            offset += (uint64_t)count;
            length -= (size_t)count;
        } else if (count == 0) {
            return wfs_error_set(error, WFS_EIO, 0, "write", "the disk failed");
        } else if (errno != EINTR) {
            return wfs_file_fail(error, "write");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_read(int fd, uint64_t offset, void *buffer, size_t length,
                         size_t *ret_length, wfs_error *error)
{
    size_t done = 0;

    while (done < length) {
        ssize_t count = pread(fd, (uint8_t *)buffer + done, length - done,
                              (off_t)(offset + done));

        if (count == 0) {
            break;
        }
        if (count > 0) {
            done += (size_t)count;
        } else if (errno != EINTR) {
            return wfs_file_fail(error, "read");
        }
    }
    *ret_length = done;
    return WFS_OK;
}

/* An interrupted sync has not failed; any other failure is final. */
wfs_status wfs_file_sync_data(int fd, wfs_error *error)
{
    while (fdatasync(fd) == -1) {
        if (errno != EINTR) {
            return wfs_file_fail(error, "fdatasync");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_sync(int fd, wfs_error *error)
{
    while (fsync(fd) == -1) {
        if (errno != EINTR) {
            return wfs_file_fail(error, "fsync");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_truncate(int fd, uint64_t size, wfs_error *error)
{
    while (ftruncate(fd, (off_t)size) == -1) {
        if (errno != EINTR) {
            return wfs_file_fail(error, "ftruncate");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_get_stat(int fd, wfs_file_stat *ret_stat, wfs_error *error)
{
    struct stat st;

    if (fstat(fd, &st) == -1) {
        return wfs_file_fail(error, "fstat");
    }
    if (!S_ISREG(st.st_mode)) {
        return wfs_error_set(error, WFS_ECORRUPT, 0, "fstat",
                             "the store has something else where a file "
                             "should be");
    }
    ret_stat->size_bytes = (uint64_t)st.st_size;
    ret_stat->modified = st.st_mtime;
    ret_stat->inode = st.st_ino;
    return WFS_OK;
}

wfs_status wfs_file_is_removed(int fd, bool *ret_is_removed, wfs_error *error)
{
    struct stat st;

    if (fstat(fd, &st) == -1) {
        return wfs_file_fail(error, "fstat");
    }
    *ret_is_removed = st.st_nlink == 0;
    return WFS_OK;
}
