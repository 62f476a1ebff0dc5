/*
 * rebuild_parts.c - the bytes of unfinished uploads, which are set aside.
 */
#include "rebuild.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "error.h"

#define PAGE_ROWS 32

/* Where completing would write it, and no chunk lies. */
static wfs_status write_head(wfs_rebuilding *self, wfs_blob_owner owner,
                             const uint8_t *bytes, size_t length)
{
    const wfs_blobs_api *api = self->blobs->api;
    wfs_blob *part = NULL;
    wfs_status status = api->open_part(self->blobs, owner, &part, NULL, NULL);

    if (status == WFS_OK) {
        status = api->write(part, 0, bytes, length, NULL);
    }
    if (status == WFS_OK) {
        status = api->sync(part, NULL);
    }
    api->close_blob(part);
    return status;
}

/* A head that cannot be had is a gap in what is set aside, no failure. */
static void keep_head(wfs_rebuilding *self, wfs_catalogue *old,
                      const wfs_upload_row *upload)
{
    wfs_blob_owner owner = {upload->id, upload->row};
    uint8_t *bytes = NULL;
    size_t length = 0;

    if (upload->head_bytes > 0 &&
        old->api->get_head(old, upload->row, &bytes, &length, NULL) == WFS_OK) {
        (void)write_head(self, owner, bytes, length);
        free(bytes);
    }
}

wfs_status wfs_rebuild_keep_heads(wfs_rebuilding *self, wfs_catalogue *old,
                                  wfs_error *error)
{
    wfs_upload_row *rows = calloc(PAGE_ROWS, sizeof *rows);
    wfs_status status = WFS_OK;
    int64_t after = 0;
    size_t count;

    if (rows == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the store is out of memory");
    }
    do {
        count = 0;
        status =
            old->api->list_uploads(old, after, PAGE_ROWS, rows, &count, NULL);
        for (size_t i = 0; i < count && status == WFS_OK; i++) {
            keep_head(self, old, &rows[i]);
            after = rows[i].row;
        }
    } while (status == WFS_OK && count == PAGE_ROWS);
    free(rows);
    return WFS_OK;
}

static wfs_status open_leftover(wfs_rebuilding *self,
                                const wfs_leftover *leftover,
                                wfs_blob **ret_blob)
{
    const wfs_blobs_api *api = self->blobs->api;
    wfs_blob_owner owner = {leftover->id, leftover->row};

    return leftover->index == WFS_UNKNOWN
               ? api->open_part(self->blobs, owner, ret_blob, NULL, NULL)
               : api->open_loose(self->blobs, owner, leftover->index, ret_blob,
                                 NULL);
}

/* A size that cannot be had is told as none. */
static uint64_t get_size(wfs_rebuilding *self, const wfs_leftover *leftover)
{
    wfs_blob *blob = NULL;
    uint64_t size = 0;

    if (leftover->row != 0 && open_leftover(self, leftover, &blob) == WFS_OK) {
        (void)self->blobs->api->get_size(blob, &size, NULL);
    }
    self->blobs->api->close_blob(blob);
    return size;
}

typedef struct telling {
    wfs_rebuilding *self;
    wfs_error *error;
} telling;

static wfs_status tell_leftover(void *data, const wfs_leftover *leftover)
{
    const telling *t = data;
    wfs_rebuilding *self = t->self;
    uint64_t size = get_size(self, leftover);
    char filename[WFS_FINDING_NAME_BYTES];

    self->summary.parts++;
    snprintf(self->summary.aside, sizeof self->summary.aside, "%s",
             self->aside);
    snprintf(filename, sizeof filename, "%s/%s.%s/%s", WFS_STORE_FOLDER,
             WFS_UPLOADS_FOLDER, self->aside, leftover->filename);
    if (leftover->index == WFS_UNKNOWN) {
        return wfs_tell(
            &self->teller, WFS_FINDING_PART, leftover->id, filename, t->error,
            "%" PRIu64 " bytes of an upload that was not finished", size);
    }
    return wfs_tell(&self->teller, WFS_FINDING_PART, leftover->id, filename,
                    t->error,
                    "%" PRIu64 " bytes, chunk %" PRIu64
                    " of an upload that was not finished",
                    size, leftover->index);
}

wfs_status wfs_rebuild_tell_parts(wfs_rebuilding *self, wfs_error *error)
{
    telling t = {self, error};

    return self->blobs->api->visit_leftovers(self->blobs, tell_leftover, &t,
                                             error);
}
