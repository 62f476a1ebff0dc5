/*
 * cursor.h - where a page of a list ended, as text a client hands back.
 *
 * A cursor is bound to the list's order and to what is searched for. It holds
 * the key and the id of the last row, so that it stays good whatever comes and
 * goes; its text is opaque to clients: base64url of bytes with a check sum.
 */
#ifndef WFS_CURSOR_H
#define WFS_CURSOR_H

#include "fold.h"
#include "wfstore/recording.h"

/* The order of uploads: `number` is the row. */
#define WFS_CURSOR_UPLOADS ((wfs_sort)4)

/*
 * `number` for timestamp and size, `real` for duration, `text` for name.
 * `query` is wfs_cursor_hash of what is searched for.
 */
typedef struct wfs_cursor {
    wfs_sort sort;
    bool is_descending;
    uint32_t query;
    int64_t number;
    double real;
    char text[WFS_FOLDED_BYTES];
    char id[WFS_ID_MAX_BYTES + 1];
} wfs_cursor;

/* 0 for NULL: all are wanted. */
uint32_t wfs_cursor_hash(const char *query);

/* `*ret_text` is new. Returns WFS_ENOMEM. */
wfs_status wfs_cursor_encode(const wfs_cursor *cursor, char **ret_text);

/* Returns WFS_ECURSOR: not one of ours, or of another order. */
wfs_status wfs_cursor_decode(const char *text, wfs_sort sort,
                             bool is_descending, wfs_cursor *ret_cursor);

#endif
