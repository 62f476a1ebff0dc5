/*
 * salvage_mp4.c - an MP4 (ISO/IEC 14496-12) in fragments, cut behind the last
 * whole one: its moof and the mdat that follows. One in a single piece plays
 * only if all of it has arrived, since what tells where the samples are mostly
 * comes last, and counts all of them where it does not.
 */
#include <string.h>

#include "mp4.h"
#include "salvage_parts.h"

typedef struct mp4_walk {
    bool has_index;
    bool has_fragments;
    bool is_in_fragment; /* a moof waits for its mdat */
    uint64_t kept;
} mp4_walk;

static bool is_type(const mp4_box *box, const char *type)
{
    return memcmp(box->type, type, sizeof box->type) == 0;
}

/* False: nothing behind this box is whole. Samples may lie before the index,
 * too, and are of no use without it. */
static bool take_box(wfs_window *window, const mp4_box *box, mp4_walk *walk)
{
    mp4_box inner;

    if (is_type(box, "moov")) {
        walk->has_index = true;
        walk->has_fragments = mp4_find_box(window, box, "mvex", &inner);
        walk->kept = walk->kept != 0 ? box->end : 0;
    } else if (is_type(box, "moof")) {
        walk->is_in_fragment = true;
    } else if (is_type(box, "mdat")) {
        if (box->is_open) {
            return false;
        }
        walk->is_in_fragment = false;
        walk->kept = box->end;
    } else if (!walk->is_in_fragment && walk->kept != 0) {
        walk->kept = box->end;
    }
    return true;
}

static uint64_t walk_boxes(wfs_window *window, mp4_walk *walk)
{
    uint64_t size = window->reader->size_bytes;
    uint64_t at = 0;
    mp4_box box;

    while (mp4_read_box(window, at, size, &box) &&
           take_box(window, &box, walk)) {
        at = box.end;
    }
    return at;
}

void wfs_mp4_salvage(wfs_window *window, wfs_salvage *plan)
{
    mp4_walk walk = {false, false, false, 0};
    uint64_t size = window->reader->size_bytes;
    uint64_t end = walk_boxes(window, &walk);

    if (!walk.has_index) {
        plan->obstacle = "an MP4 plays only with its index, which comes last";
    } else if (walk.has_fragments) {
        plan->kept_bytes = walk.kept;
    } else if (end == size) {
        plan->kept_bytes = size;
    } else {
        plan->obstacle = "an MP4 in one piece plays only if it is all there";
    }
}
