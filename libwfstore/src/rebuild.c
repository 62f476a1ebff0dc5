/*
 * rebuild.c - a new catalogue for a store that has lost its own.
 */
#include "rebuild.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "error.h"
#include "file_share.h"
#include "publish.h"

static wfs_status fail_memory(wfs_error *error)
{
    return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                         "the store is out of memory");
}

char *wfs_rebuild_get_path(const wfs_rebuilding *self, const char *below)
{
    static const char middle[] = "/" WFS_STORE_FOLDER "/" WFS_BUILDING_FOLDER;
    size_t size = strlen(self->path) + sizeof middle + strlen(below);
    char *path = malloc(size);

    if (path != NULL) {
        snprintf(path, size, "%s%s%s", self->path, middle, below);
    }
    return path;
}

static wfs_status open_new(wfs_rebuilding *self, wfs_error *error)
{
    static const wfs_catalogue_options options = {.may_create = true};
    char *path = wfs_rebuild_get_path(self, "");
    wfs_status status =
        path == NULL
            ? fail_memory(error)
            : wfs_begin_building(self->meta_dir, &self->building_dir, error);

    if (status == WFS_OK) {
        status =
            wfs_catalogue_open_sqlite(path, &options, &self->catalogue, error);
    }
    free(path);
    return status;
}

static wfs_status fill(wfs_rebuilding *self, wfs_error *error)
{
    wfs_status status = WFS_OK;

    if (!self->options.no_catalogue) {
        status = wfs_rebuild_read_catalogue(self, error);
    }
    if (status == WFS_OK && !self->options.no_list) {
        status = wfs_rebuild_read_list(self, error);
    }
    if (status == WFS_OK) {
        status = wfs_rebuild_read_files(self, error);
    }
    if (status == WFS_OK) {
        status = wfs_rebuild_tell_parts(self, error);
    }
    return status == WFS_OK ? wfs_pace_tell(&self->pace, error) : status;
}

/* What cannot be read of the list is not lost when it is published anew. */
static wfs_status keep_list(wfs_rebuilding *self, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    char name[128];
    wfs_status status;

    if (self->summary.entries == 0) {
        return WFS_OK;
    }
    snprintf(name, sizeof name, "%s.%s", WFS_PUBLISHED_NAME, self->aside);
    status = wfs_file_link_name(self->root_dir, WFS_PUBLISHED_NAME,
                                self->meta_dir, name, &fault);
    if (status == WFS_EINVAL) {
        status = wfs_file_duplicate(self->root_dir, WFS_PUBLISHED_NAME,
                                    self->meta_dir, name, &fault);
    }
    if (status == WFS_OK) {
        snprintf(self->summary.aside, sizeof self->summary.aside, "%s",
                 self->aside);
    }
    return status == WFS_OK || status == WFS_ENOSTORE || status == WFS_ECONFLICT
               ? WFS_OK
               : wfs_error_copy(error, &fault);
}

/* Its journal goes into the file with the last connection. */
static wfs_status close_new(wfs_rebuilding *self, wfs_error *error)
{
    wfs_file_identity identity;

    self->catalogue->api->close(self->catalogue);
    self->catalogue = NULL;
    if (wfs_file_look(self->building_dir, WFS_CATALOGUE_FILE "-wal", &identity,
                      NULL) == WFS_OK) {
        return wfs_error_set(error, WFS_EIO, 0, "sqlite3_close",
                             "the new catalogue could not be closed");
    }
    return WFS_OK;
}

static wfs_status build(wfs_rebuilding *self, wfs_error *error)
{
    wfs_status status = open_new(self, error);

    if (status == WFS_OK) {
        status = fill(self, error);
    }
    if (status == WFS_OK) {
        status = keep_list(self, error);
    }
    if (status == WFS_OK) {
        status = close_new(self, error);
    }
    return status == WFS_OK
               ? wfs_commit_building(self->meta_dir, self->building_dir,
                                     self->aside, error)
               : status;
}

static void release(wfs_rebuilding *self, wfs_status status)
{
    for (size_t i = 0; i < self->batch_count; i++) {
        wfs_recording_release(&self->batch[i]);
    }
    if (self->catalogue != NULL) {
        self->catalogue->api->close(self->catalogue);
    }
    if (self->blobs != NULL) {
        self->blobs->api->close(self->blobs);
    }
    if (status != WFS_OK && self->building_dir != -1) {
        (void)wfs_discard_building(self->meta_dir, NULL);
    }
    wfs_file_close(self->building_dir);
    wfs_file_close(self->lock);
    wfs_file_close(self->meta_dir);
    wfs_file_close(self->root_dir);
    free(self->parts);
}

/* The list shows the new state; if that fails tending makes up for it. */
static void publish(const char *path)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    wfs_store *store = NULL;

    options.existing = true;
    if (wfs_store_open(path, &options, &store, NULL) == WFS_OK) {
        (void)wfs_publisher_publish(store->publisher, NULL);
        wfs_store_close(store);
    }
}

static void write_aside(char ret_aside[WFS_ASIDE_BYTES])
{
    time_t now = (time_t)(wfs_now_ms() / 1000);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(ret_aside, WFS_ASIDE_BYTES, "damaged-%Y%m%dT%H%M%SZ", &utc);
}

wfs_status wfs_store_rebuild(const char *path,
                             const wfs_rebuild_options *options,
                             wfs_finding_visitor visitor, void *data,
                             wfs_rebuild_summary *ret_summary, wfs_error *error)
{
    static const wfs_rebuild_options defaults = WFS_REBUILD_OPTIONS_INIT;
    wfs_rebuilding *self = calloc(1, sizeof *self);
    wfs_status status;

    if (self == NULL) {
        return fail_memory(error);
    }
    self->options = options == NULL ? defaults : *options;
    self->teller = (wfs_teller){visitor, data};
    self->path = path;
    self->root_dir = self->meta_dir = self->lock = self->building_dir = -1;
    write_aside(self->aside);
    status = wfs_rebuild_open_store(self, error);
    if (status == WFS_OK) {
        status = build(self, error);
    }
    if (ret_summary != NULL) {
        *ret_summary = self->summary;
    }
    release(self, status);
    free(self);
    if (status == WFS_OK) {
        publish(path);
    }
    return status;
}
