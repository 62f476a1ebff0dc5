/*
 * readers.c - the few connections that read, borrowed by turns.
 */
#include "../error.h"
#include "sqlite.h"

wfs_status wfs_sqlite_init_readers(wfs_sqlite_readers *readers,
                                   wfs_error *error)
{
    for (size_t i = 0; i < WFS_SQLITE_READERS_MAX; i++) {
        readers->is_taken[i] = false;
        readers->connections[i] = (wfs_sql_connection)WFS_SQL_CONNECTION_INIT;
    }
    return wfs_sqlite_init_condition(&readers->mutex, &readers->released,
                                     error);
}

void wfs_sqlite_release_readers(wfs_sqlite_readers *readers)
{
    for (size_t i = 0; i < WFS_SQLITE_READERS_MAX; i++) {
        wfs_sql_close(&readers->connections[i]);
    }
    (void)pthread_cond_destroy(&readers->released);
    (void)pthread_mutex_destroy(&readers->mutex);
}

/* The one used last is the one with a warm cache, so the first free is best. */
static wfs_sql_connection *take_free(wfs_sqlite_readers *readers)
{
    for (size_t i = 0; i < WFS_SQLITE_READERS_MAX; i++) {
        if (!readers->is_taken[i]) {
            readers->is_taken[i] = true;
            return &readers->connections[i];
        }
    }
    return NULL;
}

static wfs_sql_connection *wait_for_free(wfs_sqlite_readers *readers)
{
    wfs_sql_connection *connection;
    struct timespec deadline;
    int code = 0;

    (void)pthread_mutex_lock(&readers->mutex);
    connection = take_free(readers);
    if (connection == NULL) {
        wfs_sqlite_deadline(WFS_SQL_BUSY_MS, &deadline);
    }
    while (connection == NULL && code == 0) {
        code = pthread_cond_timedwait(&readers->released, &readers->mutex,
                                      &deadline);
        connection = take_free(readers);
    }
    (void)pthread_mutex_unlock(&readers->mutex);
    return connection;
}

static wfs_status open_once(wfs_sqlite *sqlite, wfs_sql_connection *connection,
                            wfs_error *error)
{
    wfs_status status;

    if (connection->db != NULL) {
        return WFS_OK;
    }
    status = wfs_sql_open(connection, sqlite->path, false, error);
    if (status == WFS_OK) {
        status = wfs_sql_execute(connection, "PRAGMA query_only=ON", error);
    }
    if (status != WFS_OK) {
        wfs_sql_close(connection);
    }
    return status;
}

wfs_status wfs_sqlite_acquire_reader(wfs_sqlite *sqlite,
                                     wfs_sql_connection **ret_connection,
                                     wfs_error *error)
{
    wfs_sql_connection *connection = wait_for_free(&sqlite->readers);
    wfs_status status;

    if (connection == NULL) {
        (void)wfs_error_set(error, WFS_ELOCKED, 0, "pthread_cond_timedwait",
                            "the catalogue is busy");
        return WFS_ELOCKED;
    }
    status = open_once(sqlite, connection, error);
    if (status != WFS_OK) {
        wfs_sqlite_release_reader(sqlite, connection);
        return status;
    }
    *ret_connection = connection;
    return WFS_OK;
}

void wfs_sqlite_release_reader(wfs_sqlite *sqlite,
                               const wfs_sql_connection *connection)
{
    wfs_sqlite_readers *readers = &sqlite->readers;

    (void)pthread_mutex_lock(&readers->mutex);
    readers->is_taken[connection - readers->connections] = false;
    (void)pthread_cond_signal(&readers->released);
    (void)pthread_mutex_unlock(&readers->mutex);
}

wfs_status wfs_sqlite_begin_read(wfs_sqlite *sqlite,
                                 wfs_sql_connection **ret_connection,
                                 wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_acquire_reader(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_sql_run_text(connection, "BEGIN", error);
    if (status != WFS_OK) {
        wfs_sqlite_release_reader(sqlite, connection);
        return status;
    }
    *ret_connection = connection;
    return WFS_OK;
}

void wfs_sqlite_end_read(wfs_sqlite *sqlite, wfs_sql_connection *connection)
{
    if (wfs_sql_run_text(connection, "COMMIT", NULL) != WFS_OK) {
        wfs_sql_close(connection); /* opened anew by the next reader */
    }
    wfs_sqlite_release_reader(sqlite, connection);
}
