/*
 * clock.c - whether the clock of the machine can be believed.
 */
#include "clock.h"

static int64_t read_ms(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void wfs_clock_read(int64_t *ret_realtime_ms, int64_t *ret_boottime_ms)
{
    *ret_realtime_ms = read_ms(CLOCK_REALTIME);
    *ret_boottime_ms = read_ms(CLOCK_BOOTTIME);
}

static bool is_off(int64_t difference_ms)
{
    return difference_ms > WFS_CLOCK_TOLERANCE_MS ||
           difference_ms < -WFS_CLOCK_TOLERANCE_MS;
}

void wfs_clock_judge(const wfs_clock_state *before, wfs_clock_state *now)
{
    int64_t advanced = now->realtime_ms - before->realtime_ms;
    int64_t elapsed = 0;
    bool has_jumped;

    now->doubt_ms = 0;
    if (before->realtime_ms == 0) {
        return;
    }
    if (now->boot != 0 && now->boot == before->boot) {
        elapsed = now->boottime_ms - before->boottime_ms;
        has_jumped = is_off(advanced - elapsed);
    } else {
        has_jumped =
            advanced < -WFS_CLOCK_TOLERANCE_MS || advanced > WFS_CLOCK_OFF_MS;
    }
    if (has_jumped) {
        now->doubt_ms = WFS_CLOCK_DOUBT_MS;
    } else if (before->doubt_ms > elapsed) {
        now->doubt_ms = before->doubt_ms - elapsed;
    }
}
