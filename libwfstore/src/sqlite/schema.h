/*
 * schema.h - the tables of the catalogue, and their version.
 */
#ifndef WFS_SQLITE_SCHEMA_H
#define WFS_SQLITE_SCHEMA_H

#include "sql.h"

/*
 * Make sure the tables are there, as this version knows them. To be called in
 * a write transaction. `may_create`: an empty database gets them.
 *
 * Returns WFS_EVERSION (made by a newer version), WFS_ECORRUPT (not ours).
 */
wfs_status wfs_schema_prepare(wfs_sql_connection *connection, bool may_create,
                              wfs_error *error);

#endif
