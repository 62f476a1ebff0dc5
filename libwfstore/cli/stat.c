/*
 * stat.c - wfstore stat: the store as a whole.
 */
#include "cli.h"

#include <inttypes.h>
#include <stdio.h>

#include "format.h"
#include "json.h"
#include "message.h"
#include "options.h"
#include "store.h"

static void print_json(const wfs_store_stat *stat)
{
    cli_json json;

    cli_json_begin(&json);
    cli_json_put_number(&json, "recordings", stat->recordings);
    cli_json_put_number(&json, "recording_bytes", stat->recording_bytes);
    cli_json_put_number(&json, "uploads", stat->uploads);
    cli_json_put_number(&json, "upload_bytes", stat->upload_bytes);
    cli_json_put_number(&json, "reserved_bytes", stat->reserved_bytes);
    cli_json_put_number(&json, "damaged", stat->damaged);
    cli_json_put_number(&json, "free_bytes", stat->free_bytes);
    cli_json_put_number(&json, "generation", stat->generation);
    cli_json_put_bool(&json, "published", stat->is_published);
    cli_json_put_bool(&json, "writable", stat->is_writable);
    cli_json_put_bool(&json, "catalogue_damaged", stat->is_damaged);
    cli_json_put_bool(&json, "check_due", stat->is_check_due);
    cli_json_put_bool(&json, "clock_doubtful", stat->is_clock_doubtful);
    cli_json_end(&json);
}

static void print_amount(const char *name, uint64_t count, uint64_t bytes)
{
    char size[CLI_FORMAT_BYTES];

    cli_format_size(size, bytes);
    printf("%-16s %" PRIu64 ", %s\n", name, count, size);
}

static const char *describe_catalogue(const wfs_store_stat *stat)
{
    if (stat->is_damaged) {
        return "damaged: rebuild the store";
    }
    return stat->is_check_due ? "not looked through yet" : "whole";
}

static void print_text(const wfs_store_stat *stat)
{
    char size[CLI_FORMAT_BYTES];

    print_amount("recordings", stat->recordings, stat->recording_bytes);
    print_amount("uploads", stat->uploads, stat->upload_bytes);
    cli_format_size(size, stat->reserved_bytes);
    printf("%-16s %s\n", "reserved", size);
    printf("%-16s %" PRIu64 "\n", "damaged", stat->damaged);
    cli_format_size(size, stat->free_bytes);
    printf("%-16s %s\n", "free", size);
    printf("%-16s %" PRIu64 "%s\n", "generation", stat->generation,
           stat->is_published ? ", published" : ", not published yet");
    printf("%-16s %s\n", "writable", stat->is_writable ? "yes" : "no");
    printf("%-16s %s\n", "catalogue", describe_catalogue(stat));
    printf("%-16s %s\n", "clock",
           stat->is_clock_doubtful ? "in doubt: nothing expires" : "believed");
}

static bool is_well(const wfs_store_stat *stat)
{
    return stat->is_writable && stat->damaged == 0 && !stat->is_damaged;
}

static cli_exit print_stat(wfs_store *store, bool is_json)
{
    wfs_store_stat stat = {0};
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_store_get_stat(store, &stat, &error) != WFS_OK) {
        return cli_message_fail("stat", &error);
    }
    if (is_json) {
        print_json(&stat);
    } else {
        print_text(&stat);
    }
    return is_well(&stat) ? CLI_DONE : CLI_FINDINGS;
}

cli_exit cli_run_stat(cli *self, int argc, char **argv)
{
    bool is_json = false;
    const cli_option options[] = {
        {"json", NULL, CLI_FLAG, &is_json, "one JSON object"},
    };
    const cli_usage usage = {"stat",
                             "Tells about the store as a whole.",
                             "",
                             0,
                             0,
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
        result = print_stat(store, is_json);
    }
    wfs_store_close(store);
    return result;
}
