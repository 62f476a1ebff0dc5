/*
 * gate.h - a gate in front of the catalogue, at which receipts wait.
 */
#ifndef WFS_TEST_GATE_H
#define WFS_TEST_GATE_H

#include <pthread.h>

#include "store_internal.h"

/*
 * The first group waits at the gate, as if others were writing; or inside of it
 * (`is_inside`), when it is settled who belongs to the group.
 *
 * `outcome`    what a group is told; unless WFS_OK it is not written
 * `commits_all_the_same`  but it is
 * `groups`     that were gathered, and the `largest` of them
 */
extern struct test_gate {
    const wfs_catalogue_api *api;
    wfs_catalogue_api gated;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool is_open;
    bool is_waiting;
    bool is_inside;
    wfs_receipts_gather gather;
    int groups;
    size_t largest;
    wfs_status outcome;
    bool commits_all_the_same;
} test_gate;

/* All of it anew, around the store's catalogue. */
void test_gate_close(wfs_store *store, wfs_status outcome);

/* Until one waits there. */
void test_gate_await_group(void);

/* For that one, and all that come. */
void test_gate_open(void);

#endif
