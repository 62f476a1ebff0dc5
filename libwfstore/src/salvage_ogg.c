/*
 * salvage_ogg.c - an Ogg (RFC 3533) cut behind its last page whose check sum is
 * right, of whatever stream.
 */
#include "ogg.h"
#include "salvage_parts.h"

/* Pages follow each other, so the last whole one is at most two of the longest
 * from the end; audio may look like a page now and then. */
#define SEARCH_BYTES (4 * OGG_PAGE_MAX_BYTES)
#define CANDIDATES_MAX 256

void wfs_ogg_salvage(wfs_window *window, wfs_salvage *plan)
{
    uint64_t at = window->reader->size_bytes;
    uint64_t least = at > SEARCH_BYTES ? at - SEARCH_BYTES : 0;
    ogg_page page;

    for (int i = 0; i < CANDIDATES_MAX &&
                    wfs_window_find_before(window, "OggS", least, at, &at);) {
        if (!ogg_read_page(window, at, &page)) {
            continue;
        }
        if (ogg_is_right(window, &page)) {
            plan->kept_bytes = page.end;
            return;
        }
        i++;
    }
}
