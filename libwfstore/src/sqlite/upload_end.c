/*
 * upload_end.c - the ends of an upload: a recording, deleted, forgotten.
 */
#include <string.h>

#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

wfs_totals_change wfs_without_upload(const wfs_upload_row *row)
{
    return (wfs_totals_change){.uploads = row->is_visible ? -1 : 0,
                               .upload_bytes = -(int64_t)row->received_bytes,
                               .reserved_bytes = -(int64_t)row->reserved_bytes};
}

/* The row, or what became of `id` instead of it. */
static wfs_status get_row(wfs_sql_connection *connection, int64_t row,
                          const char *id, wfs_upload_row *ret_row,
                          wfs_error *error)
{
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status = wfs_get_upload_row(connection, row, ret_row, &fault);

    if (status == WFS_OK) {
        return WFS_OK;
    }
    if (status != WFS_ENOUPLOAD) {
        return wfs_error_copy(error, &fault);
    }
    status = wfs_find_other_kind(connection, id, &kind, error);
    return status == WFS_OK ? wfs_refuse_kind(kind, error) : status;
}

static wfs_status complete(wfs_sql_connection *connection, int64_t row,
                           uint64_t expected_chunks,
                           const wfs_recording *recording, wfs_error *error)
{
    wfs_upload_row upload;
    wfs_totals_change change;
    wfs_status status = get_row(connection, row, recording->id, &upload, error);

    if (status != WFS_OK) {
        return status;
    }
    if (upload.received_chunks != expected_chunks ||
        strcmp(upload.id, recording->id) != 0) {
        return wfs_error_set_numbers(error, WFS_EMISSING, expected_chunks,
                                     upload.received_chunks,
                                     "the upload has other chunks by now");
    }
    status = wfs_insert_recording(connection, &upload, recording, error);
    if (status == WFS_OK) {
        status = wfs_remove_upload_rows(connection, row, error);
    }
    change = wfs_without_upload(&upload);
    change.recordings = 1;
    change.recording_bytes = (int64_t)recording->size_bytes;
    change.generation = 1;
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

wfs_status wfs_sqlite_complete(wfs_catalogue *catalogue, int64_t row,
                               uint64_t expected_chunks,
                               const wfs_recording *recording, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_await_write(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status == WFS_OK) {
        status = complete(connection, row, expected_chunks, recording, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}

static wfs_status refuse_deleting(wfs_sql_connection *connection,
                                  const char *id, wfs_error *error)
{
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_status status = wfs_find_other_kind(connection, id, &kind, error);

    if (status != WFS_OK) {
        return status;
    }
    return wfs_refuse_kind(kind == WFS_ID_GONE ? WFS_ID_FREE : kind, error);
}

static wfs_status delete_upload(wfs_sql_connection *connection, const char *id,
                                int64_t until_ms, wfs_upload_row *ret_row,
                                wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_totals_change change;
    wfs_status status = wfs_find_upload_row(connection, id, ret_row, &fault);

    if (status != WFS_OK && status != WFS_ENOUPLOAD) {
        return wfs_error_copy(error, &fault);
    }
    if (status == WFS_ENOUPLOAD || !ret_row->is_visible) {
        return refuse_deleting(connection, id, error);
    }
    status = wfs_remove_upload_rows(connection, ret_row->row, error);
    if (status == WFS_OK) {
        status =
            wfs_put_gone(connection, id, NULL, ret_row->row, until_ms, error);
    }
    change = wfs_without_upload(ret_row);
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

wfs_status wfs_sqlite_delete_upload(wfs_catalogue *catalogue, const char *id,
                                    wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_upload_row row;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status =
        delete_upload(connection, id, wfs_sqlite_until(sqlite), &row, error);
    status = wfs_sqlite_end_write(sqlite, status, error);
    if (status == WFS_OK) {
        *ret_row = row;
    }
    return status;
}

static wfs_status forget_upload(wfs_sql_connection *connection, int64_t row,
                                wfs_error *error)
{
    wfs_upload_row upload;
    wfs_totals_change change;
    wfs_status status = wfs_get_upload_row(connection, row, &upload, error);

    if (status != WFS_OK) {
        return status;
    }
    if (upload.is_visible) {
        return wfs_error_set(error, WFS_ECONFLICT, 0, "forget_upload",
                             "clients know of the upload");
    }
    status = wfs_remove_upload_rows(connection, row, error);
    change = wfs_without_upload(&upload);
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

wfs_status wfs_sqlite_forget_upload(wfs_catalogue *catalogue, int64_t row,
                                    wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, error);

    if (status == WFS_OK) {
        status = forget_upload(connection, row, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}

wfs_status wfs_sqlite_put_salvaged(wfs_catalogue *catalogue, int64_t row,
                                   wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_upload_row upload;
    wfs_status status =
        wfs_sqlite_await_write(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_get_upload_row(connection, row, &upload, error);
    if (status == WFS_OK) {
        upload.is_salvaged = true;
        status = wfs_write_upload_row(connection, &upload, error);
    }
    return wfs_sqlite_end_write(sqlite, status, error);
}
