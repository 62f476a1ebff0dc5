/*
 * ogg.h - pages of Ogg (RFC 3533).
 */
#ifndef WFS_OGG_H
#define WFS_OGG_H

#include "reader.h"

#define OGG_PAGE_MAX_BYTES UINT64_C(65307)
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

/*
 * One of the links that a file is a chain of (RFC 3533, section 4): streams
 * that begin together. Most files have one.
 */
#define OGG_STREAMS_MAX 64

typedef struct ogg_link {
    uint64_t at;
    uint64_t data; /* behind the first pages of its streams */
    uint64_t end;
    uint32_t serials[OGG_STREAMS_MAX];
    size_t count;
} ogg_link;

/* The link that begins at `at`. False: no stream begins there. */
bool ogg_read_link(wfs_window *window, uint64_t at, ogg_link *ret_link);

#endif
