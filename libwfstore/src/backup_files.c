/*
 * backup_files.c - recordings' files: there already, or copied.
 *
 * The copied catalogue says what is wanted, the store's own whether it is still
 * there: a recording that was deleted since leaves the copy, too.
 */
#include "backup.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file_share.h"
#include "publish.h"

#define PAGE_ROWS 64
#define SLICE_BYTES (UINT64_C(8) << 20)
#define COMING_NAME "backup.new"

typedef struct subject {
    int64_t seq;
    uint64_t size_bytes;
    char id[WFS_ID_MAX_BYTES + 1];
    char filename[WFS_FILENAME_BYTES];
} subject;

typedef struct page {
    size_t count;
    subject subjects[PAGE_ROWS];
} page;

static wfs_status keep_row(void *data, const wfs_recording_row *row)
{
    page *rows = data;
    subject *s = &rows->subjects[rows->count++];

    s->seq = row->seq;
    s->size_bytes = row->recording.size_bytes;
    memcpy(s->id, row->recording.id, sizeof s->id);
    memcpy(s->filename, row->recording.filename, sizeof s->filename);
    return WFS_OK;
}

/* ---- one file ---- */

static bool is_same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* A link is no copy: it is replaced unless links are wanted. */
static bool is_there(const wfs_backing_up *self, const subject *s)
{
    wfs_file_identity from;
    wfs_file_identity to;

    if (wfs_file_look(self->store->root_dir, s->filename, &from, NULL) !=
            WFS_OK ||
        wfs_file_look(self->target_root, s->filename, &to, NULL) != WFS_OK) {
        return false;
    }
    if (from.device == to.device && from.inode == to.inode) {
        return self->options.method == WFS_BACKUP_LINK;
    }
    return from.size_bytes == to.size_bytes && to.size_bytes == s->size_bytes &&
           is_same_time(from.modified, to.modified);
}

/* Whether the store still has it, and where its file is. */
static wfs_status find_row(wfs_backing_up *self, const subject *s,
                           bool *ret_is_there, int64_t *ret_part,
                           wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_recording_row row;
    wfs_status status =
        catalogue->api->get_recording(catalogue, s->id, &row, &fault);

    *ret_is_there = status == WFS_OK && row.seq == s->seq;
    if (status == WFS_OK) {
        *ret_part = row.part;
        wfs_recording_release(&row.recording);
        return WFS_OK;
    }
    return status == WFS_ENORECORDING ? WFS_OK : wfs_error_copy(error, &fault);
}

static wfs_status open_source(wfs_backing_up *self, const subject *s,
                              int64_t part, wfs_blob_ref *ret_ref,
                              wfs_error *fault)
{
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {s->id, part};

    return blobs->api->open_recording(blobs, owner, s->filename, ret_ref,
                                      fault);
}

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
        status = wfs_file_open(self->target_meta, COMING_NAME, WFS_FILE_NEW,
                               &to, error);
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
static wfs_status link_file(wfs_backing_up *self, const subject *s,
                            wfs_error *error)
{
    wfs_status status;

    if (self->options.method != WFS_BACKUP_LINK) {
        return WFS_EINVAL;
    }
    status = wfs_file_link_name(self->store->root_dir, s->filename,
                                self->target_meta, COMING_NAME, error);
    if (status == WFS_ENOSTORE) {
        return WFS_EINVAL; /* not yet renamed */
    }
    if (status == WFS_OK) {
        self->summary.linked++;
        status = wfs_pace_add(&self->pace, s->size_bytes, 0, error);
    }
    return status;
}

/* Whether blocks can be shared is found by trying, so that comes first. */
static wfs_status bring_file(wfs_backing_up *self, const subject *s, int from,
                             wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status;

    (void)wfs_file_remove(self->target_meta, COMING_NAME, NULL);
    status = link_file(self, s, &fault);
    if (status == WFS_EINVAL) {
        status = make_file(self, from, error);
    } else if (status != WFS_OK) {
        return wfs_error_copy(error, &fault);
    }
    return status == WFS_OK
               ? wfs_file_rename(self->target_meta, COMING_NAME,
                                 self->target_root, s->filename, error)
               : status;
}

/* ---- one recording ---- */

static wfs_status drop_deleted(wfs_backing_up *self, const subject *s,
                               wfs_error *error)
{
    wfs_recording_row row;
    wfs_status status =
        self->copy->api->delete_recording(self->copy, s->id, &row, error);

    if (status == WFS_OK) {
        wfs_recording_release(&row.recording);
        status = self->copy->api->finish_unlink(self->copy, s->id, error);
    }
    return status;
}

static wfs_status tell_bad(wfs_backing_up *self, const subject *s,
                           wfs_finding_kind kind, const char *detail,
                           wfs_error *error)
{
    wfs_status status =
        self->copy->api->put_damage(self->copy, s->id, (int)kind, error);

    return status == WFS_OK ? wfs_tell(&self->teller, kind, s->id, s->filename,
                                       error, "%s", detail)
                            : status;
}

