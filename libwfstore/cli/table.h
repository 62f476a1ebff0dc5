/*
 * table.h - rows of text under aligned columns.
 *
 * Rows are collected, measured and printed page by page, so that a table of a
 * million rows needs the memory of one page. A column stays as wide as the
 * widest page so far made it. The last column is not padded, and on a terminal
 * it is cut where the line ends.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#define CLI_TABLE_COLUMNS_MAX 8

typedef struct cli_column {
    const char *title;
    bool is_right; /* numbers */
} cli_column;

typedef struct cli_table {
    const cli_column *columns;
    size_t column_count;
    size_t widths[CLI_TABLE_COLUMNS_MAX];
    char **cells; /* of the rows of this page, row by row */
    size_t cell_count;
    size_t cell_room;
    bool has_head;
    bool is_out_of_memory;
} cli_table;

/* `columns` is borrowed, at most CLI_TABLE_COLUMNS_MAX. */
void cli_table_open(cli_table *self, const cli_column *columns, size_t count);

/* Add the next cell of a row; copied. */
void cli_table_add(cli_table *self, const char *text);

/* Print the rows added since. False: no memory. */
bool cli_table_flush(cli_table *self);

void cli_table_close(cli_table *self);

#endif
