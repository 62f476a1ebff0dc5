/*
 * recent.h - rows of uploads as this process's last receipts left them.
 */
#ifndef WFS_SQLITE_RECENT_H
#define WFS_SQLITE_RECENT_H

#include <pthread.h>

#include "../catalogue.h"

/* Of one transaction: mostly it has one receipt, or a few. */
#define WFS_SQLITE_RECENT_MAX 8

/* `rows` are as of `moment`, which only this process's receipts have made. */
typedef struct wfs_sqlite_recent {
    pthread_mutex_t mutex;
    wfs_moment moment;
    size_t count;
    wfs_upload_row rows[WFS_SQLITE_RECENT_MAX];
} wfs_sqlite_recent;

typedef struct wfs_sqlite wfs_sqlite;

void wfs_sqlite_init_recent(wfs_sqlite_recent *recent);
void wfs_sqlite_release_recent(wfs_sqlite_recent *recent);

/* What has just been committed, with the writer still held. */
void wfs_sqlite_keep_recent(wfs_sqlite *sqlite,
                            const wfs_receipt_result *results, size_t count);

/* The row, if nothing has been committed since. Never sleeps. */
bool wfs_sqlite_find_recent(wfs_sqlite *sqlite, int64_t row,
                            wfs_upload_row *ret_row);

#endif
