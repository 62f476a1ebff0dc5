/*
 * part_reader.h - an upload's part, for what reads files of audio.
 */
#ifndef WFS_PART_READER_H
#define WFS_PART_READER_H

#include "blobs.h"
#include "container.h"

/*
 * All borrowed; nothing to release.
 *
 * `head`    what is read instead of the part's first `head_length` bytes: a
 *           provisional chunk 0 lies in the catalogue. NULL: nothing is
 * `reader`  reads through this object, which has to stay where it is
 */
typedef struct wfs_part_reader {
    wfs_blobs *blobs;
    wfs_blob *part;
    const uint8_t *head;
    size_t head_length;
    wfs_reader reader;
} wfs_part_reader;

/* Read the first `size_bytes` of `part`, without a head. */
void wfs_part_reader_init(wfs_part_reader *self, wfs_blobs *blobs,
                          wfs_blob *part, uint64_t size_bytes);

#endif
