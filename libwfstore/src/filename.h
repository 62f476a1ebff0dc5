/*
 * filename.h - the names of recordings' files:
 *
 *     recording_<UTC YYYYMMDD_HHMMSS of its start>_<id>.<extension>
 */
#ifndef WFS_FILENAME_H
#define WFS_FILENAME_H

#include "wfstore/types.h"

/* `ret_filename` has room for WFS_FILENAME_BYTES. */
void wfs_filename_write(const char *id, int64_t timestamp_ms,
                        const char *extension, char *ret_filename);

/* What such a name tells. */
typedef struct wfs_filename {
    char id[WFS_ID_MAX_BYTES + 1];
    int64_t timestamp_ms; /* to the second */
} wfs_filename;

/* False: `filename` is not one that is written as above. */
bool wfs_filename_read(const char *filename, wfs_filename *ret_parts);

#endif
