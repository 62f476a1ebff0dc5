/*
 * metadata_reader.h - metadata.json, read entry by entry.
 *
 * The file is read as what anybody may have made of it: in bounded memory,
 * however long it is; past what is broken in it; in any layout that is JSON
 * (RFC 8259), though only one entry per line, as the store writes it, is sure
 * to be found again behind a broken one.
 */
#ifndef WFS_METADATA_READER_H
#define WFS_METADATA_READER_H

#include "container.h"

/* Text of one entry; the longest that the store writes is a fifth of it. */
#define WFS_METADATA_ENTRY_MAX_BYTES 524288

/*
 * `line`       where the entry begins, from 1
 * `recording`  borrowed for the call; NULL: the entry cannot be read. What the
 *              entry does not tell is 0 or "" (size, stored, type).
 * `fault`      why not; a sentence
 */
typedef struct wfs_metadata_entry {
    uint64_t line;
    const wfs_recording *recording;
    const char *fault;
} wfs_metadata_entry;

typedef wfs_status (*wfs_metadata_visitor)(void *data,
                                           const wfs_metadata_entry *entry);

/*
 * Visit the entries of a metadata.json in their order, until `visit` fails.
 * WFS_OK whatever the file holds; a failing read or `visit` is an error.
 */
wfs_status wfs_metadata_read(const wfs_reader *reader,
                             wfs_metadata_visitor visit, void *data,
                             wfs_error *error);

#endif
