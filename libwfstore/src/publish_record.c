/*
 * publish_record.c - what was published last: .wfstore/published.
 */
#include "publish_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "file.h"

#define NUMBERS 5
#define NUMBER_BYTES 21 /* 20 digits and a space */
#define RECORD_BYTES (NUMBERS * NUMBER_BYTES + 2)

/* 20 digits and what ends them. */
static bool read_number(const char *text, uint64_t *ret_number)
{
    char *end;

    *ret_number = strtoull(text, &end, 10);
    return end == text + NUMBER_BYTES - 1 && *end == ' ' &&
           *ret_number <= INT64_MAX;
}

bool wfs_publish_record_read(int fd, wfs_publish_record *ret_record)
{
    char line[RECORD_BYTES + 1];
    uint64_t numbers[NUMBERS];
    size_t length = 0;

    if (wfs_file_read(fd, 0, line, RECORD_BYTES, &length, NULL) != WFS_OK ||
        length != RECORD_BYTES) {
        return false;
    }
    line[RECORD_BYTES] = '\0';
    for (size_t i = 0; i < NUMBERS; i++) {
        if (!read_number(line + i * NUMBER_BYTES, &numbers[i])) {
            return false;
        }
    }
    *ret_record =
        (wfs_publish_record){.generation = numbers[0],
                             .size_bytes = numbers[1],
                             .modified = (int64_t)numbers[2],
                             .took_ms = numbers[3],
                             .ended_ms = (int64_t)numbers[4],
                             .has_failed = line[RECORD_BYTES - 2] != '0'};
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
