/*
 * wf_list.h - which page of a list a query string asks for.
 *
 * Fields that a list does not have are ignored. One that is there twice counts
 * as it is written last.
 */
#ifndef WF_LIST_H
#define WF_LIST_H

#include "wf_query.h"
#include "wfstore/recording.h"

#define WF_LIST_CURSOR_BYTES 2048

/*
 * `cursor`   if has_cursor; else it is the first page
 * `q`        what is searched for; "": all are wanted
 * `culprit`  static: the name of the field that is wrong
 */
typedef struct wf_list {
    size_t limit;
    wfs_sort sort;
    bool descending;
    bool has_cursor;
    char cursor[WF_LIST_CURSOR_BYTES];
    char q[WFS_NAME_MAX_BYTES + 1];
    const char *culprit;
} wf_list;

/* 100 of all, the newest first. */
void wf_list_init(wf_list *list);

/* limit, cursor, sort, q. False: `culprit` says why. */
bool wf_list_parse_recordings(wf_list *list, wf_span query);

/* limit, cursor. */
bool wf_list_parse_uploads(wf_list *list, wf_span query);

/* Strings of the result are those of `list`. */
void wf_list_get_query(const wf_list *list, wfs_list_query *ret_query);

#endif
