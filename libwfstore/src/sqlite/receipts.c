/*
 * receipts.c - accepting chunks: many receipts, one transaction.
 *
 * Each receipt is checked before anything is written for it, so that one that
 * is refused leaves nothing behind and the others go on. A failure of the
 * database ends all of them.
 */
#include "../error.h"
#include "../progress.h"
#include "parts.h"
#include "receipt_rows.h"
#include "spans.h"
#include "sqlite.h"

static bool is_well_formed(const wfs_receipt_spec *spec)
{
    bool is_head = spec->place == WFS_PLACE_HEAD;

    return spec->size_bytes > 0 && spec->size_bytes <= INT64_MAX &&
           is_head == (spec->head != NULL) &&
           (!is_head ||
            (spec->index == 0 && spec->size_bytes <= WFS_HEAD_MAX_BYTES));
}

static void add_to_totals(wfs_batch *b, wfs_upload_row *row, uint64_t bytes)
{
    b->totals.uploads += row->is_visible ? 0 : 1;
    b->totals.upload_bytes += (int64_t)bytes;
    row->is_visible = true;
}

/* Whether the layout has the chunk's place; asked before anything changes. */
static bool is_placeable(const wfs_upload_row *row,
                         const wfs_receipt_spec *spec)
{
    wfs_upload_row after = *row;

    return wfs_progress_place(&after, spec->index, spec->size_bytes,
                              spec->place) == WFS_OK;
}

/* The row after a new chunk. */
static wfs_status advance(wfs_batch *b, const wfs_receipt_spec *spec,
                          wfs_receipt_result *result, wfs_error *error)
{
    wfs_upload_row *row = &result->upload;
    bool was_behind = wfs_progress_is_behind(row);
    wfs_status status;

    wfs_receipt_keep_told(row, spec, b->now_ms);
    status = wfs_spans_count(b->connection, row, spec->index, spec->size_bytes,
                             error);
    if (status != WFS_OK) {
        return status;
    }
    (void)wfs_progress_place(row, spec->index, spec->size_bytes, spec->place);
    if (spec->place == WFS_PLACE_HEAD) {
        row->head_bytes = spec->size_bytes;
        row->head_is_sealed = spec->head_is_sealed;
    } else {
        wfs_progress_digest(row, spec->index, spec->size_bytes, &spec->digest);
    }
    result->catch_up = !was_behind && wfs_progress_is_behind(row);
    add_to_totals(b, row, spec->size_bytes);
    return WFS_OK;
}

static wfs_status put_chunk(wfs_batch *b, const wfs_receipt_spec *spec,
                            wfs_receipt_result *result, wfs_error *error)
{
    wfs_status status = advance(b, spec, result, error);

    if (status == WFS_OK) {
        status = wfs_receipt_insert_chunk(b, spec, error);
    }
    if (status == WFS_OK && spec->place == WFS_PLACE_HEAD) {
        status = wfs_receipt_put_head(b, spec, error);
    }
    if (status == WFS_OK) {
        status = wfs_write_upload_row(b->connection, &result->upload, error);
    }
    return status;
}

/* The upload of a receipt, or what became of it as the result. */
static wfs_status find_upload(const wfs_batch *b, const wfs_receipt_spec *spec,
                              wfs_receipt_result *result, wfs_error *error)
{
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status =
        wfs_get_upload_row(b->connection, spec->row, &result->upload, &fault);

    if (status == WFS_OK) {
        return WFS_OK;
    }
    if (status != WFS_ENOUPLOAD) {
        return wfs_error_copy(error, &fault);
    }
    status = wfs_find_other_kind(b->connection, spec->id, &kind, error);
    if (status == WFS_OK) {
        (void)wfs_refuse_kind(kind, &result->error);
    }
    return status;
}

