/*
 * upload_rows.c - the table of uploads.
 */
#include "../error.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_GET[] =
    "SELECT " WFS_UPLOAD_COLUMNS " FROM upload WHERE row = ?";
static const char SQL_FIND[] =
    "SELECT " WFS_UPLOAD_COLUMNS " FROM upload WHERE id = ?";
static const char SQL_WRITE[] =
    "UPDATE upload SET name = ?, total = ?, updated = ?, chunks = ?,"
    " bytes = ?, contiguous = ?, contiguous_bytes = ?, placed = ?,"
    " placed_bytes = ?, prefix = ?, prefix_bytes = ?, digest = ?,"
    " highest = ?, head_bytes = ?, head_sealed = ?, visible = ?,"
    " size = ?, reserved = ?, append = ?, salvaged = ? WHERE row = ?";

wfs_status wfs_read_upload(wfs_sql *s, wfs_upload_row *ret_row,
                           wfs_error *error)
{
    wfs_upload_row row = {.row = wfs_sql_read_int(s)};
    int64_t kind;

    wfs_sql_read_text(s, row.id, sizeof row.id);
    wfs_sql_read_text(s, row.name, sizeof row.name);
    row.total_chunks = wfs_sql_read_uint(s);
    row.chunk_size = wfs_sql_read_uint(s);
    row.created_ms = wfs_sql_read_int(s);
    row.updated_ms = wfs_sql_read_int(s);
    row.received_chunks = wfs_sql_read_uint(s);
    row.received_bytes = wfs_sql_read_uint(s);
    row.contiguous_chunks = wfs_sql_read_uint(s);
    row.contiguous_bytes = wfs_sql_read_uint(s);
    row.placed_chunks = wfs_sql_read_uint(s);
    row.placed_bytes = wfs_sql_read_uint(s);
    row.prefix_chunks = wfs_sql_read_uint(s);
    row.prefix_bytes = wfs_sql_read_uint(s);
    row.digest.length =
        wfs_sql_read_blob(s, row.digest.bytes, sizeof row.digest.bytes);
    row.highest_index = wfs_sql_read_uint(s);
    row.head_bytes = wfs_sql_read_uint(s);
    row.head_is_sealed = wfs_sql_read_int(s) != 0;
    row.is_created = wfs_sql_read_int(s) != 0;
    row.is_visible = row.is_created || row.received_chunks > 0;
    row.size_bytes = wfs_sql_read_uint(s);
    row.reserved_bytes = wfs_sql_read_uint(s);
    kind = wfs_sql_read_int(s);
    row.is_append = kind != APPEND_NO;
    row.is_partial = kind == APPEND_PARTIAL;
    row.is_salvaged = wfs_sql_read_int(s) != 0;
    *ret_row = row;
    return wfs_sql_check(s, error);
}

static wfs_status read_only_row(wfs_sql *s, wfs_upload_row *ret_row,
                                wfs_error *error)
{
    bool has_row;
    wfs_status status = wfs_sql_step(s, &has_row, error);

    if (has_row) {
        status = wfs_read_upload(s, ret_row, error);
    } else if (status == WFS_OK) {
        status = wfs_error_set(error, WFS_ENOUPLOAD, 0, NULL,
                               "there is no such upload");
    }
    wfs_sql_finish(s);
    return status;
}

wfs_status wfs_get_upload_row(wfs_sql_connection *connection, int64_t row,
                              wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_GET);

    wfs_sql_bind_int(&s, row);
    return read_only_row(&s, ret_row, error);
}

wfs_status wfs_find_upload_row(wfs_sql_connection *connection, const char *id,
                               wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_FIND);

    wfs_sql_bind_text(&s, id);
    return read_only_row(&s, ret_row, error);
}

wfs_status wfs_write_upload_row(wfs_sql_connection *connection,
                                const wfs_upload_row *row, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_WRITE);

    wfs_sql_bind_text(&s, row->name[0] == '\0' ? NULL : row->name);
    wfs_sql_bind_uint(&s, row->total_chunks);
    wfs_sql_bind_int(&s, row->updated_ms);
    wfs_sql_bind_uint(&s, row->received_chunks);
    wfs_sql_bind_uint(&s, row->received_bytes);
    wfs_sql_bind_uint(&s, row->contiguous_chunks);
    wfs_sql_bind_uint(&s, row->contiguous_bytes);
    wfs_sql_bind_uint(&s, row->placed_chunks);
    wfs_sql_bind_uint(&s, row->placed_bytes);
    wfs_sql_bind_uint(&s, row->prefix_chunks);
    wfs_sql_bind_uint(&s, row->prefix_bytes);
    wfs_sql_bind_blob(&s, row->digest.length == 0 ? NULL : row->digest.bytes,
                      row->digest.length);
    wfs_sql_bind_uint(&s, row->highest_index);
    wfs_sql_bind_uint(&s, row->head_bytes);
    wfs_sql_bind_int(&s, row->head_is_sealed ? 1 : 0);
    wfs_sql_bind_int(&s, row->is_created ? 1 : 0);
    wfs_sql_bind_uint(&s, row->size_bytes);
    wfs_sql_bind_uint(&s, row->reserved_bytes);
    wfs_sql_bind_int(&s, wfs_append_kind(row->is_append, row->is_partial));
    wfs_sql_bind_int(&s, row->is_salvaged ? 1 : 0);
    wfs_sql_bind_int(&s, row->row);
    return wfs_sql_run(&s, error);
}

wfs_status wfs_remove_upload_rows(wfs_sql_connection *connection, int64_t row,
                                  wfs_error *error)
{
    static const char *const statements[] = {
        "DELETE FROM chunk WHERE upload = ?",
        "DELETE FROM span WHERE upload = ?",
        "DELETE FROM head WHERE upload = ?",
        "DELETE FROM upload_metadata WHERE upload = ?",
        ("DELETE FROM note WHERE id = (SELECT id FROM upload WHERE row = ?)"
         " AND NOT EXISTS(SELECT 1 FROM recording WHERE id = note.id)"),
        "DELETE FROM upload WHERE row = ?",
    };
    wfs_status status = WFS_OK;

    for (size_t i = 0;
         i < sizeof statements / sizeof *statements && status == WFS_OK; i++) {
        wfs_sql s = wfs_sql_prepare(connection, statements[i]);

        wfs_sql_bind_int(&s, row);
        status = wfs_sql_run(&s, error);
    }
    return status;
}
