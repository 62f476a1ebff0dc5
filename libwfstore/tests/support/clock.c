/*
 * clock.c - the machine's clocks, set by a test.
 */
#include "support/clock.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static _Atomic int64_t passed_ms;
static _Atomic int64_t jumped_ms;
static _Atomic bool is_stopped;
static struct timespec stopped_at;

void test_clock_reset(void)
{
    passed_ms = 0;
    jumped_ms = 0;
    is_stopped = false;
}

void test_clock_stop(void)
{
    (void)clock_gettime(CLOCK_BOOTTIME, &stopped_at);
    is_stopped = true;
}

void test_clock_pass(int64_t ms)
{
    passed_ms += ms;
}

void test_clock_jump(int64_t ms)
{
    jumped_ms += ms;
}

/* In front of the one of the C library. */
int clock_gettime(clockid_t clock, struct timespec *now)
{
    int64_t ms = clock == CLOCK_REALTIME   ? passed_ms + jumped_ms
                 : clock == CLOCK_BOOTTIME ? passed_ms
                                           : 0;
    int result = (int)syscall(SYS_clock_gettime, clock, now);

    if (is_stopped && clock == CLOCK_BOOTTIME) {
        *now = stopped_at;
        return 0;
    }
    now->tv_sec += ms / 1000;
    return result;
}
