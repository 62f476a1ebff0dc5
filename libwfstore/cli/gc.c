/*
 * gc.c - wfstore gc: what is due in one store, or in many.
 */
#include "gc.h"

#include <inttypes.h>
#include <stdio.h>

#include "message.h"
#include "options.h"
#include "progress.h"
#include "signals.h"

static const char ABOUT[] =
    "Finishes what crashes left behind, publishes metadata.json, and lets the\n"
    "catalogue give space back, as servers do for the stores they have open.\n"
    "With PARENT, in every store at or below it. Nothing expires unless told\n"
    "when: give the values of the server's configuration.\n";

/* One run over many stores. */
typedef struct round {
    const cli *cli;
    const wfs_store_options *options;
    cli_progress progress;
    uint64_t tended;
    uint64_t failed;
} round;

static void tend_one(void *data, int directory, const char *path)
{
    round *self = data;

    cli_progress_tell(&self->progress, path);
    if (cli_gc_tend_apart(self->cli, directory, path, self->options) ==
        CLI_DONE) {
        self->tended++;
    } else {
        self->failed++;
    }
}

static cli_exit tend_below(const cli *self, const char *parent,
                           const wfs_store_options *options)
{
    round all = {.cli = self, .options = options};
    cli_exit result;

    cli_progress_open(&all.progress, self, "tending");
    result = cli_gc_find(parent, tend_one, &all);
    cli_progress_clear(&all.progress);
    if (result != CLI_DONE && result != CLI_FINDINGS) {
        return result;
    }
    if (all.tended + all.failed == 0 && result == CLI_DONE) {
        cli_message("%s: there is no store there or below", parent);
        return CLI_MISSING;
    }
    if (!self->is_quiet) {
        printf("%" PRIu64 " %s tended", all.tended,
               all.tended == 1 ? "store" : "stores");
        printf(all.failed > 0 ? ", %" PRIu64 " failed\n" : "\n", all.failed);
    }
    return all.failed > 0 ? CLI_FINDINGS : result;
}

cli_exit cli_run_gc(cli *self, int argc, char **argv)
{
    wfs_store_options store = WFS_STORE_OPTIONS_INIT;
    bool is_deleting = false;
    const cli_option options[] = {
        {"upload-expiry", "SPAN", CLI_SPAN, &store.upload_expiry_ms,
         "end uploads idle for longer: 90s, 30m, 24h, 7d"},
        {"delete-expired", NULL, CLI_FLAG, &is_deleting,
         "delete these; else what is whole of them is kept"},
        {"retention", "SPAN", CLI_SPAN, &store.retention_ms,
         "delete recordings stored longer ago"},
    };
    const cli_usage usage = {"gc",
                             "Does what is due in a store, or in many.",
                             "[PARENT]",
                             0,
                             1,
                             options,
                             CLI_COUNT_OF(options),
                             ABOUT};
    char **words;
    int count;
    cli_exit result;

    store.upload_expiry_ms = 0;
    if (!cli_options_parse(self, &usage, argc, argv, &words, &count, &result)) {
        return result;
    }
    store.salvage_expired = !is_deleting;
    if (count > 0) {
        return tend_below(self, words[0], &store);
    }
    return cli_gc_tend(self, &store);
}
