/*
 * verify.c - wfstore verify: is every recording still what was stored?
 */
#include "cli.h"

#include "findings.h"
#include "options.h"
#include "store.h"

static const char ABOUT[] =
    "Digests every recording again and looks for files that belong to nobody.\n"
    "Tells what it finds, one line each, and changes nothing. Exits with 1 if\n"
    "anything was found.\n";

static cli_exit end(cli_findings *findings, wfs_status status,
                    const wfs_error *error, const wfs_verify_summary *summary)
{
    const cli_figure figures[] = {
        {"recordings", summary->recordings, false},
        {"undigested", summary->undigested, false},
        {"rotten", summary->rotten, true},
        {"missing", summary->missing, true},
        {"unreadable", summary->unreadable, true},
        {"strays", summary->strays, true},
    };

    return cli_findings_close(findings, status, error, summary->bytes, figures,
                              CLI_COUNT_OF(figures));
}

static cli_exit verify(const cli *self, wfs_verify_options options,
                       bool is_json)
{
    wfs_store *store = NULL;
    wfs_verify_summary summary = WFS_VERIFY_SUMMARY_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status;
    cli_findings findings;
    cli_exit result = cli_store_open(self, NULL, &store);

    if (result != CLI_DONE) {
        return result;
    }
    cli_findings_open(&findings, self, "verifying", cli_store_get_label(self),
                      is_json);
    findings.may_stop = true;
    options.progress = cli_progress_update;
    options.progress_data = &findings.progress;
    status = wfs_store_verify(store, &options, cli_findings_print, &findings,
                              &summary, &error);
    wfs_store_close(store);
    return end(&findings, status, &error, &summary);
}

cli_exit cli_run_verify(cli *self, int argc, char **argv)
{
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    bool is_json = false;
    const cli_option table[] = {
        {"json", NULL, CLI_FLAG, &is_json, "one JSON object per line"},
        {"rate", "BYTES", CLI_BYTES, &options.bytes_per_second,
         "read at most so much a second: 500k, 20m"},
        {"no-strays", NULL, CLI_FLAG, &options.no_strays,
         "do not look for files that belong to nobody"},
    };
    const cli_usage usage = {
        "verify",
        "Tells whether every recording is what was stored.",
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
    return verify(self, options, is_json);
}
