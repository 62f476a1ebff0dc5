/*
 * table.c - rows of text under aligned columns.
 */
#include "table.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal.h"
#include "text.h"

#define GAP 2

void cli_table_open(cli_table *self, const cli_column *columns, size_t count)
{
    *self = (cli_table){.columns = columns, .column_count = count};
    for (size_t i = 0; i < count; i++) {
        self->widths[i] = cli_text_get_width(columns[i].title);
    }
}

static bool make_room(cli_table *self)
{
    size_t room = self->cell_room == 0 ? 256 : 2 * self->cell_room;
    char **cells;

    if (self->cell_count < self->cell_room) {
        return true;
    }
    cells = realloc(self->cells, room * sizeof(*cells));
    if (cells == NULL) {
        return false;
    }
    self->cells = cells;
    self->cell_room = room;
    return true;
}

void cli_table_add(cli_table *self, const char *text)
{
    size_t column = self->cell_count % self->column_count;
    size_t width = cli_text_get_width(text);
    char *copy = make_room(self) ? strdup(text) : NULL;

    if (copy == NULL) {
        self->is_out_of_memory = true;
        return;
    }
    self->cells[self->cell_count++] = copy;
    if (width > self->widths[column]) {
        self->widths[column] = width;
    }
}

static void put_spaces(size_t count)
{
    printf("%*s", (int)count, "");
}

/* The columns left for the last cell of a line. */
static size_t get_room(const cli_table *self)
{
    size_t columns = cli_terminal_get_columns(stdout);
    size_t used = 0;

    for (size_t i = 0; i + 1 < self->column_count; i++) {
        used += self->widths[i] + GAP;
    }
    /* A line is cut at its end only, never to less than a few letters. */
    return columns == 0 ? SIZE_MAX : columns >= used + 8 ? columns - used : 8;
}

static void put_row(const cli_table *self, char *const *cells)
{
    size_t last = self->column_count - 1;

    for (size_t i = 0; i < last; i++) {
        size_t pad = self->widths[i] - cli_text_get_width(cells[i]);

        put_spaces(self->columns[i].is_right ? pad : 0);
        (void)cli_text_put(stdout, cells[i], SIZE_MAX);
        put_spaces(self->columns[i].is_right ? GAP : pad + GAP);
    }
    (void)cli_text_put(stdout, cells[last], get_room(self));
    (void)putchar('\n');
}

static void put_head(cli_table *self)
{
    char *titles[CLI_TABLE_COLUMNS_MAX] = {NULL};

    for (size_t i = 0; i < self->column_count; i++) {
        titles[i] = (char *)self->columns[i].title;
    }
    put_row(self, titles);
    self->has_head = true;
}

static void forget_rows(cli_table *self)
{
    for (size_t i = 0; i < self->cell_count; i++) {
        free(self->cells[i]);
    }
    self->cell_count = 0;
}

bool cli_table_flush(cli_table *self)
{
    if (self->is_out_of_memory) {
        return false;
    }
    if (!self->has_head && self->cell_count > 0) {
        put_head(self);
    }
    for (size_t i = 0; i < self->cell_count; i += self->column_count) {
        put_row(self, self->cells + i);
    }
    forget_rows(self);
    return true;
}

void cli_table_close(cli_table *self)
{
    forget_rows(self);
    free(self->cells);
    self->cells = NULL;
}
