/*
 * file_lock.c - locks between processes, held by an open file description.
 */
#include "file_internal.h"

#include <errno.h>
#include <fcntl.h>

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
        return wfs_file_fail(error, "lock");
    }
    return WFS_OK;
}

wfs_status wfs_file_wait_lock(int fd, uint64_t first, uint64_t count,
                              wfs_error *error)
{
    while (call_lock(fd, F_OFD_SETLKW, F_WRLCK, first, count) == -1) {
        if (errno != EINTR) {
            return wfs_file_fail(error, "lock");
        }
    }
    return WFS_OK;
}

wfs_status wfs_file_unlock(int fd, uint64_t first, uint64_t count,
                           wfs_error *error)
{
    if (call_lock(fd, F_OFD_SETLK, F_UNLCK, first, count) == -1) {
        return wfs_file_fail(error, "unlock");
    }
    return WFS_OK;
}

wfs_status wfs_file_is_locked(int fd, uint64_t first, uint64_t count,
                              bool *ret_is_locked, wfs_error *error)
{
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = (off_t)first,
                         .l_len = (off_t)count};

    if (fcntl(fd, F_OFD_GETLK, &lock) == -1) {
        return wfs_file_fail(error, "lock");
    }
    *ret_is_locked = lock.l_type != F_UNLCK;
    return WFS_OK;
}
