/*
 * progress.c - a bar on the terminal for what takes long.
 */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "format.h"
#include "signals.h"
#include "terminal.h"
#include "text.h"

#define DRAW_EVERY_MS 100
#define BAR_COLUMNS_MAX 40

static int64_t get_now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cli_progress_open(cli_progress *self, const cli *program,
                       const char *label)
{
    *self = (cli_progress){
        .label = label,
        .is_shown = !program->is_quiet && cli_terminal_can_erase(stderr),
        .begun_ms = get_now_ms(),
    };
}

static void put_bar(size_t columns, double share)
{
    size_t full = (size_t)(share * (double)columns);

    (void)fputs(" [", stderr);
    for (size_t i = 0; i < columns; i++) {
        (void)fputc(i < full ? '#' : '.', stderr);
    }
    (void)fputc(']', stderr);
}

/* "  1.2 GiB of 3.0 GiB, 120 MiB/s, 0:15 left"; the speed once it is one. */
static void describe(const cli_progress *self, char *ret_text, size_t length,
                     uint64_t done, uint64_t total)
{
    double seconds = (double)(self->drawn_ms - self->begun_ms) / 1000;
    double rate = seconds >= 1 ? (double)done / seconds : 0;
    char of[2][CLI_FORMAT_BYTES];
    char speed[CLI_FORMAT_BYTES];
    char left[CLI_FORMAT_BYTES];

    cli_format_size(of[0], done);
    cli_format_size(of[1], total);
    if (rate <= 0) {
        (void)snprintf(ret_text, length, "  %s of %s", of[0], of[1]);
        return;
    }
    cli_format_size(speed, (uint64_t)rate);
    cli_format_duration(left, true, (double)(total - done) / rate);
    (void)snprintf(ret_text, length, "  %s of %s, %s/s, %s left", of[0], of[1],
                   speed, left);
}

static void draw(const cli_progress *self, uint64_t done, uint64_t total)
{
    char text[192];
    double share = total > 0 ? (double)done / (double)total : 1;
    size_t columns = cli_terminal_get_columns(stderr);
    size_t used;

    describe(self, text, sizeof text, done, total);
    used = strlen(self->label) + strlen(text) + sizeof " [] 100 %";
    (void)fprintf(stderr, "\r%s", self->label);
    if (columns > used + 4) {
        size_t room = columns - used;

        put_bar(room < BAR_COLUMNS_MAX ? room : BAR_COLUMNS_MAX, share);
    }
    (void)fprintf(stderr, " %3d %%", (int)(share * 100));
    if (columns >= used) {
        (void)fputs(text, stderr);
    }
    (void)fputs("\033[K", stderr);
    (void)fflush(stderr);
}

bool cli_progress_update(void *data, uint64_t done_bytes, uint64_t total_bytes)
{
    cli_progress *self = data;
    int64_t now_ms = get_now_ms();

    if (self->is_shown &&
        (!self->is_drawn || now_ms - self->drawn_ms >= DRAW_EVERY_MS)) {
        self->drawn_ms = now_ms;
        self->is_drawn = true;
        draw(self, done_bytes < total_bytes ? done_bytes : total_bytes,
             total_bytes);
    }
    return !cli_signals_is_interrupted();
}

void cli_progress_tell(cli_progress *self, const char *text)
{
    size_t columns = cli_terminal_get_columns(stderr);
    size_t used = strlen(self->label) + 2;

    if (!self->is_shown) {
        return;
    }
    (void)fprintf(stderr, "\r%s ", self->label);
    (void)cli_text_put(stderr, text, columns > used ? columns - used : 0);
    (void)fputs("\033[K", stderr);
    (void)fflush(stderr);
    self->is_drawn = true;
}

void cli_progress_clear(cli_progress *self)
{
    if (self->is_drawn) {
        (void)fputs("\r\033[K", stderr);
        (void)fflush(stderr);
        self->is_drawn = false;
    }
}
