/*
 * sqlite.c - opening and closing the catalogue over SQLite.
 */
#include "sqlite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../error.h"
#include "../file.h"
#include "../store_internal.h"
#include "boot.h"
#include "check.h"
#include "parts.h"
#include "schema.h"

static void close_catalogue(wfs_catalogue *catalogue);

static const wfs_catalogue_api API = {
    .close = close_catalogue,
    .find_id = wfs_sqlite_find_id,
    .begin_upload = wfs_sqlite_begin_upload,
    .create_upload = wfs_sqlite_create_upload,
    .get_metadata = wfs_sqlite_get_metadata,
    .get_note = wfs_sqlite_get_note,
    .take_notes = wfs_sqlite_take_notes,
    .put_size = wfs_sqlite_put_size,
    .release_reservation = wfs_sqlite_release_reservation,
    .put_salvaged = wfs_sqlite_put_salvaged,
    .get_upload = wfs_sqlite_get_upload,
    .get_chunk = wfs_sqlite_get_chunk,
    .get_head = wfs_sqlite_get_head,
    .get_ranges = wfs_sqlite_get_ranges,
    .put_receipts = wfs_sqlite_put_receipts,
    .put_places = wfs_sqlite_put_places,
    .put_digest = wfs_sqlite_put_digest,
    .complete = wfs_sqlite_complete,
    .finish_rename = wfs_sqlite_finish_rename,
    .delete_upload = wfs_sqlite_delete_upload,
    .forget_upload = wfs_sqlite_forget_upload,
    .get_recording = wfs_sqlite_get_recording,
    .list_recordings = wfs_sqlite_list_recordings,
    .visit_recordings = wfs_sqlite_visit_recordings,
    .update_recording = wfs_sqlite_update_recording,
    .delete_recording = wfs_sqlite_delete_recording,
    .finish_unlink = wfs_sqlite_finish_unlink,
    .next_repair = wfs_sqlite_next_repair,
    .next_unproven = wfs_sqlite_next_unproven,
    .prove_chunk = wfs_sqlite_prove_chunk,
    .list_uploads = wfs_sqlite_list_uploads,
    .put_recordings = wfs_sqlite_put_recordings,
    .get_damage = wfs_sqlite_get_damage,
    .put_damage = wfs_sqlite_put_damage,
    .is_leaving = wfs_sqlite_is_leaving,
    .copy_to = wfs_sqlite_copy_to,
    .drop_unfinished = wfs_sqlite_drop_unfinished,
    .list_visible = wfs_sqlite_list_visible,
    .get_totals = wfs_sqlite_get_totals,
    .get_moment = wfs_sqlite_get_moment,
    .expire_upload = wfs_sqlite_expire_upload,
    .list_stored = wfs_sqlite_list_stored,
    .get_state = wfs_sqlite_get_state,
    .watch_clock = wfs_sqlite_watch_clock,
    .check = wfs_sqlite_check,
    .tend = wfs_sqlite_tend,
};

wfs_sqlite *wfs_sqlite_of(wfs_catalogue *catalogue)
{
    return (wfs_sqlite *)catalogue; /* `base` comes first */
}

int64_t wfs_sqlite_until(const wfs_sqlite *sqlite)
{
    return wfs_sqlite_now() + (int64_t)sqlite->options.tombstone_ms;
}

/* SQLite tells it after each commit. */
static int keep_journal_pages(void *data, sqlite3 *db, const char *name,
                              int pages)
{
    wfs_sqlite *sqlite = data;

    (void)db;
    (void)name;
    atomic_store(&sqlite->journal_pages, pages);
    return SQLITE_OK;
}

static void close_catalogue(wfs_catalogue *catalogue)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);

    if (sqlite->is_counted) {
        wfs_check_closed(sqlite);
    }
    wfs_sqlite_release_recent(&sqlite->recent);
    wfs_sqlite_release_readers(&sqlite->readers);
    wfs_sqlite_release_writers(&sqlite->writer);
    free(sqlite->path);
    free(sqlite);
}

static char *join(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);

    if (path != NULL) {
        (void)snprintf(path, size, "%s/%s", folder, name);
    }
    return path;
}

/* What is made empty of members, with its locks. */
static wfs_status make(const char *folder, int directory,
                       const wfs_catalogue_options *options,
                       wfs_sqlite **ret_sqlite, wfs_error *error)
{
    wfs_sqlite *sqlite = calloc(1, sizeof *sqlite);
    wfs_status status;

    if (sqlite == NULL ||
        (sqlite->path = join(folder, WFS_CATALOGUE_FILE)) == NULL) {
        free(sqlite);
        (void)wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                            "the store is out of memory");
        return WFS_ENOMEM;
    }
    sqlite->base.api = &API;
    sqlite->options = *options;
    wfs_sqlite_init_recent(&sqlite->recent);
    status = wfs_sqlite_init_writer(&sqlite->writer, directory, error);
    if (status == WFS_OK) {
        status = wfs_sqlite_init_readers(&sqlite->readers, error);
        if (status != WFS_OK) {
            wfs_sqlite_release_writers(&sqlite->writer);
        }
    }
    if (status != WFS_OK) {
        wfs_sqlite_release_recent(&sqlite->recent);
        free(sqlite->path);
        free(sqlite);
        return status;
    }
    *ret_sqlite = sqlite;
    return WFS_OK;
}

