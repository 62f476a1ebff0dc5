/*
 * clock.h - whether the clock of the machine can be believed.
 *
 * What is old enough goes by itself (expiry, retention), so a clock that was
 * set forward by mistake would delete what is not old. The clocks are looked
 * at each time the store is tended: while the machine runs, the time of day
 * has to advance as the time since boot does; over a restart it may not go
 * back, nor so far ahead that the clock may be at fault as well as a long
 * time switched off. After a jump nothing is deleted until the clock has gone
 * on for a day without another.
 */
#ifndef WFS_CLOCK_H
#define WFS_CLOCK_H

#include "catalogue_types.h"

/* Corrections of a clock that is in step stay far below this. */
#define WFS_CLOCK_TOLERANCE_MS 300000
#define WFS_CLOCK_DOUBT_MS 86400000
#define WFS_CLOCK_OFF_MS 86400000

/* The clocks now: Unix time, and time since boot with that spent asleep. */
void wfs_clock_read(int64_t *ret_realtime_ms, int64_t *ret_boottime_ms);

/*
 * `boot`  0: the kernel does not tell one boot from another
 * `realtime_ms` 0: never looked
 * `doubt_ms` how long the clock has to go on without a jump; 0: believed
 */
typedef struct wfs_clock_state {
    int64_t boot;
    int64_t boottime_ms;
    int64_t realtime_ms;
    int64_t doubt_ms;
} wfs_clock_state;

/* `now` has the clocks; its doubt is what follows from `before`. */
void wfs_clock_judge(const wfs_clock_state *before, wfs_clock_state *now);

#endif
