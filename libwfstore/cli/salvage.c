/*
 * salvage.c - wfstore salvage: a recording of what is whole of an upload.
 */
#include "cli.h"

#include <limits.h>
#include <stdio.h>

#include "format.h"
#include "json.h"
#include "message.h"
#include "options.h"
#include "progress.h"
#include "salvage_files.h"
#include "store.h"

static const char ABOUT[] =
    "For an upload that will never be finished: it is cut at its last whole\n"
    "block of audio, and its header is mended so that it plays. With FILE a\n"
    "new upload ID is made of their bytes first, such as a rebuild has set\n"
    "aside; the files stay as they are.\n";

/* What the command line says. */
typedef struct request {
    const char *id;
    const char *name;
    char *const *files;
    int file_count;
    bool is_json;
    bool is_quiet;
} request;

static void print_text(const wfs_recording *recording)
{
    char length[CLI_FORMAT_BYTES];
    char size[CLI_FORMAT_BYTES];

    cli_format_duration(length, recording->has_duration,
                        recording->duration_seconds);
    cli_format_size(size, recording->size_bytes);
    printf("%s: %s, %s\n", recording->filename, length, size);
}

static cli_exit print_recording(const request *asked,
                                const wfs_recording *recording,
                                bool was_complete)
{
    if (was_complete) {
        cli_message("%s: is a recording already", asked->id);
        return CLI_FAILED;
    }
    if (asked->is_json) {
        return cli_json_put_recording(recording) == WFS_OK ? CLI_DONE
                                                           : CLI_FAILED;
    }
    if (!asked->is_quiet) {
        print_text(recording);
    }
    return CLI_DONE;
}

static cli_exit salvage(const cli *self, wfs_store *store, const request *asked)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;
    cli_progress progress;
    bool was_complete = false;
    wfs_status status;
    cli_exit result;

    cli_progress_open(&progress, self, "salvaging");
    if (asked->file_count > 0) {
        result = cli_salvage_receive(store, asked->id, asked->files,
                                     asked->file_count, &progress,
                                     &spec.timestamp_ms);
        if (result != CLI_DONE) {
            return result;
        }
        spec.has_timestamp = true;
    }
    spec.id = asked->id;
    spec.name = asked->name;
    spec.salvage = true;
    spec.progress = cli_progress_update;
    spec.progress_data = &progress;
    status =
        wfs_upload_complete(store, &spec, &recording, &was_complete, &error);
    cli_progress_clear(&progress);
    if (status != WFS_OK) {
        return cli_message_fail(asked->id, &error);
    }
    result = print_recording(asked, &recording, was_complete);
    wfs_recording_release(&recording);
    return result;
}

cli_exit cli_run_salvage(cli *self, int argc, char **argv)
{
    request asked = {0};
    const cli_option options[] = {
        {"name", "NAME", CLI_TEXT, &asked.name,
         "the recording's name, unless the upload has one"},
        {"json", NULL, CLI_FLAG, &asked.is_json, "the recording as JSON"},
    };
    const cli_usage usage = {"salvage",
                             "Makes a recording of what is whole of an upload.",
                             "ID [FILE...]",
                             1,
                             INT_MAX,
                             options,
                             CLI_COUNT_OF(options),
                             ABOUT};
    wfs_store *store = NULL;
    char **words;
    int count;
    cli_exit result;

    if (!cli_options_parse(self, &usage, argc, argv, &words, &count, &result)) {
        return result;
    }
    asked.id = words[0];
    asked.files = words + 1;
    asked.file_count = count - 1;
    asked.is_quiet = self->is_quiet;
    result = cli_store_open(self, NULL, &store);
    if (result == CLI_DONE) {
        result = salvage(self, store, &asked);
    }
    wfs_store_close(store);
    return result;
}
