/*
 * format.c - sizes, durations and moments for people.
 */
#include "format.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

void cli_format_size(char ret_text[CLI_FORMAT_BYTES], uint64_t bytes)
{
    static const char *const UNITS[] = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = (double)bytes / 1024;
    size_t unit = 0;

    if (bytes < 1024) {
        (void)snprintf(ret_text, CLI_FORMAT_BYTES, "%" PRIu64 " B", bytes);
        return;
    }
    /* What would be shown as 1024 of a unit is 1.0 of the next. */
    while (value >= 1023.5 && unit + 1 < sizeof UNITS / sizeof UNITS[0]) {
        value /= 1024;
        unit++;
    }
    (void)snprintf(ret_text, CLI_FORMAT_BYTES, "%.*f %s", value < 9.95 ? 1 : 0,
                   value, UNITS[unit]);
}

void cli_format_duration(char ret_text[CLI_FORMAT_BYTES], bool is_known,
                         double seconds)
{
    uint64_t whole;

    if (!is_known || !(seconds >= 0 && seconds < 1e12)) {
        (void)snprintf(ret_text, CLI_FORMAT_BYTES, "-");
        return;
    }
    whole = (uint64_t)(seconds + 0.5);
    if (whole < 3600) {
        (void)snprintf(ret_text, CLI_FORMAT_BYTES, "%d:%02d", (int)(whole / 60),
                       (int)(whole % 60));
        return;
    }
    (void)snprintf(ret_text, CLI_FORMAT_BYTES, "%" PRIu64 ":%02d:%02d",
                   whole / 3600, (int)(whole / 60 % 60), (int)(whole % 60));
}

void cli_format_moment(char ret_text[CLI_FORMAT_BYTES], int64_t unix_ms)
{
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm parts;

    if (localtime_r(&seconds, &parts) == NULL ||
        strftime(ret_text, CLI_FORMAT_BYTES, "%Y-%m-%d %H:%M:%S", &parts) ==
            0) {
        (void)snprintf(ret_text, CLI_FORMAT_BYTES, "-");
    }
}
