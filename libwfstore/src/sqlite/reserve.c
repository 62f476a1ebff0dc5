/*
 * reserve.c - reservations, in the transactions that make and move uploads.
 */
#include <inttypes.h>

#include "../error.h"
#include "../ledger.h"
#include "../progress.h"
#include "parts.h"
#include "receipt_rows.h"
#include "sqlite.h"

static const char SQL_FALL_BACK[] =
    "UPDATE upload SET reserved = bytes WHERE row = ?";

/* Without a quota there is what can be counted. */
static wfs_status refuse(uint64_t needed, uint64_t room, uint64_t quota_bytes,
                         wfs_error *error)
{
    return wfs_error_set_numbers(
        error, WFS_EQUOTA, room, needed,
        quota_bytes != 0
            ? "the store has no room for this within its quota"
            : "with what is reserved already this is more than any store has");
}

static wfs_status read_before(wfs_batch *b, wfs_error *error)
{
    wfs_status status = WFS_OK;

    if (!b->has_before) {
        status = wfs_read_totals(b->connection, &b->before, error);
        b->has_before = status == WFS_OK;
    }
    return status;
}

/* What the upload may have, with what this transaction has reserved before. */
static uint64_t get_room(const wfs_batch *b, const wfs_upload_row *row,
                         uint64_t quota_bytes)
{
    wfs_totals now = b->before;

    now.reserved_bytes += (uint64_t)b->totals.reserved_bytes;
    return wfs_ledger_get_room(&now, row->reserved_bytes, quota_bytes);
}

/* Of all of the upload, with a chunk that wants to be accepted. */
static wfs_status check_needed(const wfs_upload_row *row, uint64_t needed,
                               uint64_t max, wfs_error *error)
{
    if (row->size_bytes != WFS_UNKNOWN && needed > row->size_bytes) {
        return wfs_error_set_numbers(error, WFS_ETOOLARGE, row->size_bytes,
                                     needed, "the upload has %" PRIu64 " bytes",
                                     row->size_bytes);
    }
    if (max != 0 && needed > max) {
        return wfs_error_set_numbers(
            error, WFS_ETOOLARGE, max, needed,
            "a recording has at most %" PRIu64 " bytes", max);
    }
    return WFS_OK;
}

wfs_status wfs_receipt_reserve(wfs_batch *b, const wfs_receipt_spec *spec,
                               wfs_receipt_result *result, wfs_error *error)
{
    wfs_upload_row *row = &result->upload;
    wfs_claim claim = {spec->index, spec->size_bytes, spec->total_chunks,
                       spec->chunk_size};
    uint64_t whole = wfs_ledger_get_whole(
        row->size_bytes, wfs_progress_get_total(row, &claim), row->chunk_size);
    uint64_t needed = row->received_bytes + spec->size_bytes;
    uint64_t room;
    uint64_t reserved;
    wfs_status status;

    if (check_needed(row, needed, spec->recording_max_bytes, &result->error) !=
        WFS_OK) {
        return WFS_OK;
    }
    if (row->reserved_bytes >= needed &&
        (whole == WFS_UNKNOWN || whole <= row->reserved_bytes)) {
        return WFS_OK;
    }
    status = read_before(b, error);
    if (status != WFS_OK) {
        return status;
    }
    room = get_room(b, row, spec->quota_bytes);
    reserved = wfs_ledger_choose(row->reserved_bytes, needed, whole, room);
    if (reserved == WFS_UNKNOWN) {
        (void)refuse(needed, room, spec->quota_bytes, &result->error);
        return WFS_OK;
    }
    b->totals.reserved_bytes += (int64_t)(reserved - row->reserved_bytes);
    row->reserved_bytes = reserved;
    return WFS_OK;
}

