/*
 * publish_record.c - what was published last: .wfstore/published.
 */
#include "publish_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "file.h"

#define NUMBERS ((size_t)5)
#define NUMBER_BYTES 21 /* 20 digits and a space */
#define FLAG_AT (NUMBERS * NUMBER_BYTES)
#define WORKED_AT (FLAG_AT + 2)
#define SHORT_BYTES (FLAG_AT + 2) /* as others wrote it: without worked_ms */
#define RECORD_BYTES (WORKED_AT + NUMBER_BYTES)

/* 20 digits and what ends them. */
static bool read_number(const char *text, char behind, uint64_t *ret_number)
{
    char *end;

    *ret_number = strtoull(text, &end, 10);
    return end == text + NUMBER_BYTES - 1 && *end == behind &&
           *ret_number <= INT64_MAX;
}

/* A run of which that is not told has worked all the time. */
static uint64_t read_worked(const char *line, uint64_t took_ms)
{
    uint64_t worked_ms;

    if (line[FLAG_AT + 1] == ' ' &&
        read_number(line + WORKED_AT, '\n', &worked_ms)) {
        return worked_ms;
    }
    return took_ms;
}

bool wfs_publish_record_read(int fd, wfs_publish_record *ret_record)
{
    char line[RECORD_BYTES + 1] = {0};
    uint64_t numbers[NUMBERS];
    size_t length = 0;

    if (wfs_file_read(fd, 0, line, RECORD_BYTES, &length, NULL) != WFS_OK ||
        length < SHORT_BYTES) {
        return false;
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        if (!read_number(line + i * NUMBER_BYTES, ' ', &numbers[i])) {
            return false;
        }
    }
    *ret_record =
        (wfs_publish_record){.generation = numbers[0],
                             .size_bytes = numbers[1],
                             .modified = (int64_t)numbers[2],
                             .took_ms = numbers[3],
                             .worked_ms = read_worked(line, numbers[3]),
                             .ended_ms = (int64_t)numbers[4],
                             .has_failed = line[FLAG_AT] != '0'};
    return true;
}

wfs_status wfs_publish_record_write(int fd, const wfs_publish_record *record,
                                    wfs_error *error)
{
    char line[RECORD_BYTES + 1];

    (void)snprintf(line, sizeof line,
                   "%020" PRIu64 " %020" PRIu64 " %020" PRId64 " %020" PRIu64
                   " %020" PRId64 " %d %020" PRIu64 "\n",
                   record->generation, record->size_bytes, record->modified,
                   record->took_ms, record->ended_ms,
                   record->has_failed ? 1 : 0, record->worked_ms);
    return wfs_file_write(fd, 0, line, RECORD_BYTES, error);
}
