/*
 * writer.c - the one connection that writes, and who may use it.
 */
#include "../error.h"
#include "../file.h"
#include "../store_internal.h"
#include "sqlite.h"

wfs_status wfs_sqlite_init_writer(wfs_sqlite_writer *writer, int folder,
                                  wfs_error *error)
{
    wfs_status status;

    writer->connection = (wfs_sql_connection)WFS_SQL_CONNECTION_INIT;
    status = wfs_file_open(folder, WFS_STORE_LOCK_FILE, WFS_FILE_CREATE,
                           &writer->lock, error);
    if (status != WFS_OK) {
        return status;
    }
    status = wfs_sqlite_init_condition(&writer->mutex, &writer->called, error);
    if (status != WFS_OK) {
        wfs_file_close(writer->lock);
    }
    return status;
}

/*
 * The last connection of all moves the journal into the file, with SQLite's own
 * lock held meanwhile, which nobody waits for longer than WFS_SQL_BUSY_MS. Who
 * opens the catalogue waits for ours, as long as that takes.
 */
static void close_connection(wfs_sqlite_writer *writer)
{
    bool is_locked = writer->connection.db != NULL &&
                     wfs_file_wait_lock(writer->lock, WFS_STORE_LOCK_WRITE, 1,
                                        NULL) == WFS_OK;

    wfs_sql_close(&writer->connection);
    if (is_locked) {
        (void)wfs_file_unlock(writer->lock, WFS_STORE_LOCK_WRITE, 1, NULL);
    }
}

void wfs_sqlite_release_writers(wfs_sqlite_writer *writer)
{
    close_connection(writer);
    (void)pthread_cond_destroy(&writer->called);
    (void)pthread_mutex_destroy(&writer->mutex);
    wfs_file_close(writer->lock);
}

static void join_line(wfs_sqlite_writer *writer, wfs_sqlite_waiter *waiter)
{
    wfs_sqlite_waiter **end = &writer->line;

    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = waiter;
}

static void leave_line(wfs_sqlite_writer *writer, wfs_sqlite_waiter *waiter)
{
    wfs_sqlite_waiter **place = &writer->line;

    while (*place != waiter) {
        place = &(*place)->next;
    }
    *place = waiter->next;
}

/* With the mutex held. False: nobody has called in time. */
static bool await_call(wfs_sqlite_writer *writer, wfs_sqlite_patience patience)
{
    wfs_sqlite_waiter self = {0};
    struct timespec deadline;
    int code = 0;

    wfs_sqlite_deadline(WFS_SQL_BUSY_MS, &deadline);
    join_line(writer, &self);
    while (!self.is_called && code == 0) {
        code = patience == WFS_SQLITE_PATIENT
                   ? pthread_cond_wait(&writer->called, &writer->mutex)
                   : pthread_cond_timedwait(&writer->called, &writer->mutex,
                                            &deadline);
    }
    if (!self.is_called) {
        leave_line(writer, &self);
    }
    return self.is_called;
}

static bool take_turn(wfs_sqlite_writer *writer, wfs_sqlite_patience patience)
{
    bool is_mine;

    (void)pthread_mutex_lock(&writer->mutex);
    is_mine = !writer->is_taken || await_call(writer, patience);
    if (is_mine) {
        writer->is_taken = true;
    }
    (void)pthread_mutex_unlock(&writer->mutex);
    return is_mine;
}

/* To the first in line: whoever comes back at once comes after it. */
static void give_turn(wfs_sqlite_writer *writer)
{
    wfs_sqlite_waiter *next;

    (void)pthread_mutex_lock(&writer->mutex);
    next = writer->line;
    writer->is_taken = next != NULL;
    if (next != NULL) {
        writer->line = next->next;
        next->is_called = true;
        (void)pthread_cond_broadcast(&writer->called);
    }
    (void)pthread_mutex_unlock(&writer->mutex);
}

