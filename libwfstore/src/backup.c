/*
 * backup.c - a second store, in another directory.
 */
#include "backup.h"

#include <stdlib.h>

#include "error.h"
#include "file_share.h"
#include "publish.h"

static wfs_status fail_memory(wfs_error *error)
{
    return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                         "the store is out of memory");
}

static wfs_status open_copy(const char *path, wfs_catalogue **ret_copy,
                            wfs_error *error)
{
    static const wfs_catalogue_options options = {.may_create = false};

    return wfs_catalogue_open_sqlite(path, &options, ret_copy, error);
}

static wfs_status copy_catalogue(wfs_backing_up *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    char *folder = wfs_backup_get_path(self, WFS_BUILDING_FOLDER);
    char *path =
        wfs_backup_get_path(self, WFS_BUILDING_FOLDER "/" WFS_CATALOGUE_FILE);
    wfs_status status =
        folder == NULL || path == NULL ? fail_memory(error) : WFS_OK;

    if (status == WFS_OK) {
        status =
            wfs_begin_building(self->target_meta, &self->building_dir, error);
    }
    if (status == WFS_OK) {
        status = catalogue->api->copy_to(catalogue, path, error);
    }
    if (status == WFS_OK) {
        status = open_copy(folder, &self->copy, error);
    }
    free(folder);
    free(path);
    return status;
}

static wfs_status drop_uploads(wfs_backing_up *self, wfs_error *error)
{
    wfs_totals totals;
    wfs_status status = self->copy->api->get_totals(self->copy, &totals, error);

    if (status == WFS_OK) {
        self->summary.uploads_out = totals.uploads;
        wfs_pace_begin(&self->pace, self->options.bytes_per_second,
                       self->options.progress, self->options.progress_data,
                       totals.recording_bytes);
        status = self->copy->api->drop_unfinished(self->copy, error);
    }
    return status;
}

static wfs_status close_copy(wfs_backing_up *self, wfs_error *error)
{
    wfs_totals totals;
    wfs_file_identity identity;
    wfs_status status = self->copy->api->get_totals(self->copy, &totals, error);

    self->copy->api->close(self->copy);
    self->copy = NULL;
    if (status != WFS_OK) {
        return status;
    }
    self->summary.recordings = totals.recordings;
    self->summary.bytes = totals.recording_bytes;
    if (wfs_file_look(self->building_dir, WFS_CATALOGUE_FILE "-wal", &identity,
                      NULL) == WFS_OK) {
        return wfs_error_set(error, WFS_EIO, 0, "sqlite3_close",
                             "the copied catalogue could not be closed");
    }
    return wfs_backup_write_mark(self->building_dir, &totals, error);
}

/* Strays are told of, and pruned, once the new catalogue has its place: the old
 * one may still own them. */
static wfs_status look_at_strays(wfs_backing_up *self, wfs_error *error)
{
    char *path = wfs_backup_get_path(self, "");
    wfs_status status =
        path == NULL ? fail_memory(error) : open_copy(path, &self->copy, error);

    if (status == WFS_OK) {
        status = wfs_backup_tell_strays(self, error);
        self->copy->api->close(self->copy);
        self->copy = NULL;
    }
    free(path);
    return status;
}

static wfs_status back_up(wfs_backing_up *self, wfs_error *error)
{
    wfs_status status = wfs_backup_open_target(self, error);

    if (status == WFS_OK) {
        status = copy_catalogue(self, error);
    }
    if (status == WFS_OK) {
        status = drop_uploads(self, error);
    }
    if (status == WFS_OK) {
        status = wfs_backup_copy_files(self, error);
    }
    if (status == WFS_OK) {
        status = close_copy(self, error);
    }
    if (status == WFS_OK) {
        status = wfs_commit_building(self->target_meta, self->building_dir, "",
                                     error);
    }
    return status == WFS_OK ? look_at_strays(self, error) : status;
}

static void release(wfs_backing_up *self, bool has_failed)
{
    if (self->copy != NULL) {
        self->copy->api->close(self->copy);
    }
    if (has_failed && self->building_dir != -1) {
        (void)wfs_discard_building(self->target_meta, NULL);
    }
    wfs_file_close(self->building_dir);
    wfs_file_close(self->lock);
    wfs_file_close(self->target_meta);
    wfs_file_close(self->target_root);
}

/* Last: who finds the list finds what it lists. */
static wfs_status publish(const char *directory, wfs_error *error)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    wfs_store *store = NULL;
    wfs_status status;

    options.existing = true;
    status = wfs_store_open(directory, &options, &store, error);
    if (status == WFS_OK) {
        status = wfs_publisher_publish(store->publisher, error);
        wfs_store_close(store);
    }
    return status;
}

wfs_status wfs_store_backup(wfs_store *store, const char *directory,
                            const wfs_backup_options *options,
                            wfs_finding_visitor visitor, void *data,
                            wfs_backup_summary *ret_summary, wfs_error *error)
{
    static const wfs_backup_options defaults = WFS_BACKUP_OPTIONS_INIT;
    wfs_backing_up self = {.store = store,
                           .options = options == NULL ? defaults : *options,
                           .teller = {visitor, data},
                           .summary = WFS_BACKUP_SUMMARY_INIT,
                           .directory = directory,
                           .target_root = -1,
                           .target_meta = -1,
                           .lock = -1,
                           .building_dir = -1};
    wfs_status status = back_up(&self, error);

    release(&self, status != WFS_OK);
    if (status == WFS_OK) {
        status = publish(directory, error);
    }
    if (ret_summary != NULL) {
        *ret_summary = self.summary;
    }
    return status;
}
