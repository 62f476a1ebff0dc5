/*
 * schema.h - the tables of the catalogue, and their version.
 */
#ifndef WFS_SQLITE_SCHEMA_H
#define WFS_SQLITE_SCHEMA_H

#include "sql.h"

#define WFS_SCHEMA_VERSION 2

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
