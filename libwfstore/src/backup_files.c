/*
 * backup_files.c - recordings' files: there already, or to be brought.
 *
 * The copied catalogue says what is wanted, the store's own whether it is still
 * there: a recording that was deleted since leaves the copy, too.
 */
#include "backup.h"

#include <string.h>

#include "error.h"
#include "file_share.h"

#define PAGE_ROWS 64

typedef struct page {
    size_t count;
    wfs_backup_subject subjects[PAGE_ROWS];
} page;

static wfs_status keep_row(void *data, const wfs_recording_row *row)
{
    page *rows = data;
    wfs_backup_subject *s = &rows->subjects[rows->count++];

    s->seq = row->seq;
    s->size_bytes = row->recording.size_bytes;
    memcpy(s->id, row->recording.id, sizeof s->id);
    memcpy(s->filename, row->recording.filename, sizeof s->filename);
    return WFS_OK;
}

static bool is_same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* A link is no copy: it is replaced unless links are wanted. */
static bool is_there(const wfs_backing_up *self, const wfs_backup_subject *s)
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
static wfs_status find_row(wfs_backing_up *self, const wfs_backup_subject *s,
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

static wfs_status open_source(wfs_backing_up *self, const wfs_backup_subject *s,
                              int64_t part, wfs_blob_ref *ret_ref,
                              wfs_error *fault)
{
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {s->id, part};

    return blobs->api->open_recording(blobs, owner, s->filename, ret_ref,
                                      fault);
}

static wfs_status drop_deleted(wfs_backing_up *self,
                               const wfs_backup_subject *s, wfs_error *error)
{
    wfs_recording_row row;
    wfs_status status =
        self->copy->api->delete_recording(self->copy, s->id, NULL, &row, error);

    if (status == WFS_OK) {
        wfs_recording_release(&row.recording);
        status = self->copy->api->finish_unlink(self->copy, s->id, error);
    }
    return status;
}

static wfs_status tell_bad(wfs_backing_up *self, const wfs_backup_subject *s,
                           wfs_finding_kind kind, const char *detail,
                           wfs_error *error)
{
    wfs_status status =
        self->copy->api->put_damage(self->copy, s->id, (int)kind, error);

    return status == WFS_OK ? wfs_tell(&self->teller, kind, s->id, s->filename,
                                       error, "%s", detail)
                            : status;
}

static wfs_status tell_unopened(wfs_backing_up *self,
                                const wfs_backup_subject *s, wfs_status why,
                                wfs_error *error)
{
    self->summary.missing++;
    if (why == WFS_ENORECORDING) {
        return tell_bad(self, s, WFS_FINDING_MISSING,
                        "the store has lost the file", error);
    }
    return tell_bad(self, s, WFS_FINDING_UNREADABLE,
                    "the store's file cannot be read", error);
}

static wfs_status bring_opened(wfs_backing_up *self,
                               const wfs_backup_subject *s,
                               const wfs_blob_ref *ref, wfs_error *error)
{
    wfs_status status = wfs_backup_bring_file(self, s, ref->fd, error);

    if (status == WFS_OK && ref->size_bytes != s->size_bytes) {
        status = tell_bad(self, s, WFS_FINDING_SIZE,
                          "the store's file has another size than what was "
                          "stored; copied as it is",
                          error);
    }
    return status;
}

static wfs_status bring(wfs_backing_up *self, const wfs_backup_subject *s,
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
        const wfs_backup_subject *s = &rows->subjects[i];

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
    wfs_status status = WFS_OK;

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
    (void)wfs_file_remove(self->target_meta, WFS_BACKUP_COMING, NULL);
    if (status == WFS_OK) {
        status = wfs_pace_tell(&self->pace, error);
    }
    return status == WFS_OK ? wfs_file_sync(self->target_root, error) : status;
}
