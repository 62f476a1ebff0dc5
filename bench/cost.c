/*
 * cost.c - what work has cost this process, and figures made of many runs.
 */
#include "cost.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench.h"

static double read_clock(clockid_t clock)
{
    struct timespec now;

    if (clock_gettime(clock, &now) != 0) {
        bench_fail("there is no such clock");
    }
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double bench_get_cpu_seconds(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

double bench_get_thread_seconds(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

double bench_get_seconds(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

bench_io bench_get_io(void)
{
    bench_io io = {0, 0};
    FILE *stream = fopen("/proc/self/io", "re");

    if (stream == NULL || fscanf(stream, "rchar: %" SCNu64 " wchar: %" SCNu64,
                                 &io.read_bytes, &io.written_bytes) != 2) {
        bench_fail("/proc/self/io cannot be read");
    }
    (void)fclose(stream);
    return io;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

double bench_get_median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return count % 2 == 1 ? values[count / 2]
                          : (values[count / 2 - 1] + values[count / 2]) / 2;
}
