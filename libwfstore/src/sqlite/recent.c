/*
 * recent.c - rows of uploads as this process's last receipts left them.
 *
 * Chunks of an upload come one after another, and each looks at its row, which
 * is known here already. What was committed since, by anybody, shows in the
 * moment (moment.c), and then it is read.
 */
#include "recent.h"

#include <assert.h>

#include "parts.h"
#include "sqlite.h"

void wfs_sqlite_init_recent(wfs_sqlite_recent *recent)
{
    (void)pthread_mutex_init(&recent->mutex, NULL);
    recent->count = 0;
}

void wfs_sqlite_release_recent(wfs_sqlite_recent *recent)
{
    (void)pthread_mutex_destroy(&recent->mutex);
}

/* Or NULL. */
static const wfs_upload_row *find_row(const wfs_sqlite_recent *recent,
                                      int64_t row)
{
    for (size_t i = 0; i < recent->count; i++) {
        if (recent->rows[i].row == row) {
            return &recent->rows[i];
        }
    }
    return NULL;
}

/* The last receipt of an upload comes first, which has its row as it is. */
static void keep_rows(wfs_sqlite_recent *recent,
                      const wfs_receipt_result *results, size_t count)
{
    while (count-- > 0 && recent->count < WFS_SQLITE_RECENT_MAX) {
        const wfs_receipt_result *result = &results[count];

        if (result->error.status == WFS_OK &&
            find_row(recent, result->upload.row) == NULL) {
            recent->rows[recent->count++] = result->upload;
        }
    }
}

void wfs_sqlite_keep_recent(wfs_sqlite *sqlite,
                            const wfs_receipt_result *results, size_t count)
{
    wfs_sqlite_recent *recent = &sqlite->recent;

    assert(sqlite->writer.is_taken); /* else the moment may be another's */
    (void)pthread_mutex_lock(&recent->mutex);
    recent->count = 0;
    if (wfs_sqlite_get_moment(&sqlite->base, &recent->moment)) {
        keep_rows(recent, results, count);
    }
    (void)pthread_mutex_unlock(&recent->mutex);
}

bool wfs_sqlite_find_recent(wfs_sqlite *sqlite, int64_t row,
                            wfs_upload_row *ret_row)
{
    wfs_sqlite_recent *recent = &sqlite->recent;
    const wfs_upload_row *found;
    wfs_moment now;

    (void)pthread_mutex_lock(&recent->mutex);
    found = find_row(recent, row);
    if (found != NULL && (!wfs_sqlite_get_moment(&sqlite->base, &now) ||
                          !wfs_moment_is_same(&recent->moment, &now))) {
        found = NULL;
    }
    if (found != NULL) {
        *ret_row = *found;
    }
    (void)pthread_mutex_unlock(&recent->mutex);
    return found != NULL;
}
