/*
 * verify.c - is every recording still what was stored?
 *
 * Recordings are taken from the catalogue a page at a time and looked at
 * without a snapshot, so whatever is found bad is asked for again: one that was
 * deleted meanwhile is no finding.
 */
#include "verify.h"

#include <string.h>

#include "error.h"
#include "file.h"

#define PAGE_ROWS 64

/* What is needed of a recording to look at its file. */
typedef struct subject {
    int64_t seq;
    int64_t part;
    uint64_t size_bytes;
    char id[WFS_ID_MAX_BYTES + 1];
    char filename[WFS_FILENAME_BYTES];
    bool has_sha256;
    uint8_t sha256[WFS_SHA256_BYTES];
} subject;

typedef struct page {
    size_t count;
    subject subjects[PAGE_ROWS];
} page;

static subject make_subject(const wfs_recording_row *row)
{
    const wfs_recording *recording = &row->recording;
    subject made = {.seq = row->seq,
                    .part = row->part,
                    .size_bytes = recording->size_bytes,
                    .has_sha256 = recording->has_sha256};

    memcpy(made.id, recording->id, sizeof made.id);
    memcpy(made.filename, recording->filename, sizeof made.filename);
    memcpy(made.sha256, recording->sha256, sizeof made.sha256);
    return made;
}

static wfs_status keep_row(void *data, const wfs_recording_row *row)
{
    page *rows = data;

    rows->subjects[rows->count++] = make_subject(row);
    return WFS_OK;
}

/* Whether the recording is still there, and where its file is by now. */
static wfs_status look_again(wfs_verifying *self, subject *s,
                             bool *ret_is_there, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_recording_row row;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status =
        catalogue->api->get_recording(catalogue, s->id, &row, &fault);

    *ret_is_there = false;
    if (status == WFS_ENORECORDING) {
        return WFS_OK;
    }
    if (status != WFS_OK) {
        return wfs_error_copy(error, &fault);
    }
    *ret_is_there = row.seq == s->seq;
    s->part = row.part;
    wfs_recording_release(&row.recording);
    return WFS_OK;
}

static wfs_status open_file(wfs_verifying *self, const subject *s,
                            wfs_blob_ref *ret_ref, wfs_error *fault)
{
    wfs_blob_owner owner = {s->id, s->part};

    return self->store->blobs->api->open_recording(self->store->blobs, owner,
                                                   s->filename, ret_ref, fault);
}

/* What is wrong with the open file; 0: nothing. */
static wfs_status examine(wfs_verifying *self, const subject *s,
                          const wfs_blob_ref *ref, int *ret_kind,
                          wfs_error *error)
{
    uint8_t sha256[WFS_SHA256_BYTES];
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status;

    if (ref->size_bytes != s->size_bytes) {
        *ret_kind = WFS_FINDING_SIZE;
        return WFS_OK;
    }
    if (!s->has_sha256) {
        self->summary.undigested++;
        return wfs_pace_add(&self->pace, s->size_bytes, 0, error);
    }
    status =
        wfs_digest_file(ref->fd, s->size_bytes, &self->pace, sha256, &fault);
    if (status == WFS_ECANCELED || status == WFS_ENOMEM) {
        return wfs_error_copy(error, &fault);
    }
    if (status != WFS_OK) {
        *ret_kind = WFS_FINDING_UNREADABLE;
        return WFS_OK;
    }
    self->summary.bytes += s->size_bytes;
    *ret_kind =
        memcmp(sha256, s->sha256, sizeof sha256) == 0 ? 0 : WFS_FINDING_ROT;
    return WFS_OK;
}

