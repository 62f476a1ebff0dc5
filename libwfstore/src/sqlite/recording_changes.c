/*
 * recording_changes.c - renaming, changing metadata, deleting.
 */
#include <stdlib.h>
#include <string.h>

#include "../error.h"
#include "../fold.h"
#include "../json.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_UPDATE[] =
    "UPDATE recording SET name = ?, folded = ?, metadata = ? WHERE id = ?";
static const char SQL_DELETE[] = "DELETE FROM recording WHERE id = ?";
static const char SQL_FORGET_DAMAGE[] = "DELETE FROM damaged WHERE id = ?";

static wfs_status check_etag(const wfs_recording *recording,
                             const char *if_match, wfs_error *error)
{
    char etag[WFS_ETAG_BYTES];
    wfs_status status;

    if (if_match == NULL) {
        return WFS_OK;
    }
    status = wfs_recording_get_etag(recording, etag);
    if (status != WFS_OK) {
        return wfs_error_set(error, status, 0, "wfs_recording_get_etag",
                             "the state of the recording cannot be told");
    }
    if (strcmp(etag, if_match) != 0) {
        return wfs_error_set(error, WFS_ECHANGED, 0, NULL,
                             "the recording was changed meanwhile");
    }
    return WFS_OK;
}

static wfs_status change_metadata(wfs_recording *recording,
                                  const wfs_recording_change *change,
                                  wfs_error *error)
{
    const char *base = change->remove_metadata ? "{}" : recording->metadata;
    char *text = NULL;
    wfs_status status;

    if (change->metadata_patch == NULL && !change->remove_metadata) {
        return WFS_OK;
    }
    if (change->metadata_patch == NULL) {
        status = wfs_json_compact_metadata("{}", 2, &text, error);
    } else {
        status = wfs_json_merge_metadata(base, change->metadata_patch,
                                         change->metadata_patch_length, &text,
                                         error);
    }
    if (status == WFS_OK) {
        free(recording->metadata);
        recording->metadata = text;
    }
    return status;
}

static wfs_status change_name(wfs_recording *recording, const char *name,
                              wfs_error *error)
{
    size_t length;

    if (name == NULL) {
        return WFS_OK;
    }
    length = strlen(name);
    if (!wfs_name_is_valid(name, length)) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the name is empty, too long, or holds control "
                             "characters");
    }
    memcpy(recording->name, name, length + 1);
    return WFS_OK;
}

static wfs_status write_changed(wfs_sql_connection *connection,
                                const wfs_recording *recording,
                                wfs_error *error)
{
    static const wfs_totals_change change = {.generation = 1};
    char folded[WFS_FOLDED_BYTES];
    wfs_sql s = wfs_sql_prepare(connection, SQL_UPDATE);
    wfs_status status;

    wfs_fold(recording->name, folded);
    wfs_sql_bind_text(&s, recording->name);
    wfs_sql_bind_text(&s, folded);
    wfs_sql_bind_text(&s, recording->metadata);
    wfs_sql_bind_text(&s, recording->id);
    status = wfs_sql_run(&s, error);
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

static wfs_status update(wfs_sql_connection *connection, const char *id,
                         const wfs_recording_change *change,
                         wfs_recording_row *row, wfs_error *error)
{
    wfs_status status = wfs_find_recording_row(connection, id, row, error);

    if (status == WFS_OK) {
        status = check_etag(&row->recording, change->if_match, error);
    }
    if (status == WFS_OK) {
        status = change_name(&row->recording, change->name, error);
    }
    if (status == WFS_OK) {
        status = change_metadata(&row->recording, change, error);
    }
    if (status == WFS_OK) {
        status = write_changed(connection, &row->recording, error);
    }
    return status;
}

static wfs_status forget_damage(wfs_sql_connection *connection, const char *id,
                                wfs_totals_change *change, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_FORGET_DAMAGE);
    wfs_status status;

    wfs_sql_bind_text(&s, id);
    status = wfs_sql_run(&s, error);
    if (status == WFS_OK) {
        change->damaged = -sqlite3_changes(connection->db);
    }
    return status;
}

static wfs_status remove_recording(wfs_sql_connection *connection,
                                   const char *id, const char *if_match,
                                   int64_t until_ms, wfs_recording_row *row,
                                   wfs_error *error)
{
    wfs_totals_change change = {.recordings = -1, .generation = 1};
    wfs_sql s;
    wfs_status status = wfs_find_recording_row(connection, id, row, error);

    if (status == WFS_OK) {
        status = check_etag(&row->recording, if_match, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    change.recording_bytes = -(int64_t)row->recording.size_bytes;
    s = wfs_sql_prepare(connection, SQL_DELETE);
    wfs_sql_bind_text(&s, id);
    status = wfs_sql_run(&s, error);
    if (status == WFS_OK) {
        status = wfs_forget_note(connection, id, error);
    }
    if (status == WFS_OK) {
        status = forget_damage(connection, id, &change, error);
    }
    if (status == WFS_OK) {
        status = wfs_put_gone(connection, id, row->recording.filename,
                              row->part, until_ms, error);
    }
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

static wfs_status give_row(wfs_status status, wfs_recording_row *row,
                           wfs_recording_row *ret_row)
{
    if (status == WFS_OK) {
        *ret_row = *row;
    } else {
        wfs_recording_release(&row->recording);
    }
    return status;
}

wfs_status wfs_sqlite_update_recording(wfs_catalogue *catalogue, const char *id,
                                       const wfs_recording_change *change,
                                       wfs_recording_row *ret_row,
                                       wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_recording_row row = {0};
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = update(connection, id, change, &row, error);
    status = wfs_sqlite_end_write(sqlite, status, error);
    return give_row(status, &row, ret_row);
}

wfs_status wfs_sqlite_delete_recording(wfs_catalogue *catalogue, const char *id,
                                       const char *if_match,
                                       wfs_recording_row *ret_row,
                                       wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_recording_row row = {0};
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = remove_recording(connection, id, if_match,
                              wfs_sqlite_until(sqlite), &row, error);
    status = wfs_sqlite_end_write(sqlite, status, error);
    return give_row(status, &row, ret_row);
}
