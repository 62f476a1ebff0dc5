/*
 * check.h - whether the catalogue is whole, looked at after an unclean stop.
 */
#ifndef WFS_SQLITE_CHECK_H
#define WFS_SQLITE_CHECK_H

#include "sqlite.h"

/*
 * Count who opens the catalogue, in the transaction of opening. `is_alone`:
 * nobody else can have it open, so whoever is counted died.
 */
wfs_status wfs_check_opened(wfs_sql_connection *connection, bool is_alone,
                            wfs_error *error);

/* And who closes it. A failure only leads to a check that was not needed. */
void wfs_check_closed(wfs_sqlite *sqlite);

#endif
