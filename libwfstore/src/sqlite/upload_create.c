/*
 * upload_create.c - the beginning of an upload: its row, what is told of it.
 */
#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_INSERT[] =
    "INSERT INTO upload(id, chunk_size, created, updated, visible, name,"
    " total, size, append, reserved)"
    " VALUES(?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
static const char SQL_PUT_METADATA[] =
    "INSERT INTO upload_metadata(upload, metadata) VALUES(?, ?)";
static const char SQL_GET_METADATA[] =
    "SELECT metadata FROM upload_metadata WHERE upload = ?";

static wfs_status check_sizes(const wfs_upload_spec *spec, wfs_error *error)
{
    if (spec->chunk_size != WFS_UNKNOWN &&
        (spec->chunk_size == 0 ||
         spec->chunk_size > INT64_MAX / WFS_CHUNKS_MAX)) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the chunk size is out of range");
    }
    if (spec->size_bytes != WFS_UNKNOWN && spec->size_bytes > INT64_MAX) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the size is out of range");
    }
    return WFS_OK;
}

static wfs_status check_limits(wfs_sql_connection *connection,
                               const wfs_upload_spec *spec, wfs_error *error)
{
    wfs_totals totals = {0};
    wfs_status status;

    if (spec->limits.uploads_max == 0) {
        return WFS_OK;
    }
    status = wfs_read_totals(connection, &totals, error);
    if (status == WFS_OK && totals.uploads >= spec->limits.uploads_max) {
        status = wfs_error_set(error, WFS_EUPLOADS, 0, NULL,
                               "there are too many unfinished uploads");
    }
    return status;
}

static wfs_status insert_row(wfs_sql_connection *connection,
                             const wfs_upload_spec *spec, bool is_created,
                             uint64_t reserved, wfs_upload_row *ret_row,
                             wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_INSERT);
    wfs_status status;

    wfs_sql_bind_text(&s, spec->id);
    wfs_sql_bind_uint(&s, spec->chunk_size);
    wfs_sql_bind_int(&s, wfs_sqlite_now());
    wfs_sql_bind_int(&s, is_created ? 1 : 0);
    wfs_sql_bind_text(&s, is_created ? spec->name : NULL);
    wfs_sql_bind_uint(&s, is_created ? spec->total_chunks : WFS_UNKNOWN);
    wfs_sql_bind_uint(&s, spec->size_bytes);
    wfs_sql_bind_int(&s, wfs_append_kind(spec->is_append, spec->is_partial));
    wfs_sql_bind_uint(&s, reserved);
    status = wfs_sql_run(&s, error);
    if (status != WFS_OK) {
        return status;
    }
    return wfs_get_upload_row(
        connection, sqlite3_last_insert_rowid(connection->db), ret_row, error);
}

wfs_status wfs_insert_upload(wfs_sql_connection *connection,
                             const wfs_upload_spec *spec, bool is_created,
                             wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_totals_change change = {.uploads = is_created ? 1 : 0};
    uint64_t reserved = 0;
    wfs_status status = check_sizes(spec, error);

    if (status == WFS_OK) {
        status = check_limits(connection, spec, error);
    }
    if (status == WFS_OK) {
        status = wfs_reserve_first(connection, spec, &reserved, error);
    }
    if (status == WFS_OK) {
        status =
            insert_row(connection, spec, is_created, reserved, ret_row, error);
    }
    change.reserved_bytes = (int64_t)reserved;
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

static wfs_status put_metadata(wfs_sql_connection *connection, int64_t row,
                               const char *metadata, wfs_error *error)
{
    wfs_sql s;

    if (metadata == NULL) {
        return WFS_OK;
    }
    s = wfs_sql_prepare(connection, SQL_PUT_METADATA);
    wfs_sql_bind_int(&s, row);
    wfs_sql_bind_text(&s, metadata);
    return wfs_sql_run(&s, error);
}

static wfs_status create(wfs_sql_connection *connection,
                         const wfs_upload_spec *spec, wfs_upload_row *ret_row,
                         wfs_error *error)
{
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_status status =
        wfs_find_kind(connection, spec->id, &kind, ret_row, error);

    if (status != WFS_OK) {
        return status;
    }
    if (kind == WFS_ID_UPLOAD) {
        return wfs_error_set(error, WFS_ECONFLICT, 0, NULL,
                             "there is an upload of this id already");
    }
    if (kind != WFS_ID_FREE) {
        return wfs_refuse_kind(kind, error);
    }
    status = wfs_insert_upload(connection, spec, true, ret_row, error);
    if (status == WFS_OK) {
        status = put_metadata(connection, ret_row->row, spec->metadata, error);
    }
    if (status == WFS_OK) {
        status = wfs_put_note(connection, spec, error);
    }
    return status;
}

wfs_status wfs_sqlite_create_upload(wfs_catalogue *catalogue,
                                    const wfs_upload_spec *spec,
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
    status = create(connection, spec, &row, error);
    status = wfs_sqlite_end_write(sqlite, status, error);
    if (status == WFS_OK) {
        *ret_row = row;
    }
    return status;
}

static wfs_status read_metadata(wfs_sql_connection *connection, int64_t row,
                                char **ret_metadata, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_GET_METADATA);

    wfs_sql_bind_int(&s, row);
    return wfs_sql_find_text(&s, ret_metadata, error);
}

wfs_status wfs_sqlite_get_metadata(wfs_catalogue *catalogue, int64_t row,
                                   char **ret_metadata, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        status = read_metadata(connection, row, ret_metadata, error);
        wfs_sqlite_end_read(sqlite, connection);
    }
    return status;
}
