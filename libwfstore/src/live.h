/*
 * live.h - what is in flight, in this process and in the others, and how one
 * asks another to end.
 *
 * Whoever holds a lock of a part for longer than a look (a chunk, a catch-up,
 * completing) has a slot, claimed right after the lock and before looking
 * again at the catalogue; and who appends has one from the first of its chunks
 * to the last, since it has no lock between them. So whoever changes the
 * catalogue first and asks to stop then misses nobody: a slot that came too
 * late for it belongs to somebody who finds the change.
 *
 * A stop is heeded by its owner, who polls wfs_live_get_stop; it names the
 * sequence number of the slot, so that it never hits the next one in it. In
 * this process it arrives at once; from others it is fetched by wfs_live_look,
 * which somebody has to call every WFS_LIVE_LOOK_MS while a slot is held: the
 * committer does, and every write.
 *
 * Slots are a courtesy: without room for the file, or with the file damaged
 * or removed by someone, everything works but that one in another process is
 * not found. Thread-safe; a slot belongs to one thread at a time.
 */
#ifndef WFS_LIVE_H
#define WFS_LIVE_H

#include <stdatomic.h>

#include "live_file.h"
#include "store_internal.h"

#define WFS_LIVE_LOOK_MS 20

/* `index` of a slot that is no chunk's. */
#define WFS_LIVE_CATCH_UP WFS_LOCK_DIGEST
#define WFS_LIVE_COMPLETING WFS_LOCK_COUNT
#define WFS_LIVE_APPENDING (WFS_LOCK_COUNT + 1)

/*
 * In its owner; all 0: none. `entry`, `page`, `number`, `next`, `before` belong
 * to live.c.
 */
typedef struct wfs_live_slot wfs_live_slot;
struct wfs_live_slot {
    wfs_live *live;
    wfs_live_entry entry;
    size_t page;
    size_t number;
    bool is_placed;
    wfs_live_slot *next;
    wfs_live_slot **before;
    atomic_llong touched_ms;
    atomic_uint_fast64_t progress;
    atomic_int state;
};

/* Does not fail for want of the file. `meta_dir` is borrowed. */
wfs_status wfs_live_open(int meta_dir, wfs_live **ret_live, wfs_error *error);

/* No slot may be held. Accepts NULL. */
void wfs_live_close(wfs_live *live);

/* A slot that was claimed is released, by this function alone. */
void wfs_live_claim(wfs_live *live, wfs_live_slot *slot, int64_t row,
                    uint64_t index);

/* Accepts a slot that is not held. */
void wfs_live_release(wfs_live_slot *slot);

/* A byte has come. Never sleeps. */
void wfs_live_touch(wfs_live_slot *slot);

/* Never sleeps. */
void wfs_live_set_progress(wfs_live_slot *slot, uint64_t done, uint64_t total);

/*
 * WFS_OK, or why the owner has to end: WFS_EBUSY (taken over), WFS_EGONE,
 * WFS_ECOMPLETE. Never sleeps.
 */
wfs_status wfs_live_get_stop(const wfs_live_slot *slot);

/* From now on a stop is not heeded; tells one that came before. */
wfs_status wfs_live_seal(wfs_live_slot *slot);

/* Exchange with the other processes, if it is time and nobody is at it. */
void wfs_live_look(wfs_live *live);

/* Whether there is anything to look for. */
bool wfs_live_is_held(wfs_live *live);

/* How many of this process are. */
size_t wfs_live_count_held(wfs_live *live);

/* Whom a stop is for: slots of `row`, first to last index, whose last byte came
 * `idle_ms` ago or earlier (0: all). */
typedef struct wfs_live_aim {
    int64_t row;
    uint64_t first;
    uint64_t last;
    uint64_t idle_ms;
} wfs_live_aim;

/* How many were told, and how many were not idle for long enough. */
typedef struct wfs_live_found {
    size_t stopped;
    size_t spared;
} wfs_live_found;

wfs_live_found wfs_live_stop(wfs_live *live, const wfs_live_aim *aim,
                             wfs_live_reason reason);

/* Whether somebody alive has the slot, and its progress in 65536ths. */
bool wfs_live_find(wfs_live *live, int64_t row, uint64_t index,
                   uint64_t *ret_progress);

#endif
