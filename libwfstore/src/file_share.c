/*
 * file_share.c - one file's bytes under several names, and what tells files
 * apart.
 */
#include "file_share.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_internal.h"

wfs_status wfs_file_clone(int from, int to, wfs_error *error)
{
    while (ioctl(to, FICLONE, (long)from) == -1) {
        switch (errno) {
        case EINTR:
            continue;
        case EOPNOTSUPP:
        case ENOTTY:
        case ENOSYS:
        case EXDEV:
        case EINVAL:
        case EPERM:
        case ETXTBSY:
            return wfs_error_set(error, WFS_EINVAL, errno, "FICLONE",
                                 "the disk cannot share blocks");
        default:
            return wfs_file_fail(error, "FICLONE");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_duplicate(int from_dir, const char *from, int to_dir,
                              const char *to, wfs_error *error)
{
    wfs_file_stat stat;
    int in = -1;
    int out = -1;
    wfs_status status =
        wfs_file_open(from_dir, from, WFS_FILE_READ, &in, error);

    if (status == WFS_OK) {
        status = wfs_file_get_stat(in, &stat, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_open(to_dir, to, WFS_FILE_NEW, &out, error);
    }
    if (status == WFS_OK && wfs_file_clone(in, out, NULL) != WFS_OK) {
        status = wfs_file_copy(in, 0, out, 0, stat.size_bytes, error);
    }
    wfs_file_close(out);
    wfs_file_close(in);
    return status;
}

wfs_status wfs_file_link_name(int from_dir, const char *from, int to_dir,
                              const char *to, wfs_error *error)
{
    if (linkat(from_dir, from, to_dir, to, 0) == 0) {
        return WFS_OK;
    }
    if (errno == EXDEV || errno == EPERM || errno == EMLINK ||
        errno == EOPNOTSUPP) {
        return wfs_error_set(error, WFS_EINVAL, errno, "link",
                             "the disk cannot share files");
    }
    return wfs_file_fail(error, "link");
}

static wfs_status tell_identity(const struct stat *st,
                                wfs_file_identity *ret_identity,
                                wfs_error *error)
{
    if (!S_ISREG(st->st_mode)) {
        return wfs_error_set(error, WFS_ECORRUPT, 0, "stat",
                             "there is something else where a file should be");
    }
    *ret_identity = (wfs_file_identity){.device = (uint64_t)st->st_dev,
                                        .inode = (uint64_t)st->st_ino,
                                        .size_bytes = (uint64_t)st->st_size,
                                        .modified = st->st_mtim};
    return WFS_OK;
}

wfs_status wfs_file_get_identity(int fd, wfs_file_identity *ret_identity,
                                 wfs_error *error)
{
    struct stat st;

    if (fstat(fd, &st) == -1) {
        return wfs_file_fail(error, "fstat");
    }
    return tell_identity(&st, ret_identity, error);
}

wfs_status wfs_file_look(int dir, const char *name,
                         wfs_file_identity *ret_identity, wfs_error *error)
{
    struct stat st;

    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1) {
        return wfs_file_fail(error, "stat");
    }
    return tell_identity(&st, ret_identity, error);
}

wfs_status wfs_file_set_modified(int fd, struct timespec modified,
                                 wfs_error *error)
{
    struct timespec times[2] = {{0, UTIME_OMIT}, modified};

    if (futimens(fd, times) == -1) {
        return wfs_file_fail(error, "futimens");
    }
    return WFS_OK;
}

void wfs_file_forget_cached(int fd)
{
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
}

wfs_status wfs_file_lock_shared(int fd, uint64_t first, uint64_t count,
                                wfs_error *error)
{
    struct flock lock = {.l_type = F_RDLCK,
                         .l_whence = SEEK_SET,
                         .l_start = (off_t)first,
                         .l_len = (off_t)count};

    if (fcntl(fd, F_OFD_SETLK, &lock) == 0) {
        return WFS_OK;
    }
    if (errno == EACCES) {
        errno = EAGAIN;
    }
    return wfs_file_fail(error, "lock");
}

wfs_status wfs_file_remove_directory(int dir, const char *name,
                                     wfs_error *error)
{
    if (unlinkat(dir, name, AT_REMOVEDIR) == 0) {
        return WFS_OK;
    }
    if (errno == ENOTEMPTY) {
        errno = EEXIST;
    }
    return wfs_file_fail(error, "rmdir");
}