static wfs_status tell_unopened(wfs_backing_up *self, const subject *s,
                                wfs_status why, wfs_error *error)
{
    self->summary.missing++;
    if (why == WFS_ENORECORDING) {
        return tell_bad(self, s, WFS_FINDING_MISSING,
                        "the store has lost the file", error);
    }
    return tell_bad(self, s, WFS_FINDING_UNREADABLE,
                    "the store's file cannot be read", error);
}

static wfs_status bring_opened(wfs_backing_up *self, const subject *s,
                               const wfs_blob_ref *ref, wfs_error *error)
{
    wfs_status status = bring_file(self, s, ref->fd, error);

    if (status == WFS_OK && ref->size_bytes != s->size_bytes) {
        status = tell_bad(self, s, WFS_FINDING_SIZE,
                          "the store's file has another size than what was "
                          "stored; copied as it is",
                          error);
    }
    return status;
}

static wfs_status bring(wfs_backing_up *self, const subject *s,
                        wfs_error *error)
{
    wfs_blob_ref ref = WFS_BLOB_REF_INIT;
    wfs_error fault = WFS_ERROR_INIT;
    int64_t part = 0;
    bool is_known = false;
    wfs_status opened;
    wfs_status status = find_row(self, s, &is_known, &part, error);

    if (status != WFS_OK) {
        return status;
    }
    opened =
        is_known ? open_source(self, s, part, &ref, &fault) : WFS_ENORECORDING;
    if (opened == WFS_ENORECORDING) { /* deleted just now? */
        status = find_row(self, s, &is_known, &part, error);
        if (status != WFS_OK || !is_known) {
            return status == WFS_OK ? drop_deleted(self, s, error) : status;
        }
        opened = open_source(self, s, part, &ref, &fault);
    }
    if (opened != WFS_OK) {
        return tell_unopened(self, s, opened, error);
    }
    status = bring_opened(self, s, &ref, error);
    wfs_blob_ref_release(&ref);
    return status;
}

static wfs_status bring_page(wfs_backing_up *self, const page *rows,
                             wfs_error *error)
{
    wfs_status status = WFS_OK;

    for (size_t i = 0; i < rows->count && status == WFS_OK; i++) {
        const subject *s = &rows->subjects[i];

        if (is_there(self, s)) {
            self->summary.unchanged++;
            status = wfs_pace_add(&self->pace, s->size_bytes, 0, error);
        } else {
            status = bring(self, s, error);
        }
    }
    return status;
}

wfs_status wfs_backup_copy_files(wfs_backing_up *self, wfs_error *error)
{
    page rows = {.count = 0};
    int64_t after = 0;
    wfs_status status;

    do {
        rows.count = 0;
        status = self->copy->api->visit_recordings(self->copy, after, PAGE_ROWS,
                                                   keep_row, &rows, error);
        if (status == WFS_OK) {
            status = bring_page(self, &rows, error);
        }
        if (rows.count > 0) {
            after = rows.subjects[rows.count - 1].seq;
        }
    } while (status == WFS_OK && rows.count == PAGE_ROWS);
    (void)wfs_file_remove(self->target_meta, COMING_NAME, NULL);
    if (status == WFS_OK) {
        status = wfs_pace_tell(&self->pace, error);
    }
    return status == WFS_OK ? wfs_file_sync(self->target_root, error) : status;
}

/* ---- what is there besides ---- */

typedef struct search {
    wfs_backing_up *self;
    wfs_error *error;
} search;

static wfs_status prune(wfs_backing_up *self, const char *name,
                        wfs_error *error)
{
    wfs_status status = wfs_file_remove(self->target_root, name, error);

    self->summary.pruned += status == WFS_OK;
    return status;
}

static wfs_status check_name(void *data, const char *name)
{
    const search *all = data;
    wfs_backing_up *self = all->self;
    wfs_filename parts;
    wfs_recording_row row;
    bool is_named = wfs_filename_read(name, &parts);
    bool is_owned = strcmp(name, WFS_STORE_FOLDER) == 0 ||
                    strcmp(name, WFS_PUBLISHED_NAME) == 0;

    if (is_named && self->copy->api->get_recording(self->copy, parts.id, &row,
                                                   NULL) == WFS_OK) {
        is_owned = strcmp(row.recording.filename, name) == 0;
        wfs_recording_release(&row.recording);
    }
    if (is_owned) {
        return WFS_OK;
    }
    self->summary.strays++;
    if (is_named && self->options.prune) {
        return prune(self, name, all->error);
    }
    return wfs_tell(&self->teller, WFS_FINDING_STRAY, NULL, name, all->error,
                    "the store does not have this file; kept in the backup");
}

wfs_status wfs_backup_tell_strays(wfs_backing_up *self, wfs_error *error)
{
    search all = {self, error};

    return wfs_file_visit(self->target_root, check_name, &all, error);
}
