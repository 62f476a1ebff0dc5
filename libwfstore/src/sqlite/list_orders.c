/*
 * list_orders.c - the eight orders of recordings, each with an index of its
 * own. A missing duration counts as beyond all others.
 */
#include "list.h"
#include "rows.h"

#define SELECT_BY(key)                                                         \
    "SELECT " WFS_RECORDING_COLUMNS ", " key ", folded FROM recording"
#define ORDER(key, direction, beyond)                                          \
    {                                                                          \
        SELECT_BY(key)                                                         \
        " ORDER BY " key direction ", id LIMIT ?",                             \
            SELECT_BY(key) " WHERE " key                                       \
                           " = ? AND id > ? ORDER BY id LIMIT ?",              \
            SELECT_BY(key) " WHERE " key beyond " ?"                           \
                           " ORDER BY " key direction ", id LIMIT ?"           \
    }
#define BOTH(key)                                                              \
    {                                                                          \
        ORDER(key, "", " >"), ORDER(key, " DESC", " <")                        \
    }

const wfs_list_sql wfs_list_sqls[4][2] = {
    [WFS_SORT_TIMESTAMP] = BOTH("timestamp"),
    [WFS_SORT_NAME] = BOTH("folded"),
    [WFS_SORT_DURATION] = {ORDER("ifnull(duration, 9e999)", "", " >"),
                           ORDER("ifnull(duration, -1.0)", " DESC", " <")},
    [WFS_SORT_SIZE] = BOTH("size"),
};
