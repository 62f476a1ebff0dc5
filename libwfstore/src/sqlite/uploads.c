/*
 * uploads.c - finding and beginning uploads.
 */
#include "../error.h"
#include "../progress.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_LIST_VISIBLE[] =
    "SELECT " WFS_UPLOAD_COLUMNS " FROM upload WHERE row < ?"
    " AND (visible OR chunks > 0) ORDER BY row DESC LIMIT ?";
static const char SQL_LIST[] =
    "SELECT " WFS_UPLOAD_COLUMNS
    " FROM upload WHERE row > ? ORDER BY row LIMIT ?";

wfs_status wfs_find_kind(wfs_sql_connection *connection, const char *id,
                         wfs_id_kind *ret_kind, wfs_upload_row *ret_row,
                         wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status = wfs_find_upload_row(connection, id, ret_row, &fault);

    if (status == WFS_ENOUPLOAD) {
        return wfs_find_other_kind(connection, id, ret_kind, error);
    }
    if (status != WFS_OK) {
        return wfs_error_copy(error, &fault);
    }
    *ret_kind = WFS_ID_UPLOAD;
    return WFS_OK;
}

/* What no upload has: the other tables, in one snapshot with that of uploads.
 */
static wfs_status find_any(wfs_sqlite *sqlite, const char *id,
                           wfs_id_kind *ret_kind, wfs_upload_row *ret_row,
                           wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        status = wfs_find_kind(connection, id, ret_kind, ret_row, error);
        wfs_sqlite_end_read(sqlite, connection);
    }
    return status;
}

wfs_status wfs_sqlite_find_id(wfs_catalogue *catalogue, const char *id,
                              wfs_id_kind *ret_kind, wfs_upload_row *ret_row,
                              wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_upload_row row;
    wfs_id_kind kind = WFS_ID_UPLOAD;
    wfs_status status = wfs_sqlite_acquire_reader(sqlite, &connection, &fault);

    if (status == WFS_OK) {
        status = wfs_find_upload_row(connection, id, &row, &fault);
        wfs_sqlite_release_reader(sqlite, connection);
    }
    if (status == WFS_ENOUPLOAD) {
        status = find_any(sqlite, id, &kind, &row, &fault);
    }
    if (status != WFS_OK) {
        return wfs_error_copy(error, &fault);
    }
    if (kind == WFS_ID_UPLOAD && ret_row != NULL) {
        *ret_row = row;
    }
    *ret_kind = kind;
    return WFS_OK;
}

/*
 * Whether the chunk may go on with an existing row. WFS_EBUSY: no chunk is
 * accepted and the row was begun with another chunk size.
 */
static wfs_status check_existing(const wfs_upload_row *row,
                                 const wfs_chunk_spec *spec, wfs_error *error)
{
    wfs_claim claim = {spec->index, spec->length, spec->total_chunks,
                       spec->chunk_size};

    if (row->received_chunks == 0 && spec->chunk_size != WFS_UNKNOWN &&
        spec->chunk_size != row->chunk_size) {
        return wfs_error_set(error, WFS_EBUSY, 0, NULL,
                             "the upload is being begun with another "
                             "chunk size");
    }
    return wfs_progress_check(row, &claim, error);
}

/* What a first chunk says of the upload it begins. */
static wfs_status insert(wfs_sql_connection *connection,
                         const wfs_chunk_spec *spec, wfs_upload_row *ret_row,
                         wfs_error *error)
{
    wfs_upload_spec upload = WFS_UPLOAD_SPEC_INIT;
    wfs_status status;

    upload.id = spec->id;
    upload.chunk_size = spec->chunk_size;
    upload.total_chunks = spec->total_chunks;
    upload.limits = spec->limits;
    status = wfs_insert_upload(connection, &upload, false, ret_row, error);
    return status == WFS_OK ? check_existing(ret_row, spec, error) : status;
}

