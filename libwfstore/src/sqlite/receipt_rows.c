/*
 * receipt_rows.c - what a receipt writes: its chunk, a head's bytes, what was
 * told.
 */
#include "receipt_rows.h"

#include <string.h>

#include "../progress.h"

static const char SQL_INSERT[] =
    "INSERT INTO chunk(upload, idx, size, place, at, sha256, boot)"
    " VALUES(?, ?, ?, ?, ?, ?, ?)";
static const char SQL_RENEW[] = "UPDATE chunk SET at = ?, sha256 = ?, boot = ?"
                                " WHERE upload = ? AND idx = ?";
static const char SQL_PUT_HEAD[] =
    "INSERT OR REPLACE INTO head(upload, bytes) VALUES(?, ?)";
static const char SQL_IS_HEAD[] =
    "SELECT 1 FROM head WHERE upload = ? AND bytes = ?";

static void bind_sha256(wfs_sql *s, const wfs_receipt_spec *spec)
{
    wfs_sql_bind_blob(s, spec->has_sha256 ? spec->sha256 : NULL,
                      sizeof spec->sha256);
}

static void bind_boot(wfs_sql *s, const wfs_batch *b,
                      const wfs_receipt_spec *spec)
{
    if (spec->is_synced || spec->place == WFS_PLACE_HEAD) {
        wfs_sql_bind_null(s); /* a head is as durable as its receipt */
    } else {
        wfs_sql_bind_int(s, b->boot);
    }
}

wfs_status wfs_receipt_insert_chunk(const wfs_batch *b,
                                    const wfs_receipt_spec *spec,
                                    wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(b->connection, SQL_INSERT);

    wfs_sql_bind_int(&s, spec->row);
    wfs_sql_bind_uint(&s, spec->index);
    wfs_sql_bind_uint(&s, spec->size_bytes);
    wfs_sql_bind_int(&s, spec->place);
    wfs_sql_bind_int(&s, b->now_ms);
    bind_sha256(&s, spec);
    bind_boot(&s, b, spec);
    return wfs_sql_run(&s, error);
}

wfs_status wfs_receipt_renew_chunk(const wfs_batch *b,
                                   const wfs_receipt_spec *spec,
                                   wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(b->connection, SQL_RENEW);

    wfs_sql_bind_int(&s, b->now_ms);
    bind_sha256(&s, spec);
    bind_boot(&s, b, spec);
    wfs_sql_bind_int(&s, spec->row);
    wfs_sql_bind_uint(&s, spec->index);
    return wfs_sql_run(&s, error);
}

wfs_status wfs_receipt_put_head(const wfs_batch *b,
                                const wfs_receipt_spec *spec, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(b->connection, SQL_PUT_HEAD);

    wfs_sql_bind_int(&s, spec->row);
    wfs_sql_bind_blob(&s, spec->head, (size_t)spec->size_bytes);
    return wfs_sql_run(&s, error);
}

wfs_status wfs_receipt_compare_head(const wfs_batch *b,
                                    const wfs_receipt_spec *spec,
                                    bool *ret_is_equal, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(b->connection, SQL_IS_HEAD);
    wfs_status status;

    wfs_sql_bind_int(&s, spec->row);
    wfs_sql_bind_blob(&s, spec->head, (size_t)spec->size_bytes);
    status = wfs_sql_step(&s, ret_is_equal, error);
    wfs_sql_finish(&s);
    return status;
}

static void keep_name(wfs_upload_row *row, const char *name)
{
    size_t length = strlen(name);

    if (length < sizeof row->name) {
        memcpy(row->name, name, length + 1);
    }
}

void wfs_receipt_keep_told(wfs_upload_row *row, const wfs_receipt_spec *spec,
                           int64_t now_ms)
{
    wfs_claim claim = {spec->index, spec->size_bytes, spec->total_chunks,
                       spec->chunk_size};

    row->total_chunks = wfs_progress_get_total(row, &claim);
    row->updated_ms = now_ms;
    if (row->name[0] == '\0' && spec->name != NULL) {
        keep_name(row, spec->name);
    }
}
