/*
 * pace.c - long work at a chosen speed: told of, slowed, cancelled.
 */
#include "pace.h"

#include <time.h>

#include "error.h"

#define TELL_MS 50
#define SLEEP_MS 50

static uint64_t get_monotonic_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void wfs_pace_begin(wfs_pace *pace, uint64_t bytes_per_second,
                    wfs_progress progress, void *progress_data,
                    uint64_t total_bytes)
{
    *pace = (wfs_pace){.bytes_per_second = bytes_per_second,
                       .progress = progress,
                       .progress_data = progress_data,
                       .total_bytes = total_bytes,
                       .begun_ms = get_monotonic_ms()};
}

wfs_status wfs_pace_tell(wfs_pace *pace, wfs_error *error)
{
    pace->told_ms = get_monotonic_ms();
    if (pace->total_bytes < pace->done_bytes) {
        pace->total_bytes = pace->done_bytes; /* it grew meanwhile */
    }
    if (pace->progress == NULL ||
        pace->progress(pace->progress_data, pace->done_bytes,
                       pace->total_bytes)) {
        return WFS_OK;
    }
    return wfs_error_set(error, WFS_ECANCELED, 0, NULL, "it was cancelled");
}

/* How many ms the work is ahead of its limit. */
static uint64_t get_lead(const wfs_pace *pace)
{
    uint64_t spent_ms = get_monotonic_ms() - pace->begun_ms;
    double due_ms;

    if (pace->bytes_per_second == 0) {
        return 0;
    }
    due_ms = (double)pace->paid_bytes * 1000 / (double)pace->bytes_per_second;
    return due_ms > (double)spent_ms ? (uint64_t)(due_ms - (double)spent_ms)
                                     : 0;
}

static void sleep_ms(uint64_t ms)
{
    struct timespec span = {0, (long)ms * 1000000};

    (void)nanosleep(&span, NULL);
}

wfs_status wfs_pace_add(wfs_pace *pace, uint64_t done, uint64_t paid,
                        wfs_error *error)
{
    wfs_status status = WFS_OK;
    uint64_t lead_ms;

    pace->done_bytes += done;
    pace->paid_bytes += paid;
    if (get_monotonic_ms() - pace->told_ms >= TELL_MS) {
        status = wfs_pace_tell(pace, error);
    }
    for (lead_ms = get_lead(pace); status == WFS_OK && lead_ms > 0;
         lead_ms = get_lead(pace)) {
        sleep_ms(lead_ms < SLEEP_MS ? lead_ms : SLEEP_MS);
        status = wfs_pace_tell(pace, error);
    }
    return status;
}
