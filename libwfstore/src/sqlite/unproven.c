/*
 * unproven.c - receipts of bytes that a power cut may have taken.
 */
#include "../error.h"
#include "../progress.h"
#include "parts.h"
#include "rows.h"
#include "spans.h"
#include "sqlite.h"

static const char SQL_NEXT[] =
    "SELECT upload, idx FROM chunk WHERE boot IS NOT NULL AND boot < ? LIMIT 1";
static const char SQL_IS_UNPROVEN[] =
    "SELECT 1 FROM chunk WHERE upload = ? AND idx = ? AND boot IS NOT NULL"
    " AND boot < ?";
static const char SQL_PROVEN[] =
    "UPDATE chunk SET boot = NULL WHERE upload = ? AND idx = ?";
/* ?3 is where the part is cut, or NULL if the others can stay. */
static const char SQL_DROP[] = "DELETE FROM chunk WHERE upload = ?1"
                               " AND (idx = ?2 OR place >= ?3)";
static const char SQL_REST[] =
    "SELECT " WFS_CHUNK_COLUMNS " FROM chunk WHERE upload = ? ORDER BY idx";

/* Rows of boots before this one are smaller; without a boot id all are. */
static int64_t get_bound(const wfs_sqlite *sqlite)
{
    return sqlite->boot == 0 ? INT64_MAX : sqlite->boot;
}

static wfs_status find_next(wfs_sql_connection *connection, int64_t bound,
                            bool *ret_found, wfs_unproven *unproven,
                            wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_NEXT);
    int64_t row = 0;
    uint64_t index = 0;
    wfs_status status;

    wfs_sql_bind_int(&s, bound);
    status = wfs_sql_step(&s, ret_found, error);
    if (*ret_found) {
        row = wfs_sql_read_int(&s);
        index = wfs_sql_read_uint(&s);
    }
    wfs_sql_finish(&s);
    if (!*ret_found) {
        return status;
    }
    status = wfs_get_upload_row(connection, row, &unproven->upload, error);
    if (status == WFS_OK) {
        status =
            wfs_get_chunk_row(connection, row, index, &unproven->chunk, error);
    }
    return status;
}

wfs_status wfs_sqlite_next_unproven(wfs_catalogue *catalogue, bool *ret_found,
                                    wfs_unproven *ret_unproven,
                                    wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_unproven unproven;
    bool is_found = false;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status =
        find_next(connection, get_bound(sqlite), &is_found, &unproven, error);
    wfs_sqlite_end_read(sqlite, connection);
    if (status == WFS_OK) {
        *ret_found = is_found;
        if (is_found) {
            *ret_unproven = unproven;
        }
    }
    return status;
}

static wfs_status is_unproven(wfs_sql_connection *connection, int64_t row,
                              uint64_t index, int64_t bound, bool *ret_answer,
                              wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_IS_UNPROVEN);
    wfs_status status;

    wfs_sql_bind_int(&s, row);
    wfs_sql_bind_uint(&s, index);
    wfs_sql_bind_int(&s, bound);
    status = wfs_sql_step(&s, ret_answer, error);
    wfs_sql_finish(&s);
    return status;
}

static wfs_status keep_chunk(wfs_sql_connection *connection, int64_t row,
                             uint64_t index, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_PROVEN);

    wfs_sql_bind_int(&s, row);
    wfs_sql_bind_uint(&s, index);
    return wfs_sql_run(&s, error);
}

/*
 * Without a chunk size the chunk may come again with another size, so what
 * lies behind it in the part cannot stay.
 */
static wfs_status remove_chunks(wfs_sql_connection *connection,
                                const wfs_upload_row *upload,
                                const wfs_chunk_row *chunk, wfs_error *error)
{
    bool is_cut = upload->chunk_size == WFS_UNKNOWN && chunk->place >= 0;
    wfs_sql s = wfs_sql_prepare(connection, SQL_DROP);

    wfs_sql_bind_int(&s, upload->row);
    wfs_sql_bind_uint(&s, chunk->index);
    wfs_sql_bind_uint(&s, is_cut ? (uint64_t)chunk->place : WFS_UNKNOWN);
    return wfs_sql_run(&s, error);
}

/* An upload's row as if it had no chunk; digested only up to `index`. */
static void reset(wfs_upload_row *upload, uint64_t index)
{
    upload->received_chunks = 0;
    upload->received_bytes = 0;
    upload->contiguous_chunks = 0;
    upload->contiguous_bytes = 0;
    upload->placed_chunks = 0;
    upload->placed_bytes = 0;
    upload->highest_index = WFS_UNKNOWN;
    if (upload->prefix_chunks > index) {
        upload->prefix_chunks = 0;
        upload->prefix_bytes = 0;
        upload->digest.length = 0;
    }
}

/* Count the chunks that are left as if they came in order. */
static wfs_status count_rest(wfs_sql_connection *connection,
                             wfs_upload_row *upload, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_REST);
    wfs_chunk_row chunk;
    bool has_row;
    wfs_status status;

    wfs_sql_bind_int(&s, upload->row);
    status = wfs_sql_step(&s, &has_row, error);
    while (has_row && status == WFS_OK) {
        status = wfs_read_chunk(&s, &chunk, error);
        if (status == WFS_OK) {
            status = wfs_spans_count(connection, upload, chunk.index,
                                     chunk.size_bytes, error);
        }
        if (status == WFS_OK) {
            (void)wfs_progress_place(upload, chunk.index, chunk.size_bytes,
                                     chunk.place);
            status = wfs_sql_step(&s, &has_row, error);
        }
    }
    wfs_sql_finish(&s);
    return status;
}

static wfs_status drop_chunk(wfs_sql_connection *connection, int64_t row,
                             uint64_t index, wfs_error *error)
{
    wfs_upload_row upload;
    wfs_upload_row before;
    wfs_chunk_row chunk;
    wfs_totals_change change = {0};
    wfs_status status = wfs_get_upload_row(connection, row, &upload, error);

    if (status == WFS_OK) {
        status = wfs_get_chunk_row(connection, row, index, &chunk, error);
    }
    if (status == WFS_OK) {
        status = remove_chunks(connection, &upload, &chunk, error);
    }
    if (status == WFS_OK) {
        status = wfs_spans_clear(connection, row, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    before = upload;
    reset(&upload, index);
    status = count_rest(connection, &upload, error);
    if (status == WFS_OK) {
        status = wfs_write_upload_row(connection, &upload, error);
    }
    upload.is_visible = upload.is_created || upload.received_chunks > 0;
    change.uploads = upload.is_visible ? 0 : -1;
    change.upload_bytes =
        (int64_t)upload.received_bytes - (int64_t)before.received_bytes;
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

wfs_status wfs_sqlite_prove_chunk(wfs_catalogue *catalogue, int64_t row,
                                  uint64_t index, bool is_whole,
                                  wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    bool is_due = false;
    wfs_status status =
        wfs_sqlite_await_write(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status =
        is_unproven(connection, row, index, get_bound(sqlite), &is_due, error);
    if (status == WFS_OK && is_due) {
        status = is_whole ? keep_chunk(connection, row, index, error)
                          : drop_chunk(connection, row, index, error);
    }
    return wfs_sqlite_end_write(sqlite, status, error);
}
