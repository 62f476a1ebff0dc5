/*
 * file_copy.c - from file to file.
 */
#include "file_internal.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#define COPY_BUFFER_BYTES 65536

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
            return wfs_file_fail(error, "copy_file_range");
        }
    }
    return WFS_OK;
}
