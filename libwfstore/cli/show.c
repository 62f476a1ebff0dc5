/*
 * show.c - wfstore show: a recording, or an upload on its way to be one.
 */
#include "cli.h"

#include <inttypes.h>
#include <stdio.h>

#include "json.h"
#include "message.h"
#include "options.h"
#include "show.h"
#include "store.h"

static cli_exit show_recording(const wfs_recording *recording, bool is_json)
{
    if (!is_json) {
        cli_show_recording(recording);
    } else if (cli_json_put_recording(recording) != WFS_OK) {
        cli_message("out of memory");
        return CLI_FAILED;
    }
    return CLI_DONE;
}

static cli_exit show_upload(wfs_store *store, const char *id, bool is_json)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = wfs_upload_get(store, id, false, &info, &error);

    if (status == WFS_ENOUPLOAD) {
        cli_message("%s: there is no such recording or upload (%s)", id,
                    wfs_status_name(status));
        return CLI_MISSING;
    }
    if (status != WFS_OK) {
        return cli_message_fail(id, &error);
    }
    if (is_json) {
        cli_show_upload_json(&info, true);
    } else {
        cli_show_upload(&info);
    }
    wfs_upload_info_release(&info);
    return CLI_DONE;
}

/* What is no recording is an upload. */
static cli_exit show(wfs_store *store, const char *id, bool is_json)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = wfs_recording_get(store, id, &recording, &error);
    cli_exit result;

    if (status == WFS_ENORECORDING) {
        return show_upload(store, id, is_json);
    }
    if (status != WFS_OK) {
        return cli_message_fail(id, &error);
    }
    result = show_recording(&recording, is_json);
    wfs_recording_release(&recording);
    return result;
}

cli_exit cli_run_show(cli *self, int argc, char **argv)
{
    bool is_json = false;
    const cli_option options[] = {
        {"json", NULL, CLI_FLAG, &is_json, "one JSON object"},
    };
    const cli_usage usage = {
        "show",
        "Tells all about a recording or an unfinished upload.",
        "ID",
        1,
        1,
        options,
        CLI_COUNT_OF(options),
        NULL};
    wfs_store *store = NULL;
    char **words;
    int count;
    cli_exit result;

    if (!cli_options_parse(self, &usage, argc, argv, &words, &count, &result)) {
        return result;
    }
    result = cli_store_open(self, NULL, &store);
    if (result == CLI_DONE) {
        result = show(store, words[0], is_json);
    }
    wfs_store_close(store);
    return result;
}
