/*
 * fold_table.h - which characters fold to which (CaseFolding.txt, C and S).
 */
#ifndef WFS_FOLD_TABLE_H
#define WFS_FOLD_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* Every `step`-th character from first to last folds to itself plus delta. */
typedef struct wfs_fold_run {
    uint32_t first;
    uint32_t last;
    uint32_t step;
    int32_t delta;
} wfs_fold_run;

extern const wfs_fold_run wfs_fold_runs[];
extern const size_t wfs_fold_run_count;

#endif
