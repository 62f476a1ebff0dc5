/*
 * rebuild_catalogue.c - the recordings of the old catalogue, by a copy of it.
 */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file_share.h"
#include "rebuild.h"

#define OLD_FOLDER "old"
#define PAGE_ROWS 32

/* WFS_ENOSTORE: there is no old catalogue. */
static wfs_status copy_catalogue(wfs_rebuilding *self, wfs_error *error)
{
    int dir = -1;
    wfs_status status =
        wfs_file_make_directory(self->building_dir, OLD_FOLDER, error);

    if (status == WFS_OK) {
        status = wfs_file_open_directory(self->building_dir, OLD_FOLDER, false,
                                         &dir, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_duplicate(self->meta_dir, WFS_CATALOGUE_FILE, dir,
                                    WFS_CATALOGUE_FILE, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_duplicate(self->meta_dir, WFS_CATALOGUE_FILE "-wal",
                                    dir, WFS_CATALOGUE_FILE "-wal", error);
        status = status == WFS_ENOSTORE ? WFS_OK : status;
    }
    wfs_file_close(dir);
    return status;
}

static wfs_status open_copy(wfs_rebuilding *self, wfs_catalogue **ret_old,
                            wfs_error *error)
{
    static const wfs_catalogue_options options = {.may_create = false};
    char *path = NULL;
    wfs_status status = copy_catalogue(self, error);

    if (status != WFS_OK) {
        return status;
    }
    path = wfs_rebuild_get_path(self, "/" OLD_FOLDER);
    if (path == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                             "the store is out of memory");
    }
    status = wfs_catalogue_open_sqlite(path, &options, ret_old, error);
    free(path);
    return status;
}

typedef struct page {
    size_t count;
    wfs_recording_row rows[PAGE_ROWS];
} page;

static wfs_status keep_row(void *data, const wfs_recording_row *row)
{
    page *rows = data;
    wfs_recording_row *kept = &rows->rows[rows->count];

    *kept = *row;
    kept->recording.metadata = strdup(
        row->recording.metadata == NULL ? "{}" : row->recording.metadata);
    if (kept->recording.metadata == NULL) {
        return WFS_ENOMEM;
    }
    rows->count++;
    return WFS_OK;
}

static bool is_sound(const wfs_recording *recording)
{
    wfs_filename parts;

    return wfs_filename_read(recording->filename, &parts) &&
           strcmp(parts.id, recording->id) == 0 &&
           wfs_name_is_valid(recording->name, strlen(recording->name));
}

static wfs_status take_row(wfs_rebuilding *self, const wfs_recording_row *row,
                           wfs_error *error)
{
    if (is_sound(&row->recording)) {
        return wfs_rebuild_take(self, &row->recording, row->part,
                                WFS_ORIGIN_CATALOGUE, error);
    }
    self->summary.entries++;
    return wfs_tell(&self->teller, WFS_FINDING_ENTRY, NULL, NULL, error,
                    "a row of the catalogue holds what it cannot hold");
}

/* Take a page, as far as it can be read; `ret_read` is how that ended. */
static wfs_status take_page(wfs_rebuilding *self, wfs_catalogue *old,
                            int64_t *after, size_t *ret_count,
                            wfs_status *ret_read, wfs_error *error)
{
    page *rows = calloc(1, sizeof *rows);
    wfs_status status = WFS_OK;

    if (rows == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the store is out of memory");
    }
    *ret_read = old->api->visit_recordings(old, *after, PAGE_ROWS, keep_row,
                                           rows, NULL);
    *ret_count = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        *after = rows->rows[i].seq;
        if (status == WFS_OK) {
            status = take_row(self, &rows->rows[i], error);
        }
        wfs_recording_release(&rows->rows[i].recording);
    }
    free(rows);
    return status;
}

/* What lies behind a damaged page is found by leaping ahead. */
static wfs_status take_rows(wfs_rebuilding *self, wfs_catalogue *old,
                            bool *ret_is_whole, wfs_error *error)
{
    int64_t after = 0;
    int64_t leap = 1;
    size_t count = 0;
    wfs_status read = WFS_OK;
    wfs_status status;

    *ret_is_whole = true;
    do {
        status = take_page(self, old, &after, &count, &read, error);
        if (read != WFS_OK) {
            *ret_is_whole = false;
            after += leap;
            leap *= 2;
        } else if (count > 0) {
            leap = 1;
        }
    } while (status == WFS_OK && leap < INT64_C(1) << 40 &&
             (read != WFS_OK || count == PAGE_ROWS));
    return status;
}

static wfs_status take_notes(wfs_rebuilding *self, wfs_catalogue *old,
                             bool *is_whole, wfs_error *error)
{
    bool has_all = true;
    wfs_status status =
        self->catalogue->api->take_notes(self->catalogue, old, &has_all, error);

    *is_whole = *is_whole && has_all;
    return status;
}

static wfs_status tell_catalogue(wfs_rebuilding *self, const char *detail,
                                 wfs_error *error)
{
    return wfs_tell(&self->teller, WFS_FINDING_CATALOGUE, NULL,
                    WFS_STORE_FOLDER "/" WFS_CATALOGUE_FILE, error, "%s",
                    detail);
}

wfs_status wfs_rebuild_read_catalogue(wfs_rebuilding *self, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_catalogue *old = NULL;
    bool is_whole = false;
    wfs_status status = open_copy(self, &old, &fault);

    if (status == WFS_ENOSTORE) {
        return WFS_OK;
    }
    if (status == WFS_ECORRUPT) {
        return tell_catalogue(self, "it cannot be read at all", error);
    }
    if (status != WFS_OK || old == NULL) {
        return wfs_error_copy(error, &fault);
    }
    status = take_rows(self, old, &is_whole, error);
    if (status == WFS_OK) {
        status = wfs_rebuild_flush(self, error);
    }
    if (status == WFS_OK) {
        status = take_notes(self, old, &is_whole, error);
    }
    if (status == WFS_OK && !is_whole) {
        status = tell_catalogue(self, "it can be read in part only", error);
    }
    if (status == WFS_OK) {
        status = wfs_rebuild_keep_heads(self, old, error);
    }
    old->api->close(old);
    return status;
}
