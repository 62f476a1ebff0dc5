/*
 * publish_record.h - what was published last: .wfstore/published.
 *
 * One line of fixed length, written in place, so that it needs no space on a
 * full disk. It is a hint: a record that cannot be read, or of another file
 * than the one that is there, means that nothing was published.
 */
#ifndef WFS_PUBLISH_RECORD_H
#define WFS_PUBLISH_RECORD_H

#include "wfstore/types.h"

/*
 * `generation`           the catalogue's, that the file shows at least
 * `size_bytes`, `modified` of the file
 * `took_ms`              the run
 * `worked_ms`            processor time of it; the rest was waiting
 * `ended_ms`             when, Unix ms
 * `has_failed`           the last run; the rest is of the last that did not
 */
typedef struct wfs_publish_record {
    uint64_t generation;
    uint64_t size_bytes;
    int64_t modified;
    uint64_t took_ms;
    uint64_t worked_ms;
    int64_t ended_ms;
    bool has_failed;
} wfs_publish_record;

/* `fd` is of the record's file. False: there is none that can be read. */
bool wfs_publish_record_read(int fd, wfs_publish_record *ret_record);

wfs_status wfs_publish_record_write(int fd, const wfs_publish_record *record,
                                    wfs_error *error);

#endif
