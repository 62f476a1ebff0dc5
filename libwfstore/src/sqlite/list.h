/*
 * list.h - the statements behind pages of recordings, for tests of their plan.
 */
#ifndef WFS_SQLITE_LIST_H
#define WFS_SQLITE_LIST_H

/* `first` page; on the next the rows of the `same` key, then those `beyond`. */
typedef struct wfs_list_sql {
    const char *first;
    const char *same;
    const char *beyond;
} wfs_list_sql;

/* By wfs_sort, then ascending and descending. */
extern const wfs_list_sql wfs_list_sqls[4][2];

#endif
