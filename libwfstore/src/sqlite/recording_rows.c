/*
 * recording_rows.c - the table of recordings.
 */
#include <stdlib.h>

#include "../error.h"
#include "../fold.h"
#include "rows.h"

static const char SQL_FIND[] =
    "SELECT " WFS_RECORDING_COLUMNS " FROM recording WHERE id = ?";

static const char SQL_INSERT[] =
    "INSERT INTO recording(part, chunks, id, filename, name, timestamp, stored,"
    " size, duration, mime, codec, channels, rate, sha256, metadata, folded)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static void bind_public(wfs_sql *s, const wfs_recording *recording)
{
    wfs_sql_bind_text(s, recording->id);
    wfs_sql_bind_text(s, recording->filename);
    wfs_sql_bind_text(s, recording->name);
    wfs_sql_bind_int(s, recording->timestamp_ms);
    wfs_sql_bind_int(s, recording->stored_ms);
    wfs_sql_bind_uint(s, recording->size_bytes);
    if (recording->has_duration) {
        wfs_sql_bind_real(s, recording->duration_seconds);
    } else {
        wfs_sql_bind_null(s);
    }
    wfs_sql_bind_text(s, recording->mime_type);
    wfs_sql_bind_text(s, recording->codec);
    wfs_sql_bind_int(s, recording->channels);
    wfs_sql_bind_int(s, recording->sample_rate);
    wfs_sql_bind_blob(s, recording->has_sha256 ? recording->sha256 : NULL,
                      sizeof recording->sha256);
    wfs_sql_bind_text(s,
                      recording->metadata == NULL ? "{}" : recording->metadata);
}

wfs_status wfs_insert_recording(wfs_sql_connection *connection,
                                const wfs_upload_row *upload,
                                const wfs_recording *recording,
                                wfs_error *error)
{
    char folded[WFS_FOLDED_BYTES];
    wfs_sql s = wfs_sql_prepare(connection, SQL_INSERT);

    wfs_fold(recording->name, folded);
    wfs_sql_bind_uint(&s,
                      upload->row == 0 ? WFS_UNKNOWN : (uint64_t)upload->row);
    wfs_sql_bind_uint(&s, upload->received_chunks);
    bind_public(&s, recording);
    wfs_sql_bind_text(&s, folded);
    return wfs_sql_run(&s, error);
}

static int64_t read_part(wfs_sql *s)
{
    uint64_t part = wfs_sql_read_uint(s);

    return part == WFS_UNKNOWN ? 0 : (int64_t)part;
}

static void read_public(wfs_sql *s, wfs_recording *recording)
{
    wfs_sql_read_text(s, recording->id, sizeof recording->id);
    wfs_sql_read_text(s, recording->filename, sizeof recording->filename);
    wfs_sql_read_text(s, recording->name, sizeof recording->name);
    recording->timestamp_ms = wfs_sql_read_int(s);
    recording->stored_ms = wfs_sql_read_int(s);
    recording->size_bytes = wfs_sql_read_uint(s);
    recording->duration_seconds =
        wfs_sql_read_real(s, &recording->has_duration);
    wfs_sql_read_text(s, recording->mime_type, sizeof recording->mime_type);
    wfs_sql_read_text(s, recording->codec, sizeof recording->codec);
    recording->channels = (uint32_t)wfs_sql_read_uint(s);
    recording->sample_rate = (uint32_t)wfs_sql_read_uint(s);
    recording->has_sha256 =
        wfs_sql_read_blob(s, recording->sha256, sizeof recording->sha256) ==
        sizeof recording->sha256;
    recording->metadata = wfs_sql_read_new_text(s);
}

/* In its place: pages are made of hundreds of them. */
wfs_status wfs_read_recording(wfs_sql *s, wfs_recording_row *to,
                              wfs_error *error)
{
    wfs_status status;

    to->seq = wfs_sql_read_int(s);
    to->part = read_part(s);
    to->chunks = wfs_sql_read_uint(s);
    read_public(s, &to->recording);
    status = wfs_sql_check(s, error);
    if (status != WFS_OK) {
        wfs_recording_release(&to->recording);
    }
    return status;
}

wfs_status wfs_find_recording_row(wfs_sql_connection *connection,
                                  const char *id, wfs_recording_row *ret_row,
                                  wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_FIND);
    bool has_row;
    wfs_status status;

    wfs_sql_bind_text(&s, id);
    status = wfs_sql_step(&s, &has_row, error);
    if (has_row) {
        status = wfs_read_recording(&s, ret_row, error);
    } else if (status == WFS_OK) {
        status = wfs_error_set(error, WFS_ENORECORDING, 0, NULL,
                               "there is no such recording");
    }
    wfs_sql_finish(&s);
    return status;
}
