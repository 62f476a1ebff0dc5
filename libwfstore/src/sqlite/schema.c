/*
 * schema.c - the tables of the catalogue, and their version.
 */
#include "schema.h"

#include "../error.h"

#define APPLICATION_ID 0x57465354 /* "WFST" */

/*
 * upload     an unfinished upload. `row` names its files and is never used
 *            again. visible: made for a client; without that and without a
 *            chunk it does not exist for clients. The rest: wfs_upload_row
 * chunk      an accepted chunk. boot: NULL if synced, else the boot during
 *            which it was written
 * span       accepted chunks side by side beyond upload.contiguous, so that
 *            ranges can be told without looking at chunks
 * head       the bytes of a provisional chunk 0
 * recording  part: upload.row until the file has its name. folded: the name
 *            as it is sorted
 * gone       a deleted id. filename and part: files that may still be there
 * totals     kept by every transaction that changes what they count
 * damaged    recordings whose file was found missing or rotten
 * upload_metadata  what was told when the upload was created; apart, since
 *            the upload's row is written with each receipt
 * note       what a caller keeps with an upload, and with the recording it
 *            becomes. upload.append is 2 for a part of a later upload
 * state      opens: how many have the store open. check_due, broken: whether
 *            the tables are to be looked through, and what was found. seen_*:
 *            the clocks when the store was tended last. doubt_ms: how long the
 *            clock has to go on without a jump until it is trusted again
 *
 * Each sort order has an index of its own in either direction, since ties go
 * by ascending id in both.
 */
static const char TABLES[] =
    "CREATE TABLE upload("
    " row INTEGER PRIMARY KEY AUTOINCREMENT,"
    " id TEXT NOT NULL UNIQUE,"
    " name TEXT,"
    " total INTEGER,"
    " chunk_size INTEGER,"
    " created INTEGER NOT NULL,"
    " updated INTEGER NOT NULL,"
    " chunks INTEGER NOT NULL DEFAULT 0,"
    " bytes INTEGER NOT NULL DEFAULT 0,"
    " highest INTEGER,"
    " contiguous INTEGER NOT NULL DEFAULT 0,"
    " contiguous_bytes INTEGER NOT NULL DEFAULT 0,"
    " placed INTEGER NOT NULL DEFAULT 0,"
    " placed_bytes INTEGER NOT NULL DEFAULT 0,"
    " prefix INTEGER NOT NULL DEFAULT 0,"
    " prefix_bytes INTEGER NOT NULL DEFAULT 0,"
    " digest BLOB,"
    " head_bytes INTEGER NOT NULL DEFAULT 0,"
    " head_sealed INTEGER NOT NULL DEFAULT 0,"
    " visible INTEGER NOT NULL DEFAULT 0,"
    " size INTEGER,"
    " reserved INTEGER NOT NULL DEFAULT 0,"
    " append INTEGER NOT NULL DEFAULT 0,"
    " salvaged INTEGER NOT NULL DEFAULT 0"
    ") STRICT;"
    "CREATE TABLE chunk("
    " upload INTEGER NOT NULL,"
    " idx INTEGER NOT NULL,"
    " size INTEGER NOT NULL,"
    " place INTEGER NOT NULL,"
    " at INTEGER NOT NULL,"
    " sha256 BLOB,"
    " boot INTEGER,"
    " PRIMARY KEY(upload, idx)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX chunk_boot ON chunk(boot) WHERE boot IS NOT NULL;"
    "CREATE TABLE span("
    " upload INTEGER NOT NULL,"
    " first INTEGER NOT NULL,"
    " last INTEGER NOT NULL,"
    " bytes INTEGER NOT NULL,"
    " PRIMARY KEY(upload, first)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE head("
    " upload INTEGER PRIMARY KEY,"
    " bytes BLOB NOT NULL"
    ") STRICT;"
    "CREATE TABLE recording("
    " seq INTEGER PRIMARY KEY AUTOINCREMENT,"
    " id TEXT NOT NULL UNIQUE,"
    " part INTEGER,"
    " chunks INTEGER NOT NULL,"
    " filename TEXT NOT NULL,"
    " name TEXT NOT NULL,"
    " folded TEXT NOT NULL,"
    " timestamp INTEGER NOT NULL,"
    " stored INTEGER NOT NULL,"
    " size INTEGER NOT NULL,"
    " duration REAL,"
    " mime TEXT NOT NULL,"
    " codec TEXT,"
    " channels INTEGER NOT NULL,"
    " rate INTEGER NOT NULL,"
    " sha256 BLOB,"
    " metadata TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX recording_timestamp_up ON recording(timestamp, id);"
    "CREATE INDEX recording_timestamp_down ON recording(timestamp DESC, id);"
    "CREATE INDEX recording_name_up ON recording(folded, id);"
    "CREATE INDEX recording_name_down ON recording(folded DESC, id);"
    "CREATE INDEX recording_size_up ON recording(size, id);"
    "CREATE INDEX recording_size_down ON recording(size DESC, id);"
    "CREATE INDEX recording_duration_up"
    " ON recording(ifnull(duration, 9e999), id);"
    "CREATE INDEX recording_duration_down"
    " ON recording(ifnull(duration, -1.0) DESC, id);"
    "CREATE INDEX recording_stored ON recording(stored);"
    "CREATE INDEX recording_part ON recording(id) WHERE part IS NOT NULL;"
    "CREATE TABLE gone("
    " id TEXT PRIMARY KEY,"
    " filename TEXT,"
    " part INTEGER,"
    " until INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX gone_waiting ON gone(id)"
    " WHERE filename IS NOT NULL OR part IS NOT NULL;"
    "CREATE INDEX gone_until ON gone(until);"
    "CREATE TABLE boot("
    " n INTEGER PRIMARY KEY AUTOINCREMENT,"
    " boot_id TEXT NOT NULL UNIQUE"
    ") STRICT;"
    "CREATE TABLE totals("
    " one INTEGER PRIMARY KEY CHECK(one = 1),"
    " recordings INTEGER NOT NULL DEFAULT 0,"
    " recording_bytes INTEGER NOT NULL DEFAULT 0,"
    " uploads INTEGER NOT NULL DEFAULT 0,"
    " upload_bytes INTEGER NOT NULL DEFAULT 0,"
    " generation INTEGER NOT NULL DEFAULT 0,"
    " reserved INTEGER NOT NULL DEFAULT 0,"
    " damaged INTEGER NOT NULL DEFAULT 0"
    ") STRICT;"
    "INSERT INTO totals(one) VALUES(1);" WFS_SCHEMA_SINCE_2 WFS_SCHEMA_SINCE_3
    "PRAGMA application_id=0x57465354;"
    "PRAGMA user_version=3;";

