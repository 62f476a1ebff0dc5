/*
 * rebuild_sources.c - where recordings are found besides the old catalogue:
 * the published list, the files themselves.
 */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file_share.h"
#include "metadata_reader.h"
#include "publish.h"
#include "rebuild.h"

/* ---- metadata.json ---- */

typedef struct listing {
    wfs_rebuilding *self;
    wfs_error *error;
} listing;

static wfs_status take_entry(void *data, const wfs_metadata_entry *entry)
{
    const listing *list = data;
    wfs_rebuilding *self = list->self;

    if (entry->recording != NULL) {
        return wfs_rebuild_take(self, entry->recording, 0, WFS_ORIGIN_LIST,
                                list->error);
    }
    self->summary.entries++;
    return wfs_tell(&self->teller, WFS_FINDING_ENTRY, NULL, WFS_PUBLISHED_NAME,
                    list->error, "line %llu: %s",
                    (unsigned long long)entry->line, entry->fault);
}

static wfs_status read_bytes(void *data, uint64_t offset, void *buffer,
                             size_t length, size_t *ret_length)
{
    const int *fd = data;

    return wfs_file_read(*fd, offset, buffer, length, ret_length, NULL);
}

wfs_status wfs_rebuild_read_list(wfs_rebuilding *self, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    listing list = {self, &fault};
    wfs_file_identity identity;
    int fd = -1;
    wfs_reader reader = {read_bytes, &fd, 0};
    wfs_status status =
        wfs_file_look(self->root_dir, WFS_PUBLISHED_NAME, &identity, &fault);

    if (status == WFS_OK) {
        status = wfs_file_open(self->root_dir, WFS_PUBLISHED_NAME,
                               WFS_FILE_READ, &fd, &fault);
    }
    if (status == WFS_ENOSTORE) {
        return WFS_OK;
    }
    if (status == WFS_OK) {
        reader.size_bytes = identity.size_bytes;
        status = wfs_metadata_read(&reader, take_entry, &list, NULL);
        if (status == WFS_EIO && fault.status == WFS_OK) {
            self->summary.entries++;
            status = wfs_tell(&self->teller, WFS_FINDING_ENTRY, NULL,
                              WFS_PUBLISHED_NAME, &fault,
                              "it cannot be read to its end");
        }
    }
    wfs_file_close(fd);
    if (status == WFS_OK) {
        return wfs_rebuild_flush(self, error);
    }
    return fault.status == status
               ? wfs_error_copy(error, &fault)
               : wfs_error_set(error, status, 0, "metadata.json",
                               "the list could not be read");
}

/* ---- files ---- */

static wfs_status take_name(void *data, const char *name)
{
    const listing *list = data;
    wfs_rebuilding *self = list->self;
    wfs_filename parts;
    bool is_known = false;
    bool is_same = false;
    wfs_status status;

    if (strcmp(name, WFS_STORE_FOLDER) == 0 ||
        strcmp(name, WFS_PUBLISHED_NAME) == 0) {
        return WFS_OK;
    }
    if (!wfs_filename_read(name, &parts)) {
        self->summary.strays++;
        return wfs_tell(&self->teller, WFS_FINDING_STRAY, NULL, name,
                        list->error, "it is not named like a recording");
    }
    status = wfs_rebuild_find(self, parts.id, name, &is_known, &is_same,
                              list->error);
    if (status != WFS_OK || is_same) {
        return status;
    }
    if (!is_known) {
        return wfs_rebuild_take_file(self, name, &parts, list->error);
    }
    self->summary.duplicates++;
    return wfs_tell(&self->teller, WFS_FINDING_DUPLICATE, parts.id, name,
                    list->error,
                    "another recording has this id already; left out");
}

wfs_status wfs_rebuild_read_files(wfs_rebuilding *self, wfs_error *error)
{
    listing list = {self, error};
    wfs_status status = wfs_file_visit(self->root_dir, take_name, &list, error);

    return status == WFS_OK ? wfs_rebuild_flush(self, error) : status;
}
