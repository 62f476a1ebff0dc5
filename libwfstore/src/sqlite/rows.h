/*
 * rows.h - reading and writing the rows of uploads, chunks and recordings.
 */
#ifndef WFS_SQLITE_ROWS_H
#define WFS_SQLITE_ROWS_H

#include "sql.h"

/* Columns in the order in which the readers below expect them. */
#define WFS_UPLOAD_COLUMNS                                                     \
    "row, id, name, total, chunk_size, created, updated, chunks, bytes, "      \
    "contiguous, contiguous_bytes, placed, placed_bytes, prefix, "             \
    "prefix_bytes, digest, highest, head_bytes, head_sealed, visible, size, "  \
    "reserved, append, salvaged"
#define WFS_CHUNK_COLUMNS "idx, size, place, at, sha256"
#define WFS_RECORDING_COLUMNS                                                  \
    "seq, part, chunks, id, filename, name, timestamp, stored, size, "         \
    "duration, mime, codec, channels, rate, sha256, metadata"

/* What a transaction adds to the totals; may be negative. */
typedef struct wfs_totals_change {
    int64_t recordings;
    int64_t recording_bytes;
    int64_t uploads;
    int64_t upload_bytes;
    int64_t reserved_bytes;
    int64_t generation;
    int64_t damaged;
} wfs_totals_change;

/* What upload.append holds. */
enum { APPEND_NO = 0, APPEND_YES = 1, APPEND_PARTIAL = 2 };

static inline int wfs_append_kind(bool is_append, bool is_partial)
{
    return !is_append ? APPEND_NO : is_partial ? APPEND_PARTIAL : APPEND_YES;
}

/* Read the row the statement stands on. */
wfs_status wfs_read_upload(wfs_sql *s, wfs_upload_row *ret_row,
                           wfs_error *error);
wfs_status wfs_read_chunk(wfs_sql *s, wfs_chunk_row *ret_row, wfs_error *error);
/* New metadata; every member is written, also if it fails. */
wfs_status wfs_read_recording(wfs_sql *s, wfs_recording_row *to,
                              wfs_error *error);

/* By row or by id. WFS_ENOUPLOAD. */
wfs_status wfs_get_upload_row(wfs_sql_connection *connection, int64_t row,
                              wfs_upload_row *ret_row, wfs_error *error);
wfs_status wfs_find_upload_row(wfs_sql_connection *connection, const char *id,
                               wfs_upload_row *ret_row, wfs_error *error);

/* Everything of an upload that changes; `updated` becomes now. */
wfs_status wfs_write_upload_row(wfs_sql_connection *connection,
                                const wfs_upload_row *row, wfs_error *error);

/* WFS_ENOUPLOAD. */
wfs_status wfs_get_chunk_row(wfs_sql_connection *connection, int64_t row,
                             uint64_t index, wfs_chunk_row *ret_chunk,
                             wfs_error *error);

/* The upload, its chunks, spans and head; not what they add to the totals. */
wfs_status wfs_remove_upload_rows(wfs_sql_connection *connection, int64_t row,
                                  wfs_error *error);

/* note.c: put spec->note, if there is one; forget the one of a recording. */
wfs_status wfs_put_note(wfs_sql_connection *connection,
                        const wfs_upload_spec *spec, wfs_error *error);
wfs_status wfs_forget_note(wfs_sql_connection *connection, const char *id,
                           wfs_error *error);

/* How an upload leaves the totals. */
wfs_totals_change wfs_without_upload(const wfs_upload_row *row);

/* WFS_ENORECORDING. */
wfs_status wfs_find_recording_row(wfs_sql_connection *connection,
                                  const char *id, wfs_recording_row *ret_row,
                                  wfs_error *error);

/* A completed upload as a recording whose file is still its part. */
wfs_status wfs_insert_recording(wfs_sql_connection *connection,
                                const wfs_upload_row *upload,
                                const wfs_recording *recording,
                                wfs_error *error);

/*
 * What an id stands for that is no upload: WFS_ID_RECORDING, WFS_ID_GONE
 * (deleted lately, or its file is still to be removed), WFS_ID_FREE.
 */
wfs_status wfs_find_other_kind(wfs_sql_connection *connection, const char *id,
                               wfs_id_kind *ret_kind, wfs_error *error);

/* What an id stands for; `ret_row` is set for WFS_ID_UPLOAD. */
wfs_status wfs_find_kind(wfs_sql_connection *connection, const char *id,
                         wfs_id_kind *ret_kind, wfs_upload_row *ret_row,
                         wfs_error *error);

/* reserve.c: what a new upload reserves. WFS_EQUOTA. */
wfs_status wfs_reserve_first(wfs_sql_connection *connection,
                             const wfs_upload_spec *spec,
                             uint64_t *ret_reserved, wfs_error *error);

/*
 * A new upload of a free id. `is_created`: for a client, visible at once, with
 * what is told of it; else its first receipt tells. The totals follow.
 * WFS_EINVAL, WFS_EUPLOADS, WFS_EQUOTA.
 */
wfs_status wfs_insert_upload(wfs_sql_connection *connection,
                             const wfs_upload_spec *spec, bool is_created,
                             wfs_upload_row *ret_row, wfs_error *error);

/* The failure of asking for an upload of an `id` of that kind. */
wfs_status wfs_refuse_kind(wfs_id_kind kind, wfs_error *error);

/* Leave a tombstone for `id`. */
wfs_status wfs_put_gone(wfs_sql_connection *connection, const char *id,
                        const char *filename, int64_t part, int64_t until_ms,
                        wfs_error *error);

wfs_status wfs_add_totals(wfs_sql_connection *connection,
                          const wfs_totals_change *change, wfs_error *error);
wfs_status wfs_read_totals(wfs_sql_connection *connection,
                           wfs_totals *ret_totals, wfs_error *error);

#endif
