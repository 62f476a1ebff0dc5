/*
 * ls_recordings.c - wfstore ls: finished recordings.
 */
#include "ls.h"

#include <stdio.h>
#include <stdlib.h>

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

/* Print a page and move the query on to the next; `*ret_is_last` as it says. */
static cli_exit print_page(cli_ls *self, wfs_store *store, char **cursor,
                           bool *ret_is_last)
{
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_error error = WFS_ERROR_INIT;
    cli_exit result = CLI_DONE;

    if (wfs_recording_list(store, &self->query, &page, &error) != WFS_OK) {
        return cli_message_fail("ls", &error);
    }
    for (size_t i = 0; i < page.count; i++) {
        print_one(self, &page.recordings[i]);
    }
    free(*cursor);
    *cursor = page.next;
    self->query.cursor = *cursor;
    page.next = NULL;
    *ret_is_last = !cli_ls_end_page(self, &result) || *cursor == NULL;
    wfs_recording_page_release(&page);
    return result;
}

cli_exit cli_ls_print_recordings(cli_ls *self, wfs_store *store)
{
    char *cursor = NULL;
    bool is_last = false;
    cli_exit result = CLI_DONE;

    cli_table_open(&self->table, COLUMNS, CLI_COUNT_OF(COLUMNS));
    while (result == CLI_DONE && !is_last) {
        result = print_page(self, store, &cursor, &is_last);
    }
    cli_table_close(&self->table);
    free(cursor);
    return result;
}
