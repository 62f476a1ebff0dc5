/*
 * filename.c - the names of recordings' files, written and read.
 */
#include "filename.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define PREFIX "recording_"
#define MOMENT_LENGTH 15 /* YYYYMMDD_HHMMSS */
#define EXTENSION_MAX 8

void wfs_filename_write(const char *id, int64_t timestamp_ms,
                        const char *extension, char *ret_filename)
{
    time_t seconds = (time_t)(timestamp_ms / 1000);
    struct tm utc;
    char moment[32];

    gmtime_r(&seconds, &utc);
    strftime(moment, sizeof(moment), "%Y%m%d_%H%M%S", &utc);
    snprintf(ret_filename, WFS_FILENAME_BYTES, PREFIX "%.15s_%.64s.%.8s",
             moment, id, extension);
}

/* `count` digits; -1 where there are others. */
static int read_digits(const char *text, size_t count)
{
    int number = 0;

    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

static bool read_moment(const char *text, int64_t *ret_ms)
{
    struct tm utc = {.tm_year = read_digits(text, 4) - 1900,
                     .tm_mon = read_digits(text + 4, 2) - 1,
                     .tm_mday = read_digits(text + 6, 2),
                     .tm_hour = read_digits(text + 9, 2),
                     .tm_min = read_digits(text + 11, 2),
                     .tm_sec = read_digits(text + 13, 2)};
    struct tm same = utc;

    if (text[8] != '_' || read_digits(text, 4) < 0 || utc.tm_hour < 0 ||
        utc.tm_min < 0 || utc.tm_sec < 0) {
        return false;
    }
    *ret_ms = (int64_t)timegm(&same) * 1000;
    /* What is out of its range has become another date. */
    return same.tm_mon == utc.tm_mon && same.tm_mday == utc.tm_mday &&
           same.tm_hour == utc.tm_hour && same.tm_min == utc.tm_min &&
           same.tm_sec == utc.tm_sec;
}

static bool is_extension(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789");

    return length > 0 && length <= EXTENSION_MAX && text[length] == '\0';
}

bool wfs_filename_read(const char *filename, wfs_filename *ret_parts)
{
    wfs_filename parts = {.id = ""};
    const char *moment = filename + strlen(PREFIX);
    const char *id = moment + MOMENT_LENGTH + 1;
    const char *dot;

    if (strncmp(filename, PREFIX, strlen(PREFIX)) != 0 ||
        strnlen(moment, MOMENT_LENGTH + 1) <= MOMENT_LENGTH || id[-1] != '_' ||
        !read_moment(moment, &parts.timestamp_ms)) {
        return false;
    }
    dot = strchr(id, '.');
    if (dot == NULL || !wfs_id_is_valid(id, (size_t)(dot - id)) ||
        !is_extension(dot + 1)) {
        return false;
    }
    memcpy(parts.id, id, (size_t)(dot - id));
    *ret_parts = parts;
    return true;
}
