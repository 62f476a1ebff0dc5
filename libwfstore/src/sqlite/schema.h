/*
 * schema.h - the tables of the catalogue, and their version.
 */
#ifndef WFS_SQLITE_SCHEMA_H
#define WFS_SQLITE_SCHEMA_H

#include "sql.h"

#define WFS_SCHEMA_VERSION 3

/* Tables that version 2 brought and no later one has changed. */
#define WFS_SCHEMA_SINCE_2                                                     \
    "CREATE TABLE upload_metadata("                                            \
    " upload INTEGER PRIMARY KEY,"                                             \
    " metadata TEXT NOT NULL"                                                  \
    ") STRICT;"                                                                \
    "CREATE TABLE damaged("                                                    \
    " id TEXT PRIMARY KEY,"                                                    \
    " kind INTEGER NOT NULL,"                                                  \
    " at INTEGER NOT NULL"                                                     \
    ") STRICT, WITHOUT ROWID;"                                                 \
    "CREATE TABLE state("                                                      \
    " one INTEGER PRIMARY KEY CHECK(one = 1),"                                 \
    " opens INTEGER NOT NULL DEFAULT 0,"                                       \
    " check_due INTEGER NOT NULL DEFAULT 0,"                                   \
    " broken INTEGER NOT NULL DEFAULT 0,"                                      \
    " seen_boot INTEGER NOT NULL DEFAULT 0,"                                   \
    " seen_boottime INTEGER NOT NULL DEFAULT 0,"                               \
    " seen_realtime INTEGER NOT NULL DEFAULT 0,"                               \
    " doubt_ms INTEGER NOT NULL DEFAULT 0"                                     \
    ") STRICT;"                                                                \
    "INSERT INTO state(one) VALUES(1);"

/* The same of version 3. */
#define WFS_SCHEMA_SINCE_3                                                     \
    "CREATE TABLE note("                                                       \
    " id TEXT PRIMARY KEY,"                                                    \
    " text TEXT NOT NULL"                                                      \
    ") STRICT, WITHOUT ROWID;"

/*
 * The version of the tables that are there; 0: there are none.
 *
 * Returns WFS_EVERSION (made by a newer version), WFS_ECORRUPT (not ours).
 */
wfs_status wfs_schema_read_version(wfs_sql_connection *connection,
                                   int64_t *ret_version, wfs_error *error);

/*
 * Make sure the tables are there, as this version knows them: an empty
 * database gets them if it may, older ones are brought up. To be called in a
 * write transaction, with a copy of older tables made before.
 *
 * Returns what wfs_schema_read_version does.
 */
wfs_status wfs_schema_prepare(wfs_sql_connection *connection, bool may_create,
                              wfs_error *error);

/* migrate.c: bring tables of `version` up to this one. */
wfs_status wfs_schema_migrate(wfs_sql_connection *connection, int64_t version,
                              wfs_error *error);

/*
 * copy.c: keep the catalogue as it is now beside it, as catalog.sqlite3.v<n>,
 * durably and under that name only when it is whole. Nobody may write
 * meanwhile; outside of a transaction.
 *
 * `folder`  of the catalogue: a descriptor, and its path
 *
 * Returns WFS_ENOSPC, WFS_EIO ...; then nothing is left of it.
 */
wfs_status wfs_schema_keep_copy(wfs_sql_connection *connection, int folder,
                                const char *path, int64_t version,
                                wfs_error *error);

/* The migration did not happen: the copy is of no use. */
void wfs_schema_remove_copy(int folder, int64_t version);

#endif
