/*
 * ogg.h - pages of Ogg (RFC 3533).
 */
#ifndef WFS_OGG_H
#define WFS_OGG_H

#include "reader.h"

#define OGG_PAGE_MAX_BYTES 65307
#define OGG_FLAG_FIRST 0x02
#define OGG_NO_GRANULE UINT64_MAX

typedef struct ogg_page {
    uint8_t flags;
    uint64_t granule;
    uint32_t serial;
    uint64_t at;
    uint64_t body; /* offset of its first byte */
    uint64_t end;
} ogg_page;

/* The page at `at`; false: none that is there whole. */
bool ogg_read_page(wfs_window *window, uint64_t at, ogg_page *ret_page);

/* Whether its check sum is right. */
bool ogg_is_right(wfs_window *window, const ogg_page *page);

#endif
