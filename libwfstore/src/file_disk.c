/*
 * file_disk.c - the disk below a folder.
 */
#include "file_internal.h"

#include <sys/statfs.h>
#include <sys/statvfs.h>

/* statfs(2), f_type. */
#define MAGIC_NFS 0x6969
#define MAGIC_SMB2 0xFE534D42
#define MAGIC_CIFS 0xFF534D42

wfs_status wfs_file_get_free(int dir, uint64_t *ret_bytes, wfs_error *error)
{
    struct statvfs st;

    if (fstatvfs(dir, &st) == -1) {
        return wfs_file_fail(error, "statvfs");
    }
    *ret_bytes = (uint64_t)st.f_bavail * st.f_frsize;
    return WFS_OK;
}

wfs_status wfs_file_is_remote(int dir, bool *ret_is_remote, wfs_error *error)
{
    struct statfs st;
    uint32_t magic;

    if (fstatfs(dir, &st) == -1) {
        return wfs_file_fail(error, "statfs");
    }
    magic = (uint32_t)st.f_type;
    *ret_is_remote =
        magic == MAGIC_NFS || magic == MAGIC_SMB2 || magic == MAGIC_CIFS;
    return WFS_OK;
}
