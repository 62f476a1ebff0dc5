/*
 * ls.h - the two lists of wfstore ls.
 */
#ifndef CLI_LS_H
#define CLI_LS_H

#include "cli.h"
#include "table.h"

#define CLI_LS_PAGE_ROWS 500

typedef enum cli_ls_form {
    CLI_LS_TABLE = 0,
    CLI_LS_JSON, /* one object per line */
    CLI_LS_IDS
} cli_ls_form;

/* What is printed how; the table is used in form CLI_LS_TABLE. */
typedef struct cli_ls {
    cli_ls_form form;
    wfs_list_query query;
    cli_table table;
} cli_ls;

/*
 * What can be listed.
 *
 * `print_page`  prints the page of self->query; `*ret_next` is the cursor of
 *               the next one (new), or NULL after the last. Complains and
 *               returns what is not CLI_DONE if it cannot be read
 */
typedef struct cli_ls_kind {
    const cli_column *columns;
    size_t column_count;
    cli_exit (*print_page)(cli_ls *self, wfs_store *store, char **ret_next);
} cli_ls_kind;

extern const cli_ls_kind cli_ls_recordings;
extern const cli_ls_kind cli_ls_uploads;

#endif
