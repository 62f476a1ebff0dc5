/*
 * tell.c - the table of figures, and the end when something fails.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

static unsigned missed;

void bench_tell_title(const char *title)
{
    printf("\n%s\n%-46s %10s    %10s  %-4s  %s\n", title, "", "figure", "goal",
           "met", "detail");
    (void)fflush(stdout);
}

static void print_goal(double figure, const char *unit, double at_most)
{
    if (isinf(at_most)) {
        printf("  %10s  %-4s", "", "");
        return;
    }
    printf("<=%7.4g %-2s  %-4s", at_most, unit,
           figure <= at_most ? "yes" : "NO");
    missed += figure <= at_most ? 0 : 1;
}

void bench_tell(const char *name, double figure, const char *unit,
                double at_most, const char *detail, ...)
{
    va_list arguments;

    printf("%-46s %8.4g %-3s ", name, figure, unit);
    print_goal(figure, unit, at_most);
    printf("  ");
    va_start(arguments, detail);
    (void)vprintf(detail, arguments);
    va_end(arguments);
    printf("\n");
    (void)fflush(stdout);
}

unsigned bench_count_missed(void)
{
    return missed;
}

void bench_fail(const char *format, ...)
{
    va_list arguments;

    (void)fflush(stdout);
    (void)fputs("bench: ", stderr);
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fputc('\n', stderr);
    exit(2);
}

void bench_expect(wfs_status status, const wfs_error *error, const char *what)
{
    if (status != WFS_OK) {
        bench_fail("%s: %s: %s (%s, %d)", what, wfs_status_name(status),
                   error->detail, error->step != NULL ? error->step : "",
                   error->os_error);
    }
}
