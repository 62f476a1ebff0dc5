/*
 * mp4.c - whether an ISO base media file (ISO/IEC 14496-12) is audio: boxes in
 * boxes, of which only moov/trak/mdia/hdlr is looked at.
 */
#include <string.h>

#include "container_parts.h"

#define BOXES_MAX 10000

typedef struct mp4_walk {
    wfs_window *window;
    int boxes_left;
    bool has_moov;
    bool has_sound;
    bool has_video;
} mp4_walk;

typedef struct mp4_box {
    char type[4];
    uint64_t start; /* of its content */
    uint64_t end;
} mp4_box;

static bool read_box(mp4_walk *walk, uint64_t at, uint64_t end, mp4_box *box)
{
    const uint8_t *bytes = wfs_window_get(walk->window, at, 8);
    uint64_t size;
    uint64_t header = 8;

    if (bytes == NULL || at + 8 > end || walk->boxes_left-- <= 0) {
        return false;
    }
    memcpy(box->type, bytes + 4, 4);
    size = wfs_big_endian(bytes, 4);
    if (size == 1) { /* a 64-bit size follows the type */
        bytes = wfs_window_get(walk->window, at + 8, 8);
        header = 16;
        size = bytes != NULL ? wfs_big_endian(bytes, 8) : 0;
    } else if (size == 0) { /* to the end of the file */
        size = end - at;
    }
    if (size < header || size > end - at) {
        return false;
    }
    box->start = at + header;
    box->end = at + size;
    return true;
}

static void read_handler(mp4_walk *walk, const mp4_box *box)
{
    const uint8_t *bytes = wfs_window_get(walk->window, box->start, 12);

    if (bytes == NULL) {
        return;
    }
    walk->has_sound |= memcmp(bytes + 8, "soun", 4) == 0;
    walk->has_video |= memcmp(bytes + 8, "vide", 4) == 0;
}

/* `path` is what to descend into, outermost first; its last one is read. */
static void walk_boxes(mp4_walk *walk, uint64_t at, uint64_t end,
                       const char *const *path)
{
    mp4_box box;

    for (; read_box(walk, at, end, &box); at = box.end) {
        if (memcmp(box.type, path[0], 4) != 0) {
            continue;
        }
        walk->has_moov = true;
        if (path[1] == NULL) {
            read_handler(walk, &box);
        } else {
            walk_boxes(walk, box.start, box.end, path + 1);
        }
    }
}

void wfs_mp4_read(wfs_window *window, wfs_container_facts *facts)
{
    static const char *const path[] = {"moov", "trak", "mdia", "hdlr", NULL};
    mp4_walk walk = {window, BOXES_MAX, false, false, false};

    walk_boxes(&walk, 0, window->reader->size_bytes, path);
    facts->is_not_audio = walk.has_moov && (walk.has_video || !walk.has_sound);
}
