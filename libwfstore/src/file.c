/*
 * file.c - the file system's calls; errno stops here.
 */
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "error.h"

#define FILE_MODE 0640
#define DIRECTORY_MODE 0750
#define COPY_BUFFER_BYTES 65536

/* statfs(2), f_type. */
#define MAGIC_NFS 0x6969
#define MAGIC_SMB2 0xFE534D42
#define MAGIC_CIFS 0xFF534D42

static wfs_status get_status(int os_error)
{
    switch (os_error) {
    case ENOENT:
    case ENOTDIR:
        return WFS_ENOSTORE;
    case EEXIST:
        return WFS_ECONFLICT;
    case EAGAIN:
        return WFS_EBUSY;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return WFS_ENOSPC;
    case EACCES:
    case EPERM:
    case EROFS:
        return WFS_EREADONLY;
    case ELOOP:
    case EISDIR:
        return WFS_ECORRUPT;
    case ENOMEM:
        return WFS_ENOMEM;
    default:
        return WFS_EIO;
    }
}

static const char *get_detail(wfs_status status)
{
    switch (status) {
    case WFS_ENOSTORE:
        return "a file of the store is missing";
    case WFS_ECONFLICT:
        return "a file of that name exists";
    case WFS_EBUSY:
        return "it is in use";
    case WFS_ENOSPC:
        return "the disk is full";
    case WFS_EREADONLY:
        return "the store may not be written to";
    case WFS_ECORRUPT:
        return "the store has something else where a file should be";
    case WFS_ENOMEM:
        return "the server is out of memory";
    default:
        return "the disk failed";
    }
}

/* To be called right after `step` failed. */
static wfs_status fail(wfs_error *error, const char *step)
{
    int os_error = errno;
    wfs_status status = get_status(os_error);

    return wfs_error_set(error, status, os_error, step, "%s",
                         get_detail(status));
}

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

static int open_again(int dir, const char *name, int flags)
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
    int fd = open_again(dir, name, get_flags(mode));

    if (fd != -1) {
        *ret_fd = fd;
        return WFS_OK;
    }
    if (mode == WFS_FILE_NAMELESS && (errno == EOPNOTSUPP || errno == EISDIR)) {
        return wfs_error_set(error, WFS_EINVAL, errno, "open",
                             "the disk has no nameless files");
    }
    return fail(error, "open");
}

wfs_status wfs_file_open_directory(int dir, const char *path, bool may_follow,
                                   int *ret_fd, wfs_error *error)
{
    int flags = O_RDONLY | O_DIRECTORY | (may_follow ? 0 : O_NOFOLLOW);
    int fd = open_again(may_follow ? AT_FDCWD : dir, path, flags);

    if (fd == -1) {
        return fail(error, "open");
    }
    *ret_fd = fd;
    return WFS_OK;
}

wfs_status wfs_file_make_directory(int dir, const char *name, wfs_error *error)
{
    if (mkdirat(dir, name, DIRECTORY_MODE) == -1) {
        return fail(error, "mkdir");
    }
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
            return fail(error, "write");
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
            return fail(error, "read");
        }
    }
    *ret_length = done;
    return WFS_OK;
}

static wfs_status fail_short(wfs_error *error)
{
    return wfs_error_set(error, WFS_ECORRUPT, 0, "copy",
                         "a file is shorter than it was");
}

static wfs_status copy_through(int from, uint64_t from_offset, int to,
                               uint64_t to_offset, uint64_t length,
                               wfs_error *error)
{
    uint8_t buffer[COPY_BUFFER_BYTES];

    while (length > 0) {
        size_t want = length < sizeof(buffer) ? (size_t)length : sizeof(buffer);
        size_t got = 0;
        wfs_status status =
            wfs_file_read(from, from_offset, buffer, want, &got, error);

        if (status == WFS_OK && got < want) {
            status = fail_short(error);
        }
        if (status == WFS_OK) {
            status = wfs_file_write(to, to_offset, buffer, got, error);
        }
        if (status != WFS_OK) {
            return status;
        }
        from_offset += got;
        to_offset += got;
        length -= got;
    }
    return WFS_OK;
}

/* What copy_file_range says where it is not to be had (man 2). */
static bool cannot_copy_range(int os_error)
{
    return os_error == ENOSYS || os_error == EXDEV || os_error == EINVAL ||
           os_error == EOPNOTSUPP || os_error == EPERM;
}

wfs_status wfs_file_copy(int from, uint64_t from_offset, int to,
                         uint64_t to_offset, uint64_t length, wfs_error *error)
{
    off_t in = (off_t)from_offset;
    off_t out = (off_t)to_offset;

    while (length > 0) {
        size_t want = length < SSIZE_MAX ? (size_t)length : SSIZE_MAX;
        ssize_t count = copy_file_range(from, &in, to, &out, want, 0);

        if (count > 0) {
            length -= (uint64_t)count;
        } else if (count == 0) {
            return fail_short(error);
        } else if (cannot_copy_range(errno)) {
            return copy_through(from, (uint64_t)in, to, (uint64_t)out, length,
                                error);
        } else if (errno != EINTR) {
            return fail(error, "copy_file_range");
        }
    }
    return WFS_OK;
}

