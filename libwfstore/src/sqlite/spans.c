/*
 * spans.c - accepted chunks side by side, kept as ranges.
 */
#include "spans.h"

static const char SQL_AT[] =
    "SELECT first, last, bytes FROM span WHERE upload = ? AND first = ?";
static const char SQL_BEFORE[] =
    "SELECT first, last, bytes FROM span WHERE upload = ? AND first < ?"
    " ORDER BY first DESC LIMIT 1";
static const char SQL_PUT[] =
    "INSERT OR REPLACE INTO span(upload, first, last, bytes)"
    " VALUES(?, ?, ?, ?)";
static const char SQL_REMOVE[] =
    "DELETE FROM span WHERE upload = ? AND first = ?";
static const char SQL_CLEAR[] = "DELETE FROM span WHERE upload = ?";

static wfs_status find(wfs_sql_connection *connection, const char *sql,
                       int64_t row, uint64_t index, bool *ret_found,
                       wfs_span *ret_span, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, sql);
    wfs_status status;

    wfs_sql_bind_int(&s, row);
    wfs_sql_bind_uint(&s, index);
    status = wfs_sql_step(&s, ret_found, error);
    if (*ret_found) {
        ret_span->first = wfs_sql_read_uint(&s);
        ret_span->last = wfs_sql_read_uint(&s);
        ret_span->bytes = wfs_sql_read_uint(&s);
        status = wfs_sql_check(&s, error);
    }
    wfs_sql_finish(&s);
    return status;
}

static wfs_status put(wfs_sql_connection *connection, int64_t row,
                      const wfs_span *span, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_PUT);

    wfs_sql_bind_int(&s, row);
    wfs_sql_bind_uint(&s, span->first);
    wfs_sql_bind_uint(&s, span->last);
    wfs_sql_bind_uint(&s, span->bytes);
    return wfs_sql_run(&s, error);
}

static wfs_status remove_at(wfs_sql_connection *connection, int64_t row,
                            uint64_t first, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_REMOVE);

    wfs_sql_bind_int(&s, row);
    wfs_sql_bind_uint(&s, first);
    return wfs_sql_run(&s, error);
}

/* A chunk beyond a gap: alone, or joined to the span that ends before it. */
static wfs_status join_before(wfs_sql_connection *connection, int64_t row,
                              wfs_span *span, wfs_error *error)
{
    wfs_span before = {0};
    bool has_before = false;
    wfs_status status = find(connection, SQL_BEFORE, row, span->first,
                             &has_before, &before, error);

    if (status == WFS_OK && has_before && before.last + 1 == span->first) {
        span->first = before.first;
        span->bytes += before.bytes;
    }
    return status;
}

wfs_status wfs_spans_count(wfs_sql_connection *connection, wfs_upload_row *row,
                           uint64_t index, uint64_t size_bytes,
                           wfs_error *error)
{
    wfs_span span = {index, index, size_bytes};
    wfs_span next = {0};
    bool has_next = false;
    bool is_contiguous;
    wfs_status status = WFS_OK;

    if (!wfs_progress_is_above(row, index + 1)) {
        status = find(connection, SQL_AT, row->row, index + 1, &has_next, &next,
                      error);
    }
    if (status == WFS_OK && has_next) {
        status = remove_at(connection, row->row, next.first, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    is_contiguous =
        wfs_progress_count(row, index, size_bytes, has_next ? &next : NULL);
    if (is_contiguous) {
        return WFS_OK;
    }
    if (has_next) {
        span.last = next.last;
        span.bytes += next.bytes;
    }
    status = join_before(connection, row->row, &span, error);
    return status == WFS_OK ? put(connection, row->row, &span, error) : status;
}

wfs_status wfs_spans_clear(wfs_sql_connection *connection, int64_t row,
                           wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_CLEAR);

    wfs_sql_bind_int(&s, row);
    return wfs_sql_run(&s, error);
}
