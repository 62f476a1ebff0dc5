/*
 * lately.h - rows as this process's last commit of receipts left them.
 *
 * As long as nothing has been committed since, by whomever, they are what a
 * reader would find, and reading them is no system call. That is so for who
 * sends one chunk after the other, which asks for its upload's row and the
 * totals with each of them. Moments (moment.c) tell whether it is so: a row is
 * kept with the one after its commit, and is told only at that one.
 */
#ifndef WFS_LATELY_H
#define WFS_LATELY_H

#include <pthread.h>

#include "../catalogue_types.h"
#include "rows.h"

#define WFS_LATELY_ROWS 16

/*
 * `moment`  that of all that is kept
 * `next`    the place in `rows` that is given away next; free ones have row 0
 */
typedef struct wfs_lately {
    pthread_mutex_t mutex;
    wfs_moment moment;
    bool has_totals;
    wfs_totals totals;
    size_t next;
    wfs_upload_row rows[WFS_LATELY_ROWS];
} wfs_lately;

void wfs_lately_init(wfs_lately *lately);
void wfs_lately_release(wfs_lately *lately);

/* False: it is not known, and has to be read. */
bool wfs_lately_get_upload(wfs_lately *lately, const wfs_moment *now,
                           int64_t row, wfs_upload_row *ret_row);
bool wfs_lately_get_totals(wfs_lately *lately, const wfs_moment *now,
                           wfs_totals *ret_totals);

/* They were read, and `now` was the moment before and after. */
void wfs_lately_put_totals(wfs_lately *lately, const wfs_moment *now,
                           const wfs_totals *totals);

/*
 * A commit of receipts has led from the moment `before`, which was that of its
 * transaction, to `after`. If others may have come between, all is forgotten.
 */
void wfs_lately_follow(wfs_lately *lately, const wfs_moment *before,
                       const wfs_moment *after, const wfs_totals_change *change,
                       const wfs_receipt_result *results, size_t count);

#endif
