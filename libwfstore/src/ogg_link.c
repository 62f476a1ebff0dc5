/*
 * ogg_link.c - where one link of a chain ends (RFC 3533, section 4). If the
 * last page of the file is of the same streams, at the end; else between these
 * streams and others, which is found by halving.
 */
#include "ogg.h"

#define SEARCH_BYTES (2 * OGG_PAGE_MAX_BYTES)
#define CANDIDATES_MAX 16 /* audio seldom looks like a page */

static bool is_of_link(const ogg_link *link, const ogg_page *page)
{
    for (size_t i = 0; i < link->count; i++) {
        if (link->serials[i] == page->serial) {
            return true;
        }
    }
    return false;
}

static bool find_last_page(wfs_window *window, uint64_t from, uint64_t before,
                           ogg_page *ret_page)
{
    uint64_t at = before;

    for (int i = 0; i < CANDIDATES_MAX &&
                    wfs_window_find_before(window, "OggS", from, at, &at);) {
        if (!ogg_read_page(window, at, ret_page)) {
            continue;
        }
        i++;
        if (ogg_is_right(window, ret_page)) {
            return true;
        }
    }
    return false;
}

/* From a page of the link on. */
static uint64_t walk_to_end(wfs_window *window, const ogg_link *link,
                            uint64_t at)
{
    ogg_page page;

    while (ogg_read_page(window, at, &page) && is_of_link(link, &page)) {
        at = page.end;
    }
    return at;
}

static uint64_t find_end(wfs_window *window, const ogg_link *link)
{
    uint64_t size = window->reader->size_bytes;
    uint64_t inside = link->data;
    uint64_t outside = size;
    ogg_page page;

    if (!find_last_page(
            window, size - inside > SEARCH_BYTES ? size - SEARCH_BYTES : inside,
            size, &page) ||
        is_of_link(link, &page)) {
        return size;
    }
    while (outside - inside > 2 * SEARCH_BYTES) {
        uint64_t middle = inside + (outside - inside) / 2;

        if (!find_last_page(window, middle, middle + SEARCH_BYTES, &page)) {
            return size; /* no whole page in so many bytes */
        }
        if (is_of_link(link, &page)) {
            inside = page.end;
        } else {
            outside = page.at;
        }
    }
    return walk_to_end(window, link, inside);
}

bool ogg_read_link(wfs_window *window, uint64_t at, ogg_link *ret_link)
{
    ogg_page page;

    ret_link->at = at;
    ret_link->count = 0;
    while (ret_link->count < OGG_STREAMS_MAX &&
           ogg_read_page(window, at, &page) &&
           (page.flags & OGG_FLAG_FIRST) != 0) {
        ret_link->serials[ret_link->count++] = page.serial;
        at = page.end;
    }
    ret_link->data = at;
    ret_link->end = ret_link->count != 0 ? find_end(window, ret_link) : at;
    return ret_link->count != 0;
}
