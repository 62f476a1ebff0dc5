/*
 * backup_bring.c - one recording's bytes: cloned, linked or copied.
 */
#include "backup.h"

#include "error.h"
#include "file_share.h"

#define SLICE_BYTES (UINT64_C(8) << 20)

static wfs_status copy_slices(wfs_backing_up *self, int from, int to,
                              uint64_t size, wfs_error *error)
{
    wfs_status status = WFS_OK;

    for (uint64_t at = 0; at < size && status == WFS_OK; at += SLICE_BYTES) {
        uint64_t left = size - at;
        uint64_t length = left < SLICE_BYTES ? left : SLICE_BYTES;

        status = wfs_file_copy(from, at, to, at, length, error);
        if (status == WFS_OK) {
            status = wfs_pace_add(&self->pace, length, length, error);
        }
    }
    self->summary.copied += status == WFS_OK;
    return status;
}

static wfs_status bring_bytes(wfs_backing_up *self, int from, int to,
                              const wfs_file_identity *identity,
                              wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status = self->options.method == WFS_BACKUP_COPY
                            ? WFS_EINVAL
                            : wfs_file_clone(from, to, &fault);

    if (status == WFS_EINVAL) {
        return copy_slices(self, from, to, identity->size_bytes, error);
    }
    if (status != WFS_OK) {
        return wfs_error_copy(error, &fault);
    }
    self->summary.cloned++;
    return wfs_pace_add(&self->pace, identity->size_bytes, 0, error);
}

/* A new file, whole and synced, not yet under its name. */
static wfs_status make_file(wfs_backing_up *self, int from, wfs_error *error)
{
    wfs_file_identity identity;
    int to = -1;
    wfs_status status = wfs_file_get_identity(from, &identity, error);

    if (status == WFS_OK) {
        status = wfs_file_open(self->target_meta, WFS_BACKUP_COMING,
                               WFS_FILE_NEW, &to, error);
    }
    if (status == WFS_OK) {
        status = bring_bytes(self, from, to, &identity, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_set_modified(to, identity.modified, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(to, error);
    }
    wfs_file_close(to);
    return status;
}

/* WFS_EINVAL: it cannot be linked. */
static wfs_status link_file(wfs_backing_up *self, const wfs_backup_subject *s,
                            wfs_error *error)
{
    wfs_status status;

    if (self->options.method != WFS_BACKUP_LINK) {
        return WFS_EINVAL;
    }
    status = wfs_file_link_name(self->store->root_dir, s->filename,
                                self->target_meta, WFS_BACKUP_COMING, error);
    if (status == WFS_ENOSTORE) {
        return WFS_EINVAL; /* not yet renamed */
    }
    if (status == WFS_OK) {
        self->summary.linked++;
        status = wfs_pace_add(&self->pace, s->size_bytes, 0, error);
    }
    return status;
}

wfs_status wfs_backup_bring_file(wfs_backing_up *self,
                                 const wfs_backup_subject *s, int from,
                                 wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status;

    (void)wfs_file_remove(self->target_meta, WFS_BACKUP_COMING, NULL);
    status = link_file(self, s, &fault);
    if (status == WFS_EINVAL) {
        status = make_file(self, from, error);
    } else if (status != WFS_OK) {
        return wfs_error_copy(error, &fault);
    }
    return status == WFS_OK
               ? wfs_file_rename(self->target_meta, WFS_BACKUP_COMING,
                                 self->target_root, s->filename, error)
               : status;
}
