/*
 * ls_recordings.c - wfstore ls: finished recordings.
 */
#include "ls.h"

#include <stdio.h>

#include "format.h"
#include "json.h"
#include "message.h"
#include "options.h"

static const cli_column COLUMNS[] = {
    {"ID", false},  {"RECORDED", false}, {"LENGTH", true},
    {"SIZE", true}, {"TYPE", false},     {"NAME", false},
};

static void add_row(cli_table *table, const wfs_recording *recording)
{
    char text[CLI_FORMAT_BYTES];

    cli_table_add(table, recording->id);
    cli_format_moment(text, recording->timestamp_ms);
    cli_table_add(table, text);
    cli_format_duration(text, recording->has_duration,
                        recording->duration_seconds);
    cli_table_add(table, text);
    cli_format_size(text, recording->size_bytes);
    cli_table_add(table, text);
    cli_table_add(table, recording->mime_type);
    cli_table_add(table, recording->name);
}

static void print_one(cli_ls *self, const wfs_recording *recording)
{
    switch (self->form) {
    case CLI_LS_IDS:
        (void)puts(recording->id);
        break;
    case CLI_LS_JSON:
        if (cli_json_put_recording(recording) != WFS_OK) {
            self->table.is_out_of_memory = true;
        }
        break;
    case CLI_LS_TABLE:
        add_row(&self->table, recording);
        break;
    }
}

static cli_exit print_page(cli_ls *self, wfs_store *store, char **ret_next)
{
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_recording_list(store, &self->query, &page, &error) != WFS_OK) {
        return cli_message_fail("ls", &error);
    }
    for (size_t i = 0; i < page.count; i++) {
        print_one(self, &page.recordings[i]);
    }
    *ret_next = page.next;
    page.next = NULL;
    wfs_recording_page_release(&page);
    return CLI_DONE;
}

const cli_ls_kind cli_ls_recordings = {COLUMNS, CLI_COUNT_OF(COLUMNS),
                                       print_page};
