/*
 * migrate.c - older tables become those of this version.
 *
 * Columns are added at the end, so that a store that came a long way has the
 * same tables as a new one.
 */
#include "schema.h"

/* Reservations, uploads that are created before their first chunk, expiry. */
static const char TO_2[] =
    "ALTER TABLE upload ADD COLUMN visible INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE upload ADD COLUMN size INTEGER;"
    "ALTER TABLE upload ADD COLUMN reserved INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE upload ADD COLUMN append INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE upload ADD COLUMN salvaged INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE totals ADD COLUMN reserved INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE totals ADD COLUMN damaged INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX recording_stored ON recording(stored);" WFS_SCHEMA_SINCE_2
    "UPDATE upload SET reserved = bytes;"
    "UPDATE totals SET reserved = ifnull((SELECT sum(bytes) FROM upload), 0);"
    "PRAGMA user_version=2;";

/* What is kept with uploads and recordings. */
static const char TO_3[] = WFS_SCHEMA_SINCE_3 "PRAGMA user_version=3;";

/* By the version they start from. */
static const char *const STEPS[WFS_SCHEMA_VERSION] = {[1] = TO_2, [2] = TO_3};

wfs_status wfs_schema_migrate(wfs_sql_connection *connection, int64_t version,
                              wfs_error *error)
{
    wfs_status status = WFS_OK;

    while (version < WFS_SCHEMA_VERSION && status == WFS_OK) {
        status = wfs_sql_execute(connection, STEPS[version], error);
        version++;
    }
    return status;
}