static wfs_status enter_wal(wfs_sql_connection *connection, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, "PRAGMA journal_mode=WAL");
    char mode[16] = "";
    bool has_row;
    wfs_status status = wfs_sql_step(&s, &has_row, error);

    if (has_row) {
        wfs_sql_read_text(&s, mode, sizeof mode);
    }
    wfs_sql_finish(&s);
    if (status == WFS_OK && strcmp(mode, "wal") != 0) {
        status = wfs_error_set(error, WFS_EIO, 0, "PRAGMA journal_mode",
                               "the catalogue cannot keep a journal here");
    }
    return status;
}

/* The writer is acquired; on failure it is released. */
static wfs_status keep_copy(wfs_sqlite *sqlite, int directory,
                            int64_t *ret_version, wfs_error *error)
{
    wfs_sql_connection *connection = &sqlite->writer.connection;
    wfs_status status = wfs_schema_read_version(connection, ret_version, error);

    if (status == WFS_OK && *ret_version != 0 &&
        *ret_version < WFS_SCHEMA_VERSION) {
        status = wfs_schema_keep_copy(connection, directory, sqlite->path,
                                      *ret_version, error);
    }
    if (status != WFS_OK) {
        wfs_sqlite_release_writer(sqlite);
    }
    return status;
}

static wfs_status prepare_tables(wfs_sqlite *sqlite, wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_acquired(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status == WFS_OK) {
        status =
            wfs_schema_prepare(connection, sqlite->options.may_create, error);
        if (status == WFS_OK) {
            status = wfs_boot_register(connection, &sqlite->boot, error);
        }
        if (status == WFS_OK) {
            status =
                wfs_check_opened(connection, sqlite->options.is_alone, error);
        }
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}

/* Older tables are copied first, and nobody writes in between. */
static wfs_status prepare(wfs_sqlite *sqlite, int directory, wfs_error *error)
{
    int64_t version = 0;
    wfs_status status =
        wfs_sqlite_acquire_writer(sqlite, WFS_SQLITE_HASTY, error);

    if (status == WFS_OK) {
        status = keep_copy(sqlite, directory, &version, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    status = prepare_tables(sqlite, error);
    if (status == WFS_ENOSPC && version != 0 && version < WFS_SCHEMA_VERSION) {
        wfs_schema_remove_copy(directory, version);
    }
    return status;
}

/* One process at a time, since the first may be making the file. */
static wfs_status open_writer(wfs_sqlite *sqlite, int directory,
                              wfs_error *error)
{
    wfs_sql_connection *connection = &sqlite->writer.connection;
    wfs_status status =
        wfs_sqlite_acquire_writer(sqlite, WFS_SQLITE_HASTY, error);

    if (status != WFS_OK) {
        return status;
    }
    if (sqlite->options.may_create) {
        status = wfs_sqlite_make_file(directory, error);
    }
    if (status == WFS_OK) {
        status = wfs_sql_open(connection, sqlite->path, false, error);
    }
    if (status == WFS_OK) {
        (void)sqlite3_wal_hook(connection->db, keep_journal_pages, sqlite);
        status = enter_wal(connection, error);
    }
    if (status == WFS_OK && sqlite->options.may_create) {
        status = wfs_file_sync(directory, error);
    }
    wfs_sqlite_release_writer(sqlite);
    return status;
}

static wfs_status open_in(const char *folder, int directory,
                          const wfs_catalogue_options *options,
                          wfs_catalogue **ret_catalogue, wfs_error *error)
{
    wfs_sqlite *sqlite = NULL;
    wfs_status status = wfs_sqlite_check_files(directory, error);

    if (status == WFS_OK) {
        status = make(folder, directory, options, &sqlite, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    status = open_writer(sqlite, directory, error);
    if (status == WFS_OK) {
        status = prepare(sqlite, directory, error);
    }
    if (status != WFS_OK) {
        close_catalogue(&sqlite->base);
        return status;
    }
    sqlite->is_counted = true;
    wfs_sqlite_watch_moments(sqlite);
    *ret_catalogue = &sqlite->base;
    return WFS_OK;
}

wfs_status wfs_catalogue_open_sqlite(const char *folder,
                                     const wfs_catalogue_options *options,
                                     wfs_catalogue **ret_catalogue,
                                     wfs_error *error)
{
    int directory;
    wfs_status status =
        wfs_file_open_directory(AT_FDCWD, folder, true, &directory, error);

    if (status != WFS_OK) {
        return status;
    }
    status = open_in(folder, directory, options, ret_catalogue, error);
    wfs_file_close(directory);
    return status;
}
