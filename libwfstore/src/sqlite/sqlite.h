/*
 * sqlite.h - the catalogue over SQLite: its parts, and how they are shared.
 *
 * One connection writes, a few read. Every function of the catalogue is
 *
 *     begin_write -> statements -> end_write     one transaction
 *     begin_read  -> statements -> end_read      one snapshot
 *
 * and the end is reached on every path, so that no failure leaves a
 * transaction open. Reading one row needs none: a statement is its own
 * snapshot. Writers of all processes exclude each other by a lock on the
 * store's lock file: they wait asleep, in turn, and SQLite's own locks are
 * always free when BEGIN IMMEDIATE asks for them (but of foreign tools).
 */
#ifndef WFS_SQLITE_H
#define WFS_SQLITE_H

#include <pthread.h>
#include <stdatomic.h>

#include "recent.h"
#include "sql.h"

#define WFS_SQLITE_READERS_MAX 4

/* A thread in line for the writer, on its stack. */
typedef struct wfs_sqlite_waiter wfs_sqlite_waiter;
struct wfs_sqlite_waiter {
    wfs_sqlite_waiter *next;
    bool is_called;
};

/* `lock` is the descriptor whose lock excludes other processes; `is_taken` by
 * a thread of this one, behind which the others stand in `line`.
 * `is_doubtful`: a commit could not be written. */
typedef struct wfs_sqlite_writer {
    pthread_mutex_t mutex;
    pthread_cond_t called;
    wfs_sqlite_waiter *line;
    bool is_taken;
    bool is_doubtful;
    int lock;
    wfs_sql_connection connection;
} wfs_sqlite_writer;

typedef struct wfs_sqlite_readers {
    pthread_mutex_t mutex;
    pthread_cond_t released;
    bool is_taken[WFS_SQLITE_READERS_MAX];
    wfs_sql_connection connections[WFS_SQLITE_READERS_MAX];
} wfs_sqlite_readers;

/*
 * `boot` is the row of the running kernel's boot id; 0: it has none.
 * `is_counted`: as one who has the catalogue open.
 * `index` is the beginning of SQLite's index of the journal, in memory that
 * all processes share (moment.c); NULL: it cannot be read.
 * `journal_pages` is how long the journal was after this process's last
 * commit, `checkpoint_ms` when it was last moved into the file.
 */
struct wfs_sqlite {
    wfs_catalogue base;
    wfs_catalogue_options options;
    char *path;
    int64_t boot;
    bool is_counted;
    const volatile uint32_t *index;
    atomic_int journal_pages;
    _Atomic int64_t checkpoint_ms;
    wfs_sqlite_writer writer;
    wfs_sqlite_readers readers;
    wfs_sqlite_recent recent;
};

/* Whether a catalogue may lie in this folder, and its files are files. */
wfs_status wfs_sqlite_check_files(int directory, wfs_error *error);

/* Make the catalogue's file, empty and of mode 0640, if it is missing. */
wfs_status wfs_sqlite_make_file(int directory, wfs_error *error);

/* The object behind the interface. */
wfs_sqlite *wfs_sqlite_of(wfs_catalogue *catalogue);

/* Once the writer is open: from now on the catalogue can tell moments. */
void wfs_sqlite_watch_moments(wfs_sqlite *sqlite);

/* Unix milliseconds. */
int64_t wfs_sqlite_now(void);

/* When a tombstone made now is up. */
int64_t wfs_sqlite_until(const wfs_sqlite *sqlite);

/* Whether a commit waits until it is on stable storage. */
typedef enum wfs_sqlite_sync {
    WFS_SQLITE_LAZY,
    WFS_SQLITE_FULL
} wfs_sqlite_sync;

/*
 * Who has done nothing yet is told WFS_ELOCKED after WFS_SQL_BUSY_MS in line.
 * Who would throw work away, and do it again, waits for its turn: on a slow
 * disk, which others write to as well, it would never be done.
 */
typedef enum wfs_sqlite_patience {
    WFS_SQLITE_HASTY,
    WFS_SQLITE_PATIENT
} wfs_sqlite_patience;

/* Hasty. On failure nothing is begun. */
wfs_status wfs_sqlite_begin_write(wfs_sqlite *sqlite, wfs_sqlite_sync sync,
                                  wfs_sql_connection **ret_connection,
                                  wfs_error *error);

/* The same, patient. */
wfs_status wfs_sqlite_await_write(wfs_sqlite *sqlite, wfs_sqlite_sync sync,
                                  wfs_sql_connection **ret_connection,
                                  wfs_error *error);

/* Commit if `status` is WFS_OK, else roll back; returns what became of it. */
wfs_status wfs_sqlite_end_write(wfs_sqlite *sqlite, wfs_status status,
                                wfs_error *error);

/* The same, and keep the writer. */
wfs_status wfs_sqlite_commit(wfs_sqlite *sqlite, wfs_status status,
                             wfs_error *error);

/* As begin_write, by who has the writer already; on failure it is released. */
wfs_status wfs_sqlite_begin_acquired(wfs_sqlite *sqlite, wfs_sqlite_sync sync,
                                     wfs_sql_connection **ret_connection,
                                     wfs_error *error);

/* The writer without a transaction, for opening. */
wfs_status wfs_sqlite_acquire_writer(wfs_sqlite *sqlite,
                                     wfs_sqlite_patience patience,
                                     wfs_error *error);
void wfs_sqlite_release_writer(wfs_sqlite *sqlite);

/* A reader without a transaction: for a single statement, and for checkpoints.
 */
wfs_status wfs_sqlite_acquire_reader(wfs_sqlite *sqlite,
                                     wfs_sql_connection **ret_connection,
                                     wfs_error *error);
void wfs_sqlite_release_reader(wfs_sqlite *sqlite,
                               const wfs_sql_connection *connection);

wfs_status wfs_sqlite_begin_read(wfs_sqlite *sqlite,
                                 wfs_sql_connection **ret_connection,
                                 wfs_error *error);
void wfs_sqlite_end_read(wfs_sqlite *sqlite, wfs_sql_connection *connection);

wfs_status wfs_sqlite_init_writer(wfs_sqlite_writer *writer, int folder,
                                  wfs_error *error);
void wfs_sqlite_release_writers(wfs_sqlite_writer *writer);
wfs_status wfs_sqlite_init_readers(wfs_sqlite_readers *readers,
                                   wfs_error *error);
void wfs_sqlite_release_readers(wfs_sqlite_readers *readers);

/* A condition whose timed wait goes by the monotonic clock; and the moment
 * `ms` from now for it. */
wfs_status wfs_sqlite_init_condition(pthread_mutex_t *mutex,
                                     pthread_cond_t *condition,
                                     wfs_error *error);
void wfs_sqlite_deadline(uint64_t ms, struct timespec *ret_deadline);

#endif
