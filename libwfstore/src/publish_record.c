/*
 * publish_record.c - what was published last: .wfstore/published.
 */
#include "publish_record.h"

#include <inttypes.h>
#include <stdio.h>

#include "file.h"

#define RECORD_BYTES (5 * 21 + 2)

bool wfs_publish_record_read(int fd, wfs_publish_record *ret_record)
{
    char line[RECORD_BYTES + 1];
    wfs_publish_record record;
    size_t length = 0;
    int has_failed;

    if (wfs_file_read(fd, 0, line, RECORD_BYTES, &length, NULL) != WFS_OK ||
        length != RECORD_BYTES) {
        return false;
    }
    line[RECORD_BYTES] = '\0';
    if (sscanf(line,
               "%" SCNu64 " %" SCNu64 " %" SCNd64 " %" SCNu64 " %" SCNd64 " %d",
               &record.generation, &record.size_bytes, &record.modified,
               &record.took_ms, &record.ended_ms, &has_failed) != 6) {
        return false;
    }
    record.has_failed = has_failed != 0;
    *ret_record = record;
    return true;
}

wfs_status wfs_publish_record_write(int fd, const wfs_publish_record *record,
                                    wfs_error *error)
{
    char line[RECORD_BYTES + 1];

    (void)snprintf(line, sizeof line,
                   "%020" PRIu64 " %020" PRIu64 " %020" PRId64 " %020" PRIu64
                   " %020" PRId64 " %d\n",
                   record->generation, record->size_bytes, record->modified,
                   record->took_ms, record->ended_ms,
                   record->has_failed ? 1 : 0);
    return wfs_file_write(fd, 0, line, RECORD_BYTES, error);
}
