/*
 * metadata_scan.c - metadata.json, byte by byte, through one buffer.
 */
#include "metadata_scan.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"

#define BUFFER_BYTES 65536

wfs_status wfs_scan_begin(const wfs_reader *reader, wfs_error *error,
                          wfs_metadata_scan *ret_scan)
{
    char *buffer = malloc(BUFFER_BYTES);

    if (buffer == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                             "the store is out of memory");
    }
    *ret_scan = (wfs_metadata_scan){.reader = reader,
                                    .status = WFS_OK,
                                    .error = error,
                                    .line = 1,
                                    .buffer = buffer};
    return WFS_OK;
}

void wfs_scan_release(wfs_metadata_scan *scan)
{
    free(scan->buffer);
    scan->buffer = NULL;
}

static void fill(wfs_metadata_scan *scan)
{
    size_t got = 0;

    scan->status = scan->reader->read(scan->reader->data, scan->offset,
                                      scan->buffer, BUFFER_BYTES, &got);
    scan->from = scan->offset;
    scan->filled = scan->status == WFS_OK ? got : 0;
    if (scan->status != WFS_OK) {
        (void)wfs_error_set(scan->error, scan->status, 0, "read",
                            "metadata.json cannot be read");
    }
}

int wfs_scan_peek(wfs_metadata_scan *scan)
{
    if (scan->status != WFS_OK) {
        return WFS_SCAN_END;
    }
    if (scan->offset < scan->from ||
        scan->offset >= scan->from + scan->filled) {
        fill(scan);
    }
    return scan->filled == 0
               ? WFS_SCAN_END
               : (unsigned char)scan->buffer[scan->offset - scan->from];
}

int wfs_scan_next(wfs_metadata_scan *scan)
{
    int c = wfs_scan_peek(scan);

    if (c != WFS_SCAN_END) {
        scan->offset++;
        scan->line += c == '\n';
    }
    return c;
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

int wfs_scan_peek_behind_blanks(wfs_metadata_scan *scan)
{
    while (is_blank(wfs_scan_peek(scan))) {
        (void)wfs_scan_next(scan);
    }
    return wfs_scan_peek(scan);
}

bool wfs_scan_skip(wfs_metadata_scan *scan, int expected)
{
    if (wfs_scan_peek_behind_blanks(scan) != expected) {
        return false;
    }
    (void)wfs_scan_next(scan);
    return true;
}

bool wfs_scan_skip_string(wfs_metadata_scan *scan, const char *wanted,
                          bool *ret_is_wanted)
{
    size_t at = 0;
    size_t length = strlen(wanted);
    bool is_wanted = true;

    for (int c = wfs_scan_next(scan); c != '"'; c = wfs_scan_next(scan)) {
        if (c == WFS_SCAN_END) {
            return false;
        }
        is_wanted = is_wanted && at < length && c == wanted[at];
        at++;
        if (c == '\\' && wfs_scan_next(scan) == WFS_SCAN_END) {
            return false;
        }
    }
    *ret_is_wanted = is_wanted && at == length;
    return true;
}

bool wfs_scan_skip_value(wfs_metadata_scan *scan)
{
    uint64_t depth = 0;
    bool ignored;

    for (;;) {
        int c = wfs_scan_peek_behind_blanks(scan);

        if (c == WFS_SCAN_END || (depth == 0 && (c == ',' || c == '}'))) {
            return c != WFS_SCAN_END;
        }
        (void)wfs_scan_next(scan);
        if (c == '{' || c == '[') {
            depth++;
        } else if (((c == '}' || c == ']') && depth-- == 0) ||
                   (c == '"' && !wfs_scan_skip_string(scan, "", &ignored))) {
            return false;
        }
    }
}