wfs_status wfs_reserve_first(wfs_sql_connection *connection,
                             const wfs_upload_spec *spec,
                             uint64_t *ret_reserved, wfs_error *error)
{
    uint64_t whole = wfs_ledger_get_whole(spec->size_bytes, spec->total_chunks,
                                          spec->chunk_size);
    uint64_t needed = whole == WFS_UNKNOWN ? 1 : whole;
    wfs_totals totals = {0};
    uint64_t room;
    uint64_t reserved;
    wfs_status status = wfs_read_totals(connection, &totals, error);

    if (status != WFS_OK) {
        return status;
    }
    room = wfs_ledger_get_room(&totals, 0, spec->limits.quota_bytes);
    reserved = wfs_ledger_choose(0, needed, whole, room);
    if (reserved == WFS_UNKNOWN) {
        return refuse(needed, room, spec->limits.quota_bytes, error);
    }
    *ret_reserved = reserved;
    return WFS_OK;
}

static wfs_status fall_back(wfs_sql_connection *connection, int64_t row,
                            int64_t before_ms, wfs_error *error)
{
    wfs_upload_row upload;
    wfs_totals_change change = {0};
    wfs_sql s;
    wfs_status status = wfs_get_upload_row(connection, row, &upload, error);

    if (status != WFS_OK || upload.updated_ms >= before_ms ||
        upload.reserved_bytes <= upload.received_bytes) {
        return status;
    }
    change.reserved_bytes =
        -(int64_t)(upload.reserved_bytes - upload.received_bytes);
    s = wfs_sql_prepare(connection, SQL_FALL_BACK);
    wfs_sql_bind_int(&s, row);
    status = wfs_sql_run(&s, error);
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

wfs_status wfs_sqlite_release_reservation(wfs_catalogue *catalogue, int64_t row,
                                          int64_t before_ms, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, error);

    if (status == WFS_OK) {
        status = fall_back(connection, row, before_ms, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}

static wfs_status check_size(const wfs_upload_row *row, uint64_t size_bytes,
                             wfs_error *error)
{
    if (size_bytes > INT64_MAX) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the size is out of range");
    }
    if (row->size_bytes != WFS_UNKNOWN && row->size_bytes != size_bytes) {
        return wfs_error_set_numbers(error, WFS_ECONFLICT, row->size_bytes,
                                     size_bytes, "the upload has another size");
    }
    if (size_bytes < row->received_bytes) {
        return wfs_error_set_numbers(error, WFS_ECONFLICT, row->received_bytes,
                                     size_bytes, "more has arrived than that");
    }
    return WFS_OK;
}

/* The row with its size, and the space for all of it. */
static wfs_status put_size(wfs_sql_connection *connection, uint64_t size_bytes,
                           uint64_t quota_bytes, wfs_upload_row *row,
                           wfs_error *error)
{
    wfs_totals_change change = {0};
    wfs_totals totals = {0};
    uint64_t room;
    uint64_t reserved;
    wfs_status status = wfs_read_totals(connection, &totals, error);

    if (status != WFS_OK) {
        return status;
    }
    room = wfs_ledger_get_room(&totals, row->reserved_bytes, quota_bytes);
    reserved =
        wfs_ledger_choose(row->reserved_bytes, size_bytes, size_bytes, room);
    if (reserved == WFS_UNKNOWN) {
        return refuse(size_bytes, room, quota_bytes, error);
    }
    change.reserved_bytes = (int64_t)(reserved - row->reserved_bytes);
    row->reserved_bytes = reserved;
    row->size_bytes = size_bytes;
    status = wfs_write_upload_row(connection, row, error);
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

wfs_status wfs_sqlite_put_size(wfs_catalogue *catalogue, int64_t row,
                               uint64_t size_bytes, uint64_t quota_bytes,
                               wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_upload_row upload;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_get_upload_row(connection, row, &upload, error);
    if (status == WFS_OK) {
        status = check_size(&upload, size_bytes, error);
    }
    if (status == WFS_OK && upload.size_bytes == WFS_UNKNOWN) {
        status = put_size(connection, size_bytes, quota_bytes, &upload, error);
    }
    status = wfs_sqlite_end_write(sqlite, status, error);
    if (status == WFS_OK) {
        *ret_row = upload;
    }
    return status;
}
