/*
 * flac.h - the stream of a FLAC file (RFC 9639): metadata blocks, then frames,
 * whose length only their end tells.
 */
#ifndef WFS_FLAC_H
#define WFS_FLAC_H

#include "reader.h"

#define FLAC_STREAMINFO_AT 8
#define FLAC_STREAMINFO_BYTES 34

typedef struct flac_info {
    uint64_t frames_at;     /* where the first frame begins; 0: not read */
    uint32_t block_samples; /* of every frame but the last, or 0 */
    uint32_t rate;
    uint32_t channels;
    uint64_t samples; /* 0: not told */
} flac_info;

/* False: STREAMINFO is not there. */
bool flac_read_info(wfs_window *window, flac_info *ret_info);

/* Where the frames begin, behind all metadata blocks; 0: they are not whole. */
uint64_t flac_find_frames(wfs_window *window);

/*
 * The last whole frame: where it ends, and how many samples there are until
 * then. Found from the end by the check sums of its header and of all of it.
 */
bool flac_find_end(wfs_window *window, const flac_info *info, uint64_t *ret_end,
                   uint64_t *ret_samples);

#endif
