/*
 * fold.h - names without regard to case, to sort and to find them.
 *
 * Unicode's simple case folding (CaseFolding.txt, statuses C and S): one
 * character becomes one character, in any language the same. Sorting by the
 * folded name is sorting by code points: no language's own order, but a stable
 * one.
 */
#ifndef WFS_FOLD_H
#define WFS_FOLD_H

#include "wfstore/types.h"

/* A folded character takes at most half as many bytes again. */
#define WFS_FOLDED_BYTES (WFS_NAME_MAX_BYTES * 3 / 2 + 2)

/* `name` is valid UTF-8 of at most WFS_NAME_MAX_BYTES; anything else is cut
 * or copied as it is, never overrun. */
void wfs_fold(const char *name, char ret_folded[WFS_FOLDED_BYTES]);

#endif
