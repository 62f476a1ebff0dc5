/*
 * reader.h - small reads at any offset of a file, through one window.
 *
 * A window holds one stretch of the file; a read inside it costs nothing. All
 * numbers of the formats read here are big or little endian integers of up to
 * eight bytes, so that is what it offers.
 */
#ifndef WFS_READER_H
#define WFS_READER_H

#include "container.h"

#define WFS_WINDOW_BYTES 4096
/* Looks a hostile file can cost where a few are enough for an honest one. */
#define WFS_WINDOW_LOOKS_MAX 1000000

typedef struct wfs_window {
    const wfs_reader *reader;
    wfs_status status; /* the first failed read; nothing is read after it */
    uint64_t looks_left;
    uint64_t offset;
    size_t length;
    uint8_t bytes[WFS_WINDOW_BYTES];
} wfs_window;

void wfs_window_init(wfs_window *window, const wfs_reader *reader);

/* The file is gone through from its start to its end: as many looks as it has
 * bytes, and a few. */
void wfs_window_allow_walk(wfs_window *window);

/* The container by its first bytes. */
wfs_type wfs_window_detect(wfs_window *window);

/*
 * `length` (at most WFS_WINDOW_BYTES) bytes at `offset`, valid until the next
 * call. NULL: they are not all there, reading failed (see `status`), or there
 * were too many looks.
 */
const uint8_t *wfs_window_get(wfs_window *window, uint64_t offset,
                              size_t length);

/* Whether what is looked for begins with these WFS_MATCH_BYTES. */
#define WFS_MATCH_BYTES 4
typedef bool (*wfs_window_match)(const void *data, const uint8_t *bytes);

/* wfs_window_find_before for what `match` knows. */
bool wfs_window_find_match_before(wfs_window *window, wfs_window_match match,
                                  const void *data, uint64_t least,
                                  uint64_t before, uint64_t *ret_at);

/*
 * The last place where the four bytes `mark` begin in [least, before). False:
 * nowhere. To go on searching pass the place found as `before`.
 */
bool wfs_window_find_before(wfs_window *window, const char mark[4],
                            uint64_t least, uint64_t before, uint64_t *ret_at);

uint64_t wfs_big_endian(const uint8_t *bytes, size_t length);
uint64_t wfs_little_endian(const uint8_t *bytes, size_t length);

#endif
