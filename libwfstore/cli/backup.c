/*
 * backup.c - wfstore backup: a second store in another directory.
 */
#include "cli.h"

#include <string.h>

#include "findings.h"
#include "options.h"
#include "owner.h"
#include "store.h"

static const char ABOUT[] =
    "DIR becomes a store of its own, and only what is new is copied the next\n"
    "time. Servers may go on meanwhile. Exits with 1 if the store has lost a\n"
    "recording's file.\n";

/* What the command line says. */
typedef struct request {
    const char *directory;
    const char *method;
    bool is_json;
    wfs_backup_options options;
} request;

static bool read_method(const char *text, wfs_backup_method *ret_method)
{
    static const struct {
        const char *name;
        wfs_backup_method method;
    } METHODS[] = {{"clone", WFS_BACKUP_CLONE},
                   {"link", WFS_BACKUP_LINK},
                   {"copy", WFS_BACKUP_COPY}};

    for (size_t i = 0; i < CLI_COUNT_OF(METHODS); i++) {
        if (strcmp(METHODS[i].name, text) == 0) {
            *ret_method = METHODS[i].method;
            return true;
        }
    }
    return false;
}

static cli_exit end(cli_findings *findings, wfs_status status,
                    const wfs_error *error, const wfs_backup_summary *summary)
{
    const cli_figure figures[] = {
        {"recordings", summary->recordings, false},
        {"unchanged", summary->unchanged, false},
        {"cloned", summary->cloned, false},
        {"linked", summary->linked, false},
        {"copied", summary->copied, false},
        {"missing", summary->missing, true},
        {"strays", summary->strays, false},
        {"pruned", summary->pruned, false},
        {"uploads left out", summary->uploads_out, false},
    };
    cli_exit result =
        cli_findings_close(findings, status, error, summary->bytes, figures,
                           CLI_COUNT_OF(figures));

    /* It is the directory above that is missing, not the store. */
    return result == CLI_MISSING ? CLI_FAILED : result;
}

static cli_exit back_up(const cli *self, wfs_store *store, request *asked)
{
    wfs_backup_summary summary = WFS_BACKUP_SUMMARY_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status;
    cli_findings findings;

    cli_findings_open(&findings, self, "backing up", asked->directory,
                      asked->is_json);
    asked->options.progress = cli_progress_update;
    asked->options.progress_data = &findings.progress;
    status = wfs_store_backup(store, asked->directory, &asked->options,
                              cli_findings_print, &findings, &summary, &error);
    return end(&findings, status, &error, &summary);
}

static cli_exit open_and_back_up(const cli *self, request *asked)
{
    wfs_store *store = NULL;
    cli_exit result =
        cli_owner_make_directory(cli_store_get_path(self), asked->directory);

    if (result == CLI_DONE) {
        result = cli_store_open(self, NULL, &store);
    }
    if (result == CLI_DONE) {
        result = back_up(self, store, asked);
    }
    wfs_store_close(store);
    return result;
}

cli_exit cli_run_backup(cli *self, int argc, char **argv)
{
    request asked = {.method = "clone", .options = WFS_BACKUP_OPTIONS_INIT};
    const cli_option table[] = {
        {"method", "METHOD", CLI_TEXT, &asked.method,
         "clone or copy (default), link or copy, or copy"},
        {"prune", NULL, CLI_FLAG, &asked.options.prune,
         "remove what the store has deleted"},
        {"rate", "BYTES", CLI_BYTES, &asked.options.bytes_per_second,
         "copy at most so much a second: 500k, 20m"},
        {"json", NULL, CLI_FLAG, &asked.is_json, "one JSON object per line"},
    };
    const cli_usage usage = {"backup",
                             "Brings a copy of the store up to date.",
                             "DIR",
                             1,
                             1,
                             table,
                             CLI_COUNT_OF(table),
                             ABOUT};
    char **words;
    int count;
    cli_exit result;

    if (!cli_options_parse(self, &usage, argc, argv, &words, &count, &result)) {
        return result;
    }
    if (!read_method(asked.method, &asked.options.method)) {
        return cli_options_complain(&usage, "--method: '%s' is not a METHOD",
                                    asked.method);
    }
    asked.directory = words[0];
    return open_and_back_up(self, &asked);
}
