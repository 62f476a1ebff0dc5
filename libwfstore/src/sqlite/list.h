/*
 * list.h - pages of recordings in eight orders.
 *
 * A page goes on behind the key and id of the row before (keyset): first the
 * rest of those with the same key, then those beyond, each a range of the
 * order's own index. So a page costs the same wherever it lies, also among a
 * million equal names.
 */
#ifndef WFS_SQLITE_LIST_H
#define WFS_SQLITE_LIST_H

#include "../cursor.h"
#include "sql.h"

/* `first` page; on the next the rows of the `same` key, then those `beyond`.
 * Behind the columns of a recording they give its key and its folded name. */
typedef struct wfs_list_sql {
    const char *first;
    const char *same;
    const char *beyond;
} wfs_list_sql;

/* By wfs_sort, then ascending and descending. */
extern const wfs_list_sql wfs_list_sqls[4][2];

/*
 * A page in the making.
 *
 * `recordings`  room for `limit`; `count` are there
 * `looked`      rows looked at, wanted or not; only so many of a search are
 * `query`       what a folded name has to have in it, if has_query
 * `has_more`    there are rows behind it
 * `last`        the row looked at last; its order is that of the list
 */
typedef struct wfs_list_page {
    wfs_recording *recordings;
    size_t limit;
    size_t count;
    size_t looked;
    bool has_query;
    char query[WFS_FOLDED_BYTES];
    bool has_more;
    wfs_cursor last;
} wfs_list_page;

/* Fill `to` with what comes behind `after` (NULL: from the start). On
 * failure the recordings read so far are in it. */
wfs_status wfs_list_read(wfs_sql_connection *connection,
                         const wfs_cursor *after, wfs_list_page *to,
                         wfs_error *error);

#endif