/* An interrupted sync has not failed; any other failure is final. */
wfs_status wfs_file_sync_data(int fd, wfs_error *error)
{
    while (fdatasync(fd) == -1) {
        if (errno != EINTR) {
            return fail(error, "fdatasync");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_sync(int fd, wfs_error *error)
{
    while (fsync(fd) == -1) {
        if (errno != EINTR) {
            return fail(error, "fsync");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_truncate(int fd, uint64_t size, wfs_error *error)
{
    while (ftruncate(fd, (off_t)size) == -1) {
        if (errno != EINTR) {
            return fail(error, "ftruncate");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_get_stat(int fd, wfs_file_stat *ret_stat, wfs_error *error)
{
    struct stat st;

    if (fstat(fd, &st) == -1) {
        return fail(error, "fstat");
    }
    if (!S_ISREG(st.st_mode)) {
        return wfs_error_set(error, WFS_ECORRUPT, 0, "fstat", "%s",
                             get_detail(WFS_ECORRUPT));
    }
    ret_stat->size_bytes = (uint64_t)st.st_size;
    ret_stat->modified = st.st_mtime;
    return WFS_OK;
}

static int call_lock(int fd, int command, short type, uint64_t first,
                     uint64_t count)
{
    struct flock lock = {.l_type = type,
                         .l_whence = SEEK_SET,
                         .l_start = (off_t)first,
                         .l_len = (off_t)count};

    return fcntl(fd, command, &lock);
}

wfs_status wfs_file_lock(int fd, uint64_t first, uint64_t count,
                         wfs_error *error)
{
    if (call_lock(fd, F_OFD_SETLK, F_WRLCK, first, count) == -1) {
        if (errno == EACCES) {
            errno = EAGAIN;
        }
        return fail(error, "lock");
    }
    return WFS_OK;
}

wfs_status wfs_file_wait_lock(int fd, uint64_t first, uint64_t count,
                              wfs_error *error)
{
    while (call_lock(fd, F_OFD_SETLKW, F_WRLCK, first, count) == -1) {
        if (errno != EINTR) {
            return fail(error, "lock");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_unlock(int fd, uint64_t first, uint64_t count,
                           wfs_error *error)
{
    if (call_lock(fd, F_OFD_SETLK, F_UNLCK, first, count) == -1) {
        return fail(error, "unlock");
    }
    return WFS_OK;
}

wfs_status wfs_file_rename(int from_dir, const char *from, int to_dir,
                           const char *to, wfs_error *error)
{
    if (renameat(from_dir, from, to_dir, to) == -1) {
        return fail(error, "rename");
    }
    return WFS_OK;
}

/* Without renameat2 for this disk: a second name, then the first one goes. */
static wfs_status rename_by_link(int from_dir, const char *from, int to_dir,
                                 const char *to, wfs_error *error)
{
    if (linkat(from_dir, from, to_dir, to, 0) == -1) {
        return fail(error, "link");
    }
    if (unlinkat(from_dir, from, 0) == -1) {
        return fail(error, "unlink");
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
    return fail(error, "rename");
}

wfs_status wfs_file_link(int fd, int dir, const char *name, wfs_error *error)
{
    char path[sizeof("/proc/self/fd/") + 3 * sizeof(int)];

    if (linkat(fd, "", dir, name, AT_EMPTY_PATH) == 0) {
        return WFS_OK;
    }
    if (errno != ENOENT && errno != EPERM && errno != EINVAL) {
        return fail(error, "link");
    }
    /* AT_EMPTY_PATH wants CAP_DAC_READ_SEARCH; this way needs /proc. */
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (linkat(AT_FDCWD, path, dir, name, AT_SYMLINK_FOLLOW) == -1) {
        return fail(error, "link");
    }
    return WFS_OK;
}

wfs_status wfs_file_remove(int dir, const char *name, wfs_error *error)
{
    if (unlinkat(dir, name, 0) == -1) {
        return fail(error, "unlink");
    }
    return WFS_OK;
}

wfs_status wfs_file_get_free(int dir, uint64_t *ret_bytes, wfs_error *error)
{
    struct statvfs st;

    if (fstatvfs(dir, &st) == -1) {
        return fail(error, "statvfs");
    }
    *ret_bytes = (uint64_t)st.f_bavail * st.f_frsize;
    return WFS_OK;
}

wfs_status wfs_file_is_remote(int dir, bool *ret_is_remote, wfs_error *error)
{
    struct statfs st;
    uint32_t magic;

    if (fstatfs(dir, &st) == -1) {
        return fail(error, "statfs");
    }
    magic = (uint32_t)st.f_type;
    *ret_is_remote =
        magic == MAGIC_NFS || magic == MAGIC_SMB2 || magic == MAGIC_CIFS;
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
            return errno == 0 ? WFS_OK : fail(error, "readdir");
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
    int fd = open_again(dir, ".", O_RDONLY | O_DIRECTORY);
    DIR *stream = fd == -1 ? NULL : fdopendir(fd);
    wfs_status status;

    if (stream == NULL) {
        status = fail(error, "opendir");
        wfs_file_close(fd);
        return status;
    }
    status = visit_entries(stream, visit, data, error);
    closedir(stream);
    return status;
}
