/*
 * rebuild.c - wfstore rebuild: a new catalogue for a store that has lost its.
 */
#include "cli.h"

#include "findings.h"
#include "options.h"
#include "owner.h"
#include "store.h"

static const char ABOUT[] =
    "Makes it of what the old catalogue, metadata.json and the files say, in\n"
    "this order. No process may have the store open. Unfinished uploads are "
    "set\n"
    "aside, nothing is deleted. Exits with 1 if anything was found amiss.\n";

static cli_exit end(cli_findings *findings, wfs_status status,
                    const wfs_error *error, const wfs_rebuild_summary *summary)
{
    const cli_figure figures[] = {
        {"recordings", summary->recordings, false},
        {"from the catalogue", summary->from_catalogue, false},
        {"from the list", summary->from_list, false},
        {"from files", summary->from_files, false},
        {"rotten", summary->rotten, true},
        {"missing", summary->missing, true},
        {"broken entries", summary->entries, true},
        {"duplicates", summary->duplicates, true},
        {"strays", summary->strays, true},
        {"parts set aside", summary->parts, true},
    };

    /* A rebuild that was ended has left everything as it was. */
    findings->aside = status == WFS_OK ? summary->aside : "";
    return cli_findings_close(findings, status, error, summary->bytes, figures,
                              CLI_COUNT_OF(figures));
}

static cli_exit rebuild(const cli *self, wfs_rebuild_options options,
                        bool is_json)
{
    const char *path = cli_store_get_path(self);
    wfs_rebuild_summary summary = WFS_REBUILD_SUMMARY_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status;
    cli_findings findings;
    cli_exit result = cli_owner_become(path, path);

    if (result != CLI_DONE) {
        return result;
    }
    cli_findings_open(&findings, self, "rebuilding", path, is_json);
    options.progress = cli_progress_update;
    options.progress_data = &findings.progress;
    status = wfs_store_rebuild(path, &options, cli_findings_print, &findings,
                               &summary, &error);
    return end(&findings, status, &error, &summary);
}

cli_exit cli_run_rebuild(cli *self, int argc, char **argv)
{
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    bool is_json = false;
    const cli_option table[] = {
        {"replace", NULL, CLI_FLAG, &options.replace,
         "set a catalogue that is there aside"},
        {"no-catalogue", NULL, CLI_FLAG, &options.no_catalogue,
         "do not read the old catalogue"},
        {"no-list", NULL, CLI_FLAG, &options.no_list,
         "do not read metadata.json"},
        {"no-digest", NULL, CLI_FLAG, &options.no_digest,
         "believe the list where sizes agree"},
        {"accept-any", NULL, CLI_FLAG, &options.accept_any,
         "take over files that hold no audio, too"},
        {"rate", "BYTES", CLI_BYTES, &options.bytes_per_second,
         "read at most so much a second: 500k, 20m"},
        {"json", NULL, CLI_FLAG, &is_json, "one JSON object per line"},
    };
    const cli_usage usage = {
        "rebuild",
        "Makes a new catalogue for a store that has lost its.",
        "",
        0,
        0,
        table,
        CLI_COUNT_OF(table),
        ABOUT};
    char **words;
    int count;
    cli_exit result;

    if (!cli_options_parse(self, &usage, argc, argv, &words, &count, &result)) {
        return result;
    }
    return rebuild(self, options, is_json);
}
