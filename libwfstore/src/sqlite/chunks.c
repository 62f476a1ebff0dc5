/*
 * chunks.c - accepted chunks: where they lie, how far they are digested.
 */
#include <stdlib.h>
#include <string.h>

#include "../error.h"
#include "../progress.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_HEAD[] = "SELECT bytes FROM head WHERE upload = ?";
static const char SQL_PLACE[] =
    "UPDATE chunk SET place = ? WHERE upload = ? AND idx = ?";
/* Not beyond what is there, and not while chunk 0 may change. */
static const char SQL_DIGEST[] =
    "UPDATE upload SET prefix = ?1, prefix_bytes = ?2, digest = ?3"
    " WHERE row = ?4 AND prefix = ?5 AND contiguous >= ?1 AND head_bytes = 0";

wfs_status wfs_sqlite_get_chunk(wfs_catalogue *catalogue, int64_t row,
                                uint64_t index, wfs_chunk_row *ret_chunk,
                                wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_chunk_row chunk;
    wfs_status status = wfs_sqlite_acquire_reader(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_get_chunk_row(connection, row, index, &chunk, error);
    wfs_sqlite_release_reader(sqlite, connection);
    if (status == WFS_OK) {
        *ret_chunk = chunk;
    }
    return status;
}

static wfs_status read_head(wfs_sql_connection *connection, int64_t row,
                            uint8_t **ret_bytes, size_t *ret_length,
                            wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_HEAD);
    uint8_t *bytes = NULL;
    bool has_row;
    wfs_status status;

    wfs_sql_bind_int(&s, row);
    status = wfs_sql_step(&s, &has_row, error);
    if (has_row) {
        bytes = malloc(WFS_HEAD_MAX_BYTES);
        if (bytes == NULL) {
            status = wfs_sql_fail(connection, SQLITE_NOMEM, "malloc", error);
        } else {
            *ret_length = wfs_sql_read_blob(&s, bytes, WFS_HEAD_MAX_BYTES);
            status = wfs_sql_check(&s, error);
        }
    } else if (status == WFS_OK) {
        status = wfs_error_set(error, WFS_ENOUPLOAD, 0, NULL,
                               "there is no provisional chunk");
    }
    wfs_sql_finish(&s);
    *ret_bytes = bytes;
    return status;
}

wfs_status wfs_sqlite_get_head(wfs_catalogue *catalogue, int64_t row,
                               uint8_t **ret_bytes, size_t *ret_length,
                               wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    uint8_t *bytes = NULL;
    size_t length = 0;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = read_head(connection, row, &bytes, &length, error);
    wfs_sqlite_end_read(sqlite, connection);
    if (status != WFS_OK) {
        free(bytes);
        return status;
    }
    *ret_bytes = bytes;
    *ret_length = length;
    return WFS_OK;
}

static wfs_status write_place(wfs_sql_connection *connection, int64_t row,
                              uint64_t index, int64_t place, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_PLACE);

    wfs_sql_bind_int(&s, place);
    wfs_sql_bind_int(&s, row);
    wfs_sql_bind_uint(&s, index);
    return wfs_sql_run(&s, error);
}

/* The chunk lies at `place` then, behind which the next one has to lie. */
static wfs_status put_place(wfs_sql_connection *connection, uint64_t index,
                            wfs_upload_row *row, int64_t *place,
                            wfs_error *error)
{
    wfs_chunk_row chunk = {0};
    wfs_status status =
        wfs_get_chunk_row(connection, row->row, index, &chunk, error);

    if (status == WFS_OK && chunk.place != *place) {
        if (chunk.place != WFS_PLACE_LOOSE ||
            wfs_progress_place(row, index, chunk.size_bytes, *place) !=
                WFS_OK) {
            return wfs_error_set(error, WFS_ECONFLICT, 0, "put_places",
                                 "the chunk lies elsewhere");
        }
        status = write_place(connection, row->row, index, *place, error);
    }
    if (status == WFS_OK) {
        *place += (int64_t)chunk.size_bytes;
    }
    return status;
}

static wfs_status put_places(wfs_sql_connection *connection, int64_t row,
                             uint64_t first, uint64_t count, int64_t place,
                             wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_status status = wfs_get_upload_row(connection, row, ret_row, error);

    for (uint64_t i = 0; i < count && status == WFS_OK; i++) {
        status = put_place(connection, first + i, ret_row, &place, error);
    }
    return status == WFS_OK ? wfs_write_upload_row(connection, ret_row, error)
                            : status;
}

static wfs_status begin_write(wfs_sqlite *sqlite, wfs_sqlite_sync sync,
                              bool is_patient,
                              wfs_sql_connection **ret_connection,
                              wfs_error *error)
{
    return is_patient
               ? wfs_sqlite_await_write(sqlite, sync, ret_connection, error)
               : wfs_sqlite_begin_write(sqlite, sync, ret_connection, error);
}

wfs_status wfs_sqlite_put_places(wfs_catalogue *catalogue, int64_t row,
                                 uint64_t first, uint64_t count, int64_t place,
                                 bool is_patient, wfs_upload_row *ret_row,
                                 wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_upload_row after;
    wfs_status status =
        begin_write(sqlite, WFS_SQLITE_FULL, is_patient, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = put_places(connection, row, first, count, place, &after, error);
    status = wfs_sqlite_end_write(sqlite, status, error);
    if (status == WFS_OK) {
        *ret_row = after;
    }
    return status;
}

wfs_status wfs_sqlite_put_digest(wfs_catalogue *catalogue, int64_t row,
                                 uint64_t from_chunks, uint64_t prefix_chunks,
                                 uint64_t prefix_bytes,
                                 const wfs_digest_state *state, bool is_patient,
                                 wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        begin_write(sqlite, WFS_SQLITE_LAZY, is_patient, &connection, error);

    if (status == WFS_OK) {
        wfs_sql s = wfs_sql_prepare(connection, SQL_DIGEST);

        wfs_sql_bind_uint(&s, prefix_chunks);
        wfs_sql_bind_uint(&s, prefix_bytes);
        wfs_sql_bind_blob(&s, state->length == 0 ? NULL : state->bytes,
                          state->length);
        wfs_sql_bind_int(&s, row);
        wfs_sql_bind_uint(&s, from_chunks);
        status = wfs_sql_run(&s, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}
