/*
 * known.c - which row an upload had when its last chunk was accepted.
 */
#include "known.h"

#include <stdio.h>
#include <string.h>

/* FNV-1a; http://www.isthe.com/chongo/tech/comp/fnv/ */
#define FNV_BASIS UINT32_C(2166136261)
#define FNV_PRIME UINT32_C(16777619)

static wfs_known_row *get_place(wfs_known *known, const char *id)
{
    uint32_t hash = FNV_BASIS;

    for (; *id != '\0'; id++) {
        hash = (hash ^ (uint8_t)*id) * FNV_PRIME;
    }
    return &known->places[hash % WFS_KNOWN_PLACES];
}

void wfs_known_init(wfs_known *known)
{
    memset(known, 0, sizeof(*known));
    pthread_mutex_init(&known->mutex, NULL);
}

void wfs_known_release(wfs_known *known)
{
    pthread_mutex_destroy(&known->mutex);
}

void wfs_known_put(wfs_known *known, const char *id, int64_t row)
{
    wfs_known_row *place = get_place(known, id);

    pthread_mutex_lock(&known->mutex);
    snprintf(place->id, sizeof(place->id), "%s", id);
    place->row = row;
    pthread_mutex_unlock(&known->mutex);
}

void wfs_known_forget(wfs_known *known, const char *id)
{
    wfs_known_row *place = get_place(known, id);

    pthread_mutex_lock(&known->mutex);
    if (strcmp(place->id, id) == 0) {
        place->row = 0;
    }
    pthread_mutex_unlock(&known->mutex);
}

int64_t wfs_known_find(wfs_known *known, const char *id)
{
    const wfs_known_row *place = get_place(known, id);
    int64_t row;

    pthread_mutex_lock(&known->mutex);
    row = strcmp(place->id, id) == 0 ? place->row : 0;
    pthread_mutex_unlock(&known->mutex);
    return row;
}