/* The same; it is not open yet, and may move or go while it is looked for. */
static wfs_status find_fault(wfs_verifying *self, subject *s, int *ret_kind,
                             bool *ret_is_there, wfs_error *error)
{
    wfs_blob_ref ref = WFS_BLOB_REF_INIT;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status = open_file(self, s, &ref, &fault);

    *ret_is_there = true;
    if (status == WFS_ENORECORDING) {
        status = look_again(self, s, ret_is_there, error);
        if (status != WFS_OK || !*ret_is_there) {
            return status;
        }
        status = open_file(self, s, &ref, &fault);
    }
    if (status != WFS_OK) {
        *ret_kind = status == WFS_ENORECORDING ? WFS_FINDING_MISSING
                                               : WFS_FINDING_UNREADABLE;
        return WFS_OK;
    }
    status = examine(self, s, &ref, ret_kind, error);
    wfs_blob_ref_release(&ref);
    return status;
}

static const char *count_kind(wfs_verify_summary *summary, int kind)
{
    switch (kind) {
    case WFS_FINDING_ROT:
        summary->rotten++;
        return "the bytes are not those that were stored";
    case WFS_FINDING_SIZE:
        summary->rotten++;
        return "the file has another size than what was stored";
    case WFS_FINDING_MISSING:
        summary->missing++;
        return "the file is missing";
    default:
        summary->unreadable++;
        return "the file cannot be read";
    }
}

static wfs_status remember(wfs_verifying *self, const char *id, int kind,
                           wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;

    if (self->options.no_memory) {
        return WFS_OK;
    }
    return catalogue->api->put_damage(catalogue, id, kind, error);
}

static wfs_status verify_subject(wfs_verifying *self, subject *s,
                                 wfs_error *error)
{
    int kind = 0;
    bool is_there = false;
    wfs_status status = find_fault(self, s, &kind, &is_there, error);

    if (status == WFS_OK && is_there && kind != 0) {
        status = look_again(self, s, &is_there, error);
    }
    if (status != WFS_OK || !is_there) {
        return status;
    }
    self->summary.recordings++;
    status = remember(self, s->id, kind, error);
    if (status != WFS_OK || kind == 0) {
        return status;
    }
    return wfs_tell(&self->teller, (wfs_finding_kind)kind, s->id, s->filename,
                    error, "%s", count_kind(&self->summary, kind));
}

static wfs_status verify_recordings(wfs_verifying *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    page rows = {.count = 0};
    int64_t after = 0;
    wfs_status status;

    do {
        rows.count = 0;
        status = catalogue->api->visit_recordings(catalogue, after, PAGE_ROWS,
                                                  keep_row, &rows, error);
        for (size_t i = 0; i < rows.count && status == WFS_OK; i++) {
            status = verify_subject(self, &rows.subjects[i], error);
            after = rows.subjects[i].seq;
        }
        if (status == WFS_OK) {
            status = wfs_pace_tell(&self->pace, error);
        }
    } while (status == WFS_OK && rows.count == PAGE_ROWS);
    return status;
}

static wfs_status verify(wfs_verifying *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_totals totals;
    wfs_status status = catalogue->api->get_totals(catalogue, &totals, error);

    if (status != WFS_OK) {
        return status;
    }
    wfs_pace_begin(&self->pace, self->options.bytes_per_second,
                   self->options.progress, self->options.progress_data,
                   totals.recording_bytes);
    status = verify_recordings(self, error);
    if (status == WFS_OK && !self->options.no_strays) {
        status = wfs_verify_strays(self, error);
    }
    return status;
}

wfs_status wfs_store_verify(wfs_store *store, const wfs_verify_options *options,
                            wfs_finding_visitor visitor, void *data,
                            wfs_verify_summary *ret_summary, wfs_error *error)
{
    static const wfs_verify_options defaults = WFS_VERIFY_OPTIONS_INIT;
    wfs_verifying self = {.store = store,
                          .options = options == NULL ? defaults : *options,
                          .teller = {visitor, data},
                          .summary = WFS_VERIFY_SUMMARY_INIT};
    wfs_status status = verify(&self, error);

    if (ret_summary != NULL) {
        *ret_summary = self.summary;
    }
    return status;
}
