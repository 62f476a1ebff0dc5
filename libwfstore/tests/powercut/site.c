/*
 * site.c - the name of a place that syncs.
 */
#include "site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "history.h"

#define SITE_BYTES 160

/* These sync for others: the one that asks them is the place. */
static const char *const servants[] = {
    "wfs_file_sync",
    "wfs_file_sync_data",
    "wfs_directory_sync_blob",
    "sync_uploads",
    "sync_both",
    "wfs_sql_step",
    "wfs_sql_run",
    "wfs_sql_run_text",
    "wfs_sql_execute",
    "wfs_sql_close",
    "wfs_sqlite_await_write",
    "wfs_sqlite_begin_write",
    "wfs_sqlite_commit",
    "wfs_sqlite_end_write",
    "wfs_sqlite_release_readers",
    "wfs_sqlite_release_writers",
    NULL,
};

static int is_servant(const char *function)
{
    for (size_t i = 0; servants[i] != NULL; i++) {
        if (strcmp(servants[i], function) == 0) {
            return 1;
        }
    }
    return 0;
}

static const char *find_function(const symbols *program,
                                 const trace_record *record,
                                 const uint64_t *frames)
{
    const char *function = "?";

    for (uint32_t i = 0; i < record->frame_count; i++) {
        function = symbols_find(program, frames[i]);
        if (!is_servant(function)) {
            break;
        }
    }
    return function;
}

/* The kind of file, where its name has something of its own. */
static const char *get_kind(const char *name)
{
    const char *dot;

    if (name == NULL || strncmp(name, ".new.", 5) == 0) {
        return "nameless";
    }
    if (strncmp(name, "recording_", 10) == 0) {
        return "recording";
    }
    dot = strrchr(name, '.');
    if (dot != NULL && strcmp(dot, ".part") == 0) {
        return "part";
    }
    return dot != NULL && dot[1] >= '0' && dot[1] <= '9' ? "loose" : name;
}

char *site_make_name(const char *name, int is_folder, const symbols *program,
                     const trace_record *record, const uint64_t *frames)
{
    char *text = malloc(SITE_BYTES);

    if (text == NULL) {
        history_give_up("malloc");
    }
    (void)snprintf(text, SITE_BYTES, "%s%s %s%s", get_kind(name),
                   is_folder ? "/" : "", record->is_sqlite ? "sqlite:" : "",
                   find_function(program, record, frames));
    return text;
}
