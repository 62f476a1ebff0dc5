/*
 * metadata_scan.h - metadata.json, byte by byte: strings and values that nobody
 * wants are passed by, whatever their length.
 */
#ifndef WFS_METADATA_SCAN_H
#define WFS_METADATA_SCAN_H

#include "container.h"

/* What is read instead of a byte behind the last one. */
#define WFS_SCAN_END (-1)

/*
 * `status`  the first failure; WFS_SCAN_END is read from then on
 * `offset`  of the next byte, on line `line`; both may be set to go elsewhere
 * `from`    of the first byte in the buffer
 */
typedef struct wfs_metadata_scan {
    const wfs_reader *reader;
    wfs_status status;
    wfs_error *error;
    uint64_t offset;
    uint64_t line;
    uint64_t from;
    size_t filled;
    char *buffer;
} wfs_metadata_scan;

/* Begin with the first byte; WFS_OK or WFS_ENOMEM. `reader` and `error` are
 * borrowed until the release, which accepts a scan of zeros, too. */
wfs_status wfs_scan_begin(const wfs_reader *reader, wfs_error *error,
                          wfs_metadata_scan *ret_scan);
void wfs_scan_release(wfs_metadata_scan *scan);

/* The next byte, read or only looked at; WFS_SCAN_END: there is none. */
int wfs_scan_next(wfs_metadata_scan *scan);
int wfs_scan_peek(wfs_metadata_scan *scan);

/* Read blanks, and look at what is behind them. */
int wfs_scan_peek_behind_blanks(wfs_metadata_scan *scan);

/* Read blanks, and the byte behind them if it is `expected`. */
bool wfs_scan_skip(wfs_metadata_scan *scan, int expected);

/* A string up to its closing quote; the opening one is read. Whether it was
 * `wanted`; its other characters are passed by. */
bool wfs_scan_skip_string(wfs_metadata_scan *scan, const char *wanted,
                          bool *ret_is_wanted);

/* A value of any kind, up to the comma or brace behind it. */
bool wfs_scan_skip_value(wfs_metadata_scan *scan);

#endif
