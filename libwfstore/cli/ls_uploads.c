/*
 * ls_uploads.c - wfstore ls --uploads: what is still being received.
 */
#include "ls.h"

#include <inttypes.h>
#include <stdio.h>

#include "format.h"
#include "message.h"
#include "options.h"
#include "show.h"

static const cli_column COLUMNS[] = {
    {"ID", false},    {"BEGUN", false},   {"LAST CHUNK", false},
    {"CHUNKS", true}, {"RECEIVED", true}, {"NAME", false},
};

/* "3", or "3/10" once the total is known. */
static void format_chunks(char ret_text[CLI_FORMAT_BYTES],
                          const wfs_upload_info *upload)
{
    if (upload->total_chunks == WFS_UNKNOWN) {
        (void)snprintf(ret_text, CLI_FORMAT_BYTES, "%" PRIu64,
                       upload->received_chunks);
    } else {
        (void)snprintf(ret_text, CLI_FORMAT_BYTES, "%" PRIu32 "/%" PRIu32,
                       (uint32_t)upload->received_chunks,
                       (uint32_t)upload->total_chunks);
    }
}

static void add_row(cli_table *table, const wfs_upload_info *upload)
{
    char text[CLI_FORMAT_BYTES];

    cli_table_add(table, upload->id);
    cli_format_moment(text, upload->created_ms);
    cli_table_add(table, text);
    cli_format_moment(text, upload->updated_ms);
    cli_table_add(table, text);
    format_chunks(text, upload);
    cli_table_add(table, text);
    cli_format_size(text, upload->received_bytes);
    cli_table_add(table, text);
    cli_table_add(table, upload->name);
}

static void print_one(cli_ls *self, const wfs_upload_info *upload)
{
    switch (self->form) {
    case CLI_LS_IDS:
        (void)puts(upload->id);
        break;
    case CLI_LS_JSON:
        cli_show_upload_json(upload, false);
        break;
    case CLI_LS_TABLE:
        add_row(&self->table, upload);
        break;
    }
}

static cli_exit print_page(cli_ls *self, wfs_store *store, char **ret_next)
{
    wfs_upload_page page = WFS_UPLOAD_PAGE_INIT;
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_upload_list(store, self->query.limit, self->query.cursor, &page,
                        &error) != WFS_OK) {
        return cli_message_fail("ls", &error);
    }
    for (size_t i = 0; i < page.count; i++) {
        print_one(self, &page.uploads[i]);
    }
    *ret_next = page.next;
    page.next = NULL;
    wfs_upload_page_release(&page);
    return CLI_DONE;
}

const cli_ls_kind cli_ls_uploads = {COLUMNS, CLI_COUNT_OF(COLUMNS), print_page};
