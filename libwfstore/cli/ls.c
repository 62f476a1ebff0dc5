/*
 * ls.c - wfstore ls: lists page by page, in the memory of one page.
 */
#include "ls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "options.h"
#include "signals.h"
#include "store.h"

/* "name", "-size": a minus sign turns the order around. */
static bool read_sort(const char *text, wfs_list_query *query)
{
    static const struct {
        const char *name;
        wfs_sort sort;
    } KEYS[] = {{"timestamp", WFS_SORT_TIMESTAMP},
                {"name", WFS_SORT_NAME},
                {"duration", WFS_SORT_DURATION},
                {"size", WFS_SORT_SIZE}};

    query->descending = *text == '-';
    text += query->descending ? 1 : 0;
    for (size_t i = 0; i < CLI_COUNT_OF(KEYS); i++) {
        if (strcmp(KEYS[i].name, text) == 0) {
            query->sort = KEYS[i].sort;
            return true;
        }
    }
    return false;
}

/* False: it was the last that can be printed. */
static bool end_page(cli_ls *self, cli_exit *ret_exit)
{
    if (!cli_table_flush(&self->table)) {
        cli_message("out of memory");
        *ret_exit = CLI_FAILED;
        return false;
    }
    return fflush(stdout) == 0 && !cli_signals_is_interrupted();
}

/* The page at `*cursor`, which moves on; NULL after the last one. */
static cli_exit print_page(cli_ls *self, const cli_ls_kind *kind,
                           wfs_store *store, char **cursor)
{
    char *next = NULL;
    cli_exit result;

    self->query.cursor = *cursor;
    result = kind->print_page(self, store, &next);
    free(*cursor);
    *cursor = next;
    if (result == CLI_DONE && !end_page(self, &result)) {
        free(next);
        *cursor = NULL;
    }
    return result;
}

static cli_exit print(cli_ls *self, const cli_ls_kind *kind, wfs_store *store)
{
    char *cursor = NULL;
    cli_exit result;

    cli_table_open(&self->table, kind->columns, kind->column_count);
    do {
        result = print_page(self, kind, store, &cursor);
    } while (cursor != NULL);
    cli_table_close(&self->table);
    return result;
}

static cli_exit list(const cli *self, cli_ls *listing, const cli_ls_kind *kind)
{
    wfs_store *store = NULL;
    cli_exit result = cli_store_open(self, NULL, &store);

    if (result == CLI_DONE) {
        result = print(listing, kind, store);
    }
    wfs_store_close(store);
    return result;
}

cli_exit cli_run_ls(cli *self, int argc, char **argv)
{
    cli_ls listing = {.query = WFS_LIST_QUERY_INIT};
    const char *sort = NULL;
    bool is_json = false;
    bool is_ids = false;
    bool is_uploads = false;
    const cli_option options[] = {
        {"json", NULL, CLI_FLAG, &is_json, "one JSON object per line"},
        {"ids", NULL, CLI_FLAG, &is_ids, "ids alone, one per line"},
        {"uploads", NULL, CLI_FLAG, &is_uploads, "unfinished uploads instead"},
        {"query", "TEXT", CLI_TEXT, &listing.query.q,
         "only names that contain this, whatever its case"},
        {"sort", "KEY", CLI_TEXT, &sort,
         "timestamp, name, duration, size; -KEY: descending"},
    };
    const cli_usage usage = {"ls",
                             "Lists recordings, the newest first.",
                             "",
                             0,
                             0,
                             options,
                             CLI_COUNT_OF(options),
                             NULL};
    char **words;
    int count;
    cli_exit result;

    if (!cli_options_parse(self, &usage, argc, argv, &words, &count, &result)) {
        return result;
    }
    if (is_uploads && (sort != NULL || listing.query.q != NULL)) {
        return cli_options_complain(&usage,
                                    "--uploads: --sort and --query are not "
                                    "for uploads");
    }
    if (is_json && is_ids) {
        return cli_options_complain(&usage, "--json and --ids are two forms");
    }
    if (!read_sort(sort != NULL ? sort : "-timestamp", &listing.query)) {
        return cli_options_complain(&usage, "--sort: '%s' is not a KEY", sort);
    }
    listing.query.limit = CLI_LS_PAGE_ROWS;
    listing.form = is_ids ? CLI_LS_IDS : is_json ? CLI_LS_JSON : CLI_LS_TABLE;
    return list(self, &listing,
                is_uploads ? &cli_ls_uploads : &cli_ls_recordings);
}
