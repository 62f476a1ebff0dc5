/*
 * file_error.c - errno becomes a code; it stops here.
 */
#include "file_internal.h"

#include <errno.h>

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

wfs_status wfs_file_fail(wfs_error *error, const char *step)
{
    int os_error = errno;
    wfs_status status = get_status(os_error);

    return wfs_error_set(error, status, os_error, step, "%s",
                         get_detail(status));
}
