/*
 * known.h - which row an upload had when its last chunk was accepted.
 *
 * Chunks of an upload come one after another, so that most need not be looked
 * up by id. It is a guess and never more: another process may have ended the
 * upload since. Rows are never used again, so whoever reads the row by its
 * number finds out.
 *
 * A fixed number of places, however many uploads there are: ids that share one
 * push each other out. Thread-safe.
 */
#ifndef WFS_KNOWN_H
#define WFS_KNOWN_H

#include <pthread.h>

#include "wfstore/types.h"

#define WFS_KNOWN_PLACES 64

typedef struct wfs_known_row {
    char id[WFS_ID_MAX_BYTES + 1];
    int64_t row; /* 0: the place is free */
} wfs_known_row;

/* In its owner. */
typedef struct wfs_known {
    pthread_mutex_t mutex;
    wfs_known_row places[WFS_KNOWN_PLACES];
} wfs_known;

void wfs_known_init(wfs_known *known);
void wfs_known_release(wfs_known *known);

void wfs_known_put(wfs_known *known, const char *id, int64_t row);

/* Accepts an id that is not known. */
void wfs_known_forget(wfs_known *known, const char *id);

/* The row; 0: it is not known. */
int64_t wfs_known_find(wfs_known *known, const char *id);

#endif
