/*
 * lately.c - rows as this process's last commit of receipts left them.
 */
#include "lately.h"

#include <string.h>

/* Counts the commits; see sqlite.org/walformat.html, 2.1. */
#define COUNTER_WORD 2

void wfs_lately_init(wfs_lately *lately)
{
    memset(lately, 0, sizeof *lately);
    (void)pthread_mutex_init(&lately->mutex, NULL);
}

void wfs_lately_release(wfs_lately *lately)
{
    (void)pthread_mutex_destroy(&lately->mutex);
}

/* With the mutex held, as all that follows. */
static wfs_upload_row *find(wfs_lately *lately, int64_t row)
{
    for (size_t i = 0; row != 0 && i < WFS_LATELY_ROWS; i++) {
        if (lately->rows[i].row == row) {
            return &lately->rows[i];
        }
    }
    return NULL;
}

static void put(wfs_lately *lately, const wfs_upload_row *upload)
{
    wfs_upload_row *place = find(lately, upload->row);

    if (place == NULL) {
        place = &lately->rows[lately->next];
        lately->next = (lately->next + 1) % WFS_LATELY_ROWS;
    }
    *place = *upload;
}

/* What is of another moment than `now` goes. */
static void move_to(wfs_lately *lately, const wfs_moment *now)
{
    if (wfs_moment_is_same(&lately->moment, now)) {
        return;
    }
    lately->moment = *now;
    lately->has_totals = false;
    for (size_t i = 0; i < WFS_LATELY_ROWS; i++) {
        lately->rows[i].row = 0;
    }
}

bool wfs_lately_get_upload(wfs_lately *lately, const wfs_moment *now,
                           int64_t row, wfs_upload_row *ret_row)
{
    const wfs_upload_row *found = NULL;

    (void)pthread_mutex_lock(&lately->mutex);
    if (wfs_moment_is_same(&lately->moment, now)) {
        found = find(lately, row);
    }
    if (found != NULL) {
        *ret_row = *found;
    }
    (void)pthread_mutex_unlock(&lately->mutex);
    return found != NULL;
}

bool wfs_lately_get_totals(wfs_lately *lately, const wfs_moment *now,
                           wfs_totals *ret_totals)
{
    bool is_known;

    (void)pthread_mutex_lock(&lately->mutex);
    is_known = lately->has_totals && wfs_moment_is_same(&lately->moment, now);
    if (is_known) {
        *ret_totals = lately->totals;
    }
    (void)pthread_mutex_unlock(&lately->mutex);
    return is_known;
}

void wfs_lately_put_totals(wfs_lately *lately, const wfs_moment *now,
                           const wfs_totals *totals)
{
    (void)pthread_mutex_lock(&lately->mutex);
    move_to(lately, now);
    lately->totals = *totals;
    lately->has_totals = true;
    (void)pthread_mutex_unlock(&lately->mutex);
}

static void add(wfs_totals *totals, const wfs_totals_change *change)
{
    totals->recordings += (uint64_t)change->recordings;
    totals->recording_bytes += (uint64_t)change->recording_bytes;
    totals->uploads += (uint64_t)change->uploads;
    totals->upload_bytes += (uint64_t)change->upload_bytes;
    totals->reserved_bytes += (uint64_t)change->reserved_bytes;
    totals->generation += (uint64_t)change->generation;
    totals->damaged += (uint64_t)change->damaged;
}

static bool is_next(const wfs_moment *before, const wfs_moment *after)
{
    return after->words[COUNTER_WORD] == before->words[COUNTER_WORD] + 1;
}

void wfs_lately_follow(wfs_lately *lately, const wfs_moment *before,
                       const wfs_moment *after, const wfs_totals_change *change,
                       const wfs_receipt_result *results, size_t count)
{
    (void)pthread_mutex_lock(&lately->mutex);
    if (is_next(before, after)) {
        move_to(lately, before);
        lately->moment = *after;
        add(&lately->totals, change);
        for (size_t i = 0; i < count; i++) {
            if (results[i].error.status == WFS_OK) {
                put(lately, &results[i].upload);
            }
        }
    } else {
        move_to(lately, after);
    }
    (void)pthread_mutex_unlock(&lately->mutex);
}