wfs_status wfs_sqlite_acquire_writer(wfs_sqlite *sqlite,
                                     wfs_sqlite_patience patience,
                                     wfs_error *error)
{
    wfs_sqlite_writer *writer = &sqlite->writer;
    wfs_status status;

    if (!take_turn(writer, patience)) {
        return wfs_error_set(error, WFS_ELOCKED, 0, "pthread_cond_timedwait",
                             "the catalogue is busy");
    }
    status = wfs_file_wait_lock(writer->lock, WFS_STORE_LOCK_WRITE, 1, error);
    if (status != WFS_OK) {
        give_turn(writer);
    }
    return status;
}

void wfs_sqlite_release_writer(wfs_sqlite *sqlite)
{
    (void)wfs_file_unlock(sqlite->writer.lock, WFS_STORE_LOCK_WRITE, 1, NULL);
    give_turn(&sqlite->writer);
}

/*
 * A sync of the journal has failed, and the kernel will not try those pages
 * again: commits that were not synced themselves may be lost in the middle of
 * it, and with them all behind. So what the journal holds is moved into the
 * file, and it begins anew.
 */
static wfs_status renew_journal(wfs_sqlite_writer *writer, wfs_error *error)
{
    wfs_sql_connection *connection = &writer->connection;
    int code;

    if (!writer->is_doubtful) {
        return WFS_OK;
    }
    code = sqlite3_wal_checkpoint_v2(connection->db, NULL,
                                     SQLITE_CHECKPOINT_RESTART, NULL, NULL);
    if (code != SQLITE_OK) {
        return wfs_sql_fail(connection, code, "sqlite3_wal_checkpoint_v2",
                            error);
    }
    writer->is_doubtful = false;
    return WFS_OK;
}

wfs_status wfs_sqlite_begin_acquired(wfs_sqlite *sqlite, wfs_sqlite_sync sync,
                                     wfs_sql_connection **ret_connection,
                                     wfs_error *error)
{
    wfs_sql_connection *connection = &sqlite->writer.connection;
    wfs_status status = renew_journal(&sqlite->writer, error);

    if (status == WFS_OK) {
        status = wfs_sql_set_full(connection, sync == WFS_SQLITE_FULL, error);
    }
    if (status == WFS_OK) {
        status = wfs_sql_run_text(connection, "BEGIN IMMEDIATE", error);
    }
    if (status != WFS_OK) {
        wfs_sqlite_release_writer(sqlite);
        return status;
    }
    *ret_connection = connection;
    return WFS_OK;
}

static wfs_status begin_write(wfs_sqlite *sqlite, wfs_sqlite_sync sync,
                              wfs_sqlite_patience patience,
                              wfs_sql_connection **ret_connection,
                              wfs_error *error)
{
    wfs_status status = wfs_sqlite_acquire_writer(sqlite, patience, error);

    if (status != WFS_OK) {
        return status;
    }
    return wfs_sqlite_begin_acquired(sqlite, sync, ret_connection, error);
}

wfs_status wfs_sqlite_begin_write(wfs_sqlite *sqlite, wfs_sqlite_sync sync,
                                  wfs_sql_connection **ret_connection,
                                  wfs_error *error)
{
    return begin_write(sqlite, sync, WFS_SQLITE_HASTY, ret_connection, error);
}

wfs_status wfs_sqlite_await_write(wfs_sqlite *sqlite, wfs_sqlite_sync sync,
                                  wfs_sql_connection **ret_connection,
                                  wfs_error *error)
{
    return begin_write(sqlite, sync, WFS_SQLITE_PATIENT, ret_connection, error);
}

wfs_status wfs_sqlite_commit(wfs_sqlite *sqlite, wfs_status status,
                             wfs_error *error)
{
    wfs_sql_connection *connection = &sqlite->writer.connection;

    if (status == WFS_OK) {
        status = wfs_sql_run_text(connection, "COMMIT", error);
        sqlite->writer.is_doubtful |= status == WFS_EIO;
    }
    if (sqlite3_get_autocommit(connection->db) == 0) {
        (void)wfs_sql_run_text(connection, "ROLLBACK", NULL);
    }
    return status;
}

wfs_status wfs_sqlite_end_write(wfs_sqlite *sqlite, wfs_status status,
                                wfs_error *error)
{
    status = wfs_sqlite_commit(sqlite, status, error);
    wfs_sqlite_release_writer(sqlite);
    return status;
}
