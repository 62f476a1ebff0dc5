/*
 * observe.c - telling the observer of a store's options what has happened.
 */
#include "observe.h"

#include <time.h>

#define NS_PER_S 1000000000

static uint64_t get_monotonic_ns(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

static void tell(const wfs_store *store, wfs_event event, uint64_t duration_ns)
{
    if (store->options.observer != NULL) {
        store->options.observer(store->options.observer_data, event,
                                duration_ns);
    }
}

void wfs_observe(const wfs_store *store, wfs_event event)
{
    tell(store, event, 0);
}

uint64_t wfs_observe_begin(const wfs_store *store)
{
    return store->options.observer != NULL ? get_monotonic_ns() : 0;
}

void wfs_observe_end(const wfs_store *store, wfs_event event, uint64_t began_ns)
{
    if (store->options.observer != NULL) {
        tell(store, event, get_monotonic_ns() - began_ns);
    }
}
