/*
 * wf_item.h - bare items of Structured Fields (RFC 9651, section 3.3).
 */
#ifndef WF_ITEM_H
#define WF_ITEM_H

#include <stdint.h>

#include "wf_query.h"

/* The largest integer there is (section 3.3.1). */
#define WF_INTEGER_MAX INT64_C(999999999999999)

typedef enum wf_item_kind {
    WF_ITEM_INTEGER = 0,
    WF_ITEM_BOOLEAN,
    WF_ITEM_STRING,
    WF_ITEM_BYTES,
    WF_ITEM_OTHER /* decimals, tokens, dates, display strings, inner lists */
} wf_item_kind;

/*
 * `integer`  of an integer; of a boolean 0 or 1
 * `text`     between the quotes of a string, its escapes as they are, or
 *            between the colons of a byte sequence
 */
typedef struct wf_item {
    wf_item_kind kind;
    int64_t integer;
    wf_span text;
} wf_item;

/*
 * Take an item off the front of `rest`; `item` is all zero before. False: it is
 * malformed, and `rest` is of no more use.
 */
bool wf_item_read(wf_span *rest, wf_item *item);

/* Exactly `size` bytes of a byte sequence. */
bool wf_item_get_bytes(const wf_item *item, uint8_t *bytes, size_t size);

#endif
