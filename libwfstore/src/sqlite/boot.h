/*
 * boot.h - which boot of the machine a receipt was written under.
 */
#ifndef WFS_SQLITE_BOOT_H
#define WFS_SQLITE_BOOT_H

#include "sql.h"

/*
 * The row of the running kernel's boot id (Linux, random(4): a new one with
 * each boot), made if it is new; later boots have greater rows. 0: the kernel
 * does not tell.
 */
wfs_status wfs_boot_register(wfs_sql_connection *connection, int64_t *ret_boot,
                             wfs_error *error);

#endif
