/*
 * observe.h - telling the observer of a store's options what has happened.
 */
#ifndef WFS_OBSERVE_H
#define WFS_OBSERVE_H

#include "store_internal.h"

void wfs_observe(const wfs_store *store, wfs_event event);

/* Around what takes its time: the second gets what the first has told. */
uint64_t wfs_observe_begin(const wfs_store *store);
void wfs_observe_end(const wfs_store *store, wfs_event event,
                     uint64_t began_ns);

#endif