/* Against the upload as it is now: another request may have been first. */
static wfs_status check_told(const wfs_receipt_spec *spec,
                             const wfs_upload_row *row, wfs_error *error)
{
    wfs_claim claim = {spec->index, spec->size_bytes, spec->total_chunks,
                       spec->chunk_size};

    return wfs_progress_check(row, &claim, error);
}

static wfs_status put_or_repeat(wfs_batch *b, const wfs_receipt_spec *spec,
                                wfs_receipt_result *result, wfs_error *error)
{
    wfs_chunk_row chunk;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status = WFS_ENOUPLOAD;

    if (!wfs_progress_is_above(&result->upload, spec->index)) {
        status = wfs_get_chunk_row(b->connection, spec->row, spec->index,
                                   &chunk, &fault);
    }
    if (status == WFS_OK) {
        return wfs_receipt_repeat(b, spec, &chunk, result, error);
    }
    if (status != WFS_ENOUPLOAD) {
        return wfs_error_copy(error, &fault);
    }
    if (!is_placeable(&result->upload, spec)) {
        (void)wfs_error_set(&result->error, WFS_EINVAL, 0, "put_receipts",
                            "the chunk lies where it cannot");
        return WFS_OK;
    }
    status = wfs_receipt_reserve(b, spec, result, error);
    if (status != WFS_OK || result->error.status != WFS_OK) {
        return status;
    }
    return put_chunk(b, spec, result, error);
}

/* Returns a failure of the database; the receipt's own is in `result`. */
static wfs_status put_receipt(wfs_batch *b, const wfs_receipt_spec *spec,
                              wfs_receipt_result *result, wfs_error *error)
{
    wfs_status status;

    *result = (wfs_receipt_result){.error = WFS_ERROR_INIT};
    if (!is_well_formed(spec)) {
        (void)wfs_error_set(&result->error, WFS_EINVAL, 0, "put_receipts",
                            "the receipt is malformed");
        return WFS_OK;
    }
    status = find_upload(b, spec, result, error);
    if (status != WFS_OK || result->error.status != WFS_OK ||
        check_told(spec, &result->upload, &result->error) != WFS_OK) {
        return status;
    }
    return put_or_repeat(b, spec, result, error);
}

static wfs_status put_all(wfs_batch *b, const wfs_receipt_spec *specs,
                          size_t count, wfs_receipt_result *ret_results,
                          wfs_error *error)
{
    wfs_status status = WFS_OK;

    for (size_t i = 0; i < count && status == WFS_OK; i++) {
        status = put_receipt(b, &specs[i], &ret_results[i], error);
    }
    if (status == WFS_OK && b->totals.upload_bytes != 0) {
        status = wfs_add_totals(b->connection, &b->totals, error);
    }
    return status;
}

static wfs_sqlite_sync choose_sync(const wfs_receipt_spec *specs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (specs[i].is_synced) {
            return WFS_SQLITE_FULL;
        }
    }
    return WFS_SQLITE_LAZY;
}

wfs_status wfs_sqlite_put_receipts(wfs_catalogue *catalogue,
                                   wfs_receipts_gather gather, void *data,
                                   const wfs_receipt_spec *specs,
                                   wfs_receipt_result *ret_results,
                                   wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_batch b = {.boot = sqlite->boot};
    wfs_status status =
        wfs_sqlite_acquire_writer(sqlite, WFS_SQLITE_PATIENT, error);
    size_t count = 0;

    if (status == WFS_OK) {
        count = gather(data);
        b.now_ms = wfs_sqlite_now();
        status = wfs_sqlite_begin_acquired(sqlite, choose_sync(specs, count),
                                           &b.connection, error);
    }
    if (status == WFS_OK) {
        status = put_all(&b, specs, count, ret_results, error);
        status = wfs_sqlite_commit(sqlite, status, error);
        if (status == WFS_OK) {
            wfs_sqlite_keep_recent(sqlite, ret_results, count);
        }
        wfs_sqlite_release_writer(sqlite);
    }
    return status;
}
