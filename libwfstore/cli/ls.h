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
    bool is_uploads;
    wfs_list_query query;
    cli_table table;
} cli_ls;

/* End a page: false if it was the last that can be printed. */
bool cli_ls_end_page(cli_ls *self, cli_exit *ret_exit);

cli_exit cli_ls_print_recordings(cli_ls *self, wfs_store *store);
cli_exit cli_ls_print_uploads(cli_ls *self, wfs_store *store);

#endif