static wfs_status remove_unbegun(wfs_sql_connection *connection,
                                 const wfs_upload_row *row, wfs_error *error)
{
    wfs_totals_change change = wfs_without_upload(row);
    wfs_status status = wfs_remove_upload_rows(connection, row->row, error);

    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

/* WFS_EBUSY with `may_begin_anew`: the row is of no use and goes. */
static wfs_status begin_upload(wfs_sql_connection *connection,
                               const wfs_chunk_spec *spec, bool may_begin_anew,
                               wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_status status =
        wfs_find_kind(connection, spec->id, &kind, ret_row, error);

    if (status != WFS_OK) {
        return status;
    }
    if (kind == WFS_ID_UPLOAD) {
        status = check_existing(ret_row, spec, error);
        if (status != WFS_EBUSY || !may_begin_anew) {
            return status;
        }
        status = remove_unbegun(connection, ret_row, error);
    } else if (kind != WFS_ID_FREE) {
        return wfs_refuse_kind(kind, error);
    }
    return status == WFS_OK ? insert(connection, spec, ret_row, error) : status;
}

/*
 * Most chunks find their upload there, so that is looked for first, without
 * waiting for those who write.
 */
static wfs_status find_begun(wfs_sqlite *sqlite, const wfs_chunk_spec *spec,
                             wfs_upload_row *ret_row, bool *ret_found,
                             wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_find_kind(connection, spec->id, &kind, ret_row, error);
    wfs_sqlite_end_read(sqlite, connection);
    if (status == WFS_OK && kind == WFS_ID_UPLOAD) {
        status = check_existing(ret_row, spec, error);
    } else if (status == WFS_OK && kind != WFS_ID_FREE) {
        status = wfs_refuse_kind(kind, error);
    }
    *ret_found = status == WFS_OK && kind == WFS_ID_UPLOAD;
    return status;
}

wfs_status wfs_sqlite_begin_upload(wfs_catalogue *catalogue,
                                   const wfs_chunk_spec *spec,
                                   bool may_begin_anew, wfs_upload_row *ret_row,
                                   wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_upload_row row;
    bool is_found = false;
    wfs_status status = find_begun(sqlite, spec, &row, &is_found, error);

    if (status == WFS_EBUSY && may_begin_anew) {
        status = WFS_OK;
    }
    if (status == WFS_OK && !is_found) {
        status =
            wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, error);
        if (status == WFS_OK) {
            status =
                begin_upload(connection, spec, may_begin_anew, &row, error);
            status = wfs_sqlite_end_write(sqlite, status, error);
        }
    }
    if (status == WFS_OK) {
        *ret_row = row;
    }
    return status;
}

wfs_status wfs_sqlite_get_upload(wfs_catalogue *catalogue, int64_t row,
                                 wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_upload_row found;
    wfs_status status;

    if (wfs_sqlite_find_recent(sqlite, row, ret_row)) {
        return WFS_OK;
    }
    status = wfs_sqlite_acquire_reader(sqlite, &connection, error);
    if (status != WFS_OK) {
        return status;
    }
    status = wfs_get_upload_row(connection, row, &found, error);
    wfs_sqlite_release_reader(sqlite, connection);
    if (status == WFS_OK) {
        *ret_row = found;
    }
    return status;
}

static wfs_status list(wfs_sql_connection *connection, const char *sql,
                       int64_t bound, size_t limit, wfs_upload_row *ret_rows,
                       size_t *ret_count, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, sql);
    size_t count = 0;
    bool has_row;
    wfs_status status;

    wfs_sql_bind_int(&s, bound);
    wfs_sql_bind_uint(&s, limit);
    status = wfs_sql_step(&s, &has_row, error);
    while (has_row && status == WFS_OK) {
        status = wfs_read_upload(&s, &ret_rows[count++], error);
        if (status == WFS_OK) {
            status = wfs_sql_step(&s, &has_row, error);
        }
    }
    wfs_sql_finish(&s);
    *ret_count = count;
    return status;
}

static wfs_status read_list(wfs_catalogue *catalogue, const char *sql,
                            int64_t bound, size_t limit,
                            wfs_upload_row *ret_rows, size_t *ret_count,
                            wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    size_t count = 0;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = list(connection, sql, bound, limit, ret_rows, &count, error);
    wfs_sqlite_end_read(sqlite, connection);
    if (status == WFS_OK) {
        *ret_count = count;
    }
    return status;
}

wfs_status wfs_sqlite_list_uploads(wfs_catalogue *catalogue, int64_t after,
                                   size_t limit, wfs_upload_row *ret_rows,
                                   size_t *ret_count, wfs_error *error)
{
    return read_list(catalogue, SQL_LIST, after, limit, ret_rows, ret_count,
                     error);
}

wfs_status wfs_sqlite_list_visible(wfs_catalogue *catalogue, int64_t before,
                                   size_t limit, wfs_upload_row *ret_rows,
                                   size_t *ret_count, wfs_error *error)
{
    return read_list(catalogue, SQL_LIST_VISIBLE, before, limit, ret_rows,
                     ret_count, error);
}
