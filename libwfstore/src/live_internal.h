/*
 * live_internal.h - what the files behind live.h share.
 *
 *     live.c         the slots of this process
 *     live_others.c  finding and stopping, here and elsewhere
 *     live_file.c    the file
 */
#ifndef WFS_LIVE_INTERNAL_H
#define WFS_LIVE_INTERNAL_H

#include <pthread.h>

#include "live.h"

/* A page of the file that is locked by `fd`. */
typedef struct live_page {
    size_t number;
    wfs_live_slot *slots[WFS_LIVE_PAGE_SLOTS];
} live_page;

/*
 * The mutex guards everything but the atomic members, also of slots. It is held
 * over reading and writing the file, which is small and in the page cache.
 *
 * `fd`     -1: there is no file now
 * `first`  of the slots of this process
 */
struct wfs_live {
    int meta_dir;
    pthread_mutex_t mutex;
    int fd;
    live_page *pages;
    size_t page_count;
    uint64_t sequence;
    wfs_live_slot *first;
    atomic_size_t held;
    atomic_llong looked_ms;
};

/* Open the file unless that is done; again if somebody has removed it. With the
 * mutex held. */
bool wfs_live_has_file(wfs_live *live);

/* The first stop that a slot is told counts. */
void wfs_live_tell(wfs_live_slot *slot, wfs_live_reason reason);

#endif