static wfs_status read_number(wfs_sql_connection *connection, const char *sql,
                              int64_t *ret_number, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, sql);
    bool has_row;
    wfs_status status = wfs_sql_step(&s, &has_row, error);

    if (has_row) {
        *ret_number = wfs_sql_read_int(&s);
    }
    wfs_sql_finish(&s);
    return status;
}

static wfs_status check_version(int64_t version, int64_t application,
                                wfs_error *error)
{
    if (application != APPLICATION_ID || version < 1) {
        return wfs_error_set(error, WFS_ECORRUPT, 0, "application_id",
                             "the catalogue is not one of a WaveForge store");
    }
    if (version > WFS_SCHEMA_VERSION) {
        return wfs_error_set_numbers(
            error, WFS_EVERSION, WFS_SCHEMA_VERSION, (uint64_t)version,
            "the store was made by a newer version of WaveForge");
    }
    return WFS_OK;
}

wfs_status wfs_schema_read_version(wfs_sql_connection *connection,
                                   int64_t *ret_version, wfs_error *error)
{
    int64_t version = 0;
    int64_t application = 0;
    int64_t tables = 0;
    wfs_status status;

    status = read_number(connection, "PRAGMA user_version", &version, error);
    if (status == WFS_OK) {
        status = read_number(connection, "PRAGMA application_id", &application,
                             error);
    }
    if (status == WFS_OK) {
        status = read_number(connection, "SELECT count(*) FROM sqlite_schema",
                             &tables, error);
    }
    if (status == WFS_OK && (version != 0 || application != 0 || tables != 0)) {
        status = check_version(version, application, error);
    }
    if (status == WFS_OK) {
        *ret_version = version;
    }
    return status;
}

wfs_status wfs_schema_prepare(wfs_sql_connection *connection, bool may_create,
                              wfs_error *error)
{
    int64_t version = 0;
    wfs_status status = wfs_schema_read_version(connection, &version, error);

    if (status != WFS_OK) {
        return status;
    }
    if (version == 0 && may_create) {
        return wfs_sql_execute(connection, TABLES, error);
    }
    return version == 0 ? check_version(0, 0, error)
                        : wfs_schema_migrate(connection, version, error);
}
