/*
 * life_upkeep.c - backups, lost catalogues and older ones.
 */
#include "life.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

/* What later versions have brought is taken away again. */
static const char TO_VERSION_1[] =
    "BEGIN;"
    "DROP TABLE state; DROP TABLE damaged; DROP TABLE upload_metadata;"
    "DROP TABLE note;"
    "DROP INDEX recording_stored;"
    "ALTER TABLE totals DROP COLUMN reserved;"
    "ALTER TABLE totals DROP COLUMN damaged;"
    "ALTER TABLE upload DROP COLUMN visible;"
    "ALTER TABLE upload DROP COLUMN size;"
    "ALTER TABLE upload DROP COLUMN reserved;"
    "ALTER TABLE upload DROP COLUMN append;"
    "ALTER TABLE upload DROP COLUMN salvaged;"
    "PRAGMA user_version=1;"
    "COMMIT;";

void life_back_up(life *self, wfs_backup_method method)
{
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;
    wfs_backup_summary summary;
    wfs_error error = WFS_ERROR_INIT;

    options.method = method;
    options.prune = true;
    life_mark("> backup store");
    life_expect(wfs_store_backup(self->store, self->backup, &options, NULL,
                                 NULL, &summary, &error),
                &error, "backup", "");
    life_mark("< backup store");
}

static void write_path(const life *self, const char *suffix, char path[8192])
{
    (void)snprintf(path, 8192, "%s/.wfstore/catalog.sqlite3%s", self->path,
                   suffix);
}

/* Its journal stays, as after a crash. */
static int open_crashing(const life *self, sqlite3 **ret_db)
{
    char path[8192];
    int result;

    write_path(self, "", path);
    result = sqlite3_open(path, ret_db);
    if (result == SQLITE_OK) {
        result = sqlite3_db_config(*ret_db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                                   NULL);
    }
    return result;
}

void life_give_older(life *self)
{
    wfs_error error = WFS_ERROR_INIT;
    sqlite3 *db = NULL;

    if (open_crashing(self, &db) != SQLITE_OK ||
        sqlite3_exec(db, TO_VERSION_1, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "powercut life: %s\n", sqlite3_errmsg(db));
        life_expect(WFS_EIO, &error, "taking back", "version 2");
    }
    (void)sqlite3_close(db);
    life_mark("< older store");
    life_mark("= given");
}

static void rebuild(life *self, bool replaces)
{
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    wfs_rebuild_summary summary;
    wfs_error error = WFS_ERROR_INIT;

    options.replace = replaces;
    life_expect(
        wfs_store_rebuild(self->path, &options, NULL, NULL, &summary, &error),
        &error, "rebuild", "");
    life_mark(replaces ? "< replace store" : "< rebuild store");
}

void life_rebuild_lost(life *self)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    char path[8192];

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        write_path(self, suffixes[i], path);
        (void)unlink(path);
    }
    life_mark("> rebuild store");
    life_mark("= given");
    rebuild(self, false);
}

void life_rebuild_replaced(life *self)
{
    life_mark("= given");
    life_mark("> replace store");
    rebuild(self, true);
}
