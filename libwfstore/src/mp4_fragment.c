/*
 * mp4_fragment.c - the end of a track by its movie fragments (ISO/IEC 14496-12,
 * section 8.8), as recorders write them that do not know the length in advance.
 */
#include "mp4.h"

#include <string.h>

#define TFHD_BASE_DATA_OFFSET 0x01
#define TFHD_DESCRIPTION_INDEX 0x02
#define TFHD_DEFAULT_DURATION 0x08

#define TRUN_DATA_OFFSET 0x001
#define TRUN_FIRST_FLAGS 0x004
#define TRUN_DURATION 0x100
#define TRUN_SIZE 0x200
#define TRUN_FLAGS 0x400
#define TRUN_OFFSET 0x800

/* A fragment is at most this far from the end. */
#define SEARCH_MAX_BYTES (16u << 20)
#define NO_TIME UINT64_MAX /* not even where the fragment begins */

static uint32_t read_flags(const uint8_t *bytes)
{
    return (uint32_t)wfs_big_endian(bytes + 1, 3);
}

/* Whether it is our track's, and the default duration of its samples. */
static bool read_header(wfs_window *window, const mp4_box *tfhd,
                        const mp4_track *track, uint32_t *ret_duration)
{
    const uint8_t *bytes = wfs_window_get(window, tfhd->start, 8);
    uint32_t flags;
    uint64_t at = tfhd->start + 8;

    if (bytes == NULL || wfs_big_endian(bytes + 4, 4) != track->id) {
        return false;
    }
    flags = read_flags(bytes);
    *ret_duration = track->default_duration;
    at += (flags & TFHD_BASE_DATA_OFFSET) != 0 ? 8 : 0;
    at += (flags & TFHD_DESCRIPTION_INDEX) != 0 ? 4 : 0;
    bytes = wfs_window_get(window, at, 4);
    if ((flags & TFHD_DEFAULT_DURATION) != 0 && bytes != NULL) {
        *ret_duration = (uint32_t)wfs_big_endian(bytes, 4);
    }
    return true;
}

static uint64_t read_decode_time(wfs_window *window, const mp4_box *tfdt)
{
    const uint8_t *bytes = wfs_window_get(window, tfdt->start, 8);

    if (bytes != NULL && bytes[0] == 1) {
        bytes = wfs_window_get(window, tfdt->start, 12);
        return bytes != NULL ? wfs_big_endian(bytes + 4, 8) : 0;
    }
    return bytes != NULL ? wfs_big_endian(bytes + 4, 4) : 0;
}

/* The sum of the durations of one run of samples. */
static uint64_t read_run(wfs_window *window, const mp4_box *trun,
                         uint32_t default_duration)
{
    const uint8_t *bytes = wfs_window_get(window, trun->start, 8);
    uint32_t flags = bytes != NULL ? read_flags(bytes) : 0;
    uint64_t count = bytes != NULL ? wfs_big_endian(bytes + 4, 4) : 0;
    uint64_t at = trun->start + 8;
    uint64_t sum = 0;
    uint64_t step = 4;

    if ((flags & TRUN_DURATION) == 0) {
        return count * default_duration;
    }
    at += (flags & TRUN_DATA_OFFSET) != 0 ? 4 : 0;
    at += (flags & TRUN_FIRST_FLAGS) != 0 ? 4 : 0;
    step += (flags & TRUN_SIZE) != 0 ? 4 : 0;
    step += (flags & TRUN_FLAGS) != 0 ? 4 : 0;
    step += (flags & TRUN_OFFSET) != 0 ? 4 : 0;
    for (uint64_t i = 0; i < count && at + step <= trun->end; i++) {
        bytes = wfs_window_get(window, at, 4);
        if (bytes == NULL) {
            break;
        }
        sum += wfs_big_endian(bytes, 4);
        at += step;
    }
    return sum;
}

static bool read_track_fragment(wfs_window *window, const mp4_box *traf,
                                const mp4_track *track, uint64_t *end)
{
    uint32_t duration = 0;
    bool has_time = *end != NO_TIME;
    uint64_t time = has_time ? *end : 0;
    mp4_box box;

    if (!mp4_find_box(window, traf, "tfhd", &box) ||
        !read_header(window, &box, track, &duration)) {
        return false;
    }
    if (mp4_find_box(window, traf, "tfdt", &box)) {
        time = read_decode_time(window, &box);
        has_time = true;
    }
    for (uint64_t at = traf->start; mp4_read_box(window, at, traf->end, &box);
         at = box.end) {
        if (memcmp(box.type, "trun", 4) == 0) {
            time += read_run(window, &box, duration);
        }
    }
    if (has_time && (*end == NO_TIME || time > *end)) {
        *end = time;
    }
    return true;
}

static bool read_fragment(wfs_window *window, const mp4_box *moof,
                          const mp4_track *track, uint64_t *end)
{
    bool is_found = false;
    mp4_box box;

    for (uint64_t at = moof->start; mp4_read_box(window, at, moof->end, &box);
         at = box.end) {
        if (memcmp(box.type, "traf", 4) == 0) {
            is_found |= read_track_fragment(window, &box, track, end);
        }
    }
    return is_found;
}

/* Audio may contain "moof"; its first child, mfhd, tells. */
static bool is_fragment(wfs_window *window, uint64_t at, mp4_box *ret_moof)
{
    mp4_box child;

    return mp4_read_box(window, at, window->reader->size_bytes, ret_moof) &&
           mp4_read_box(window, ret_moof->start, ret_moof->end, &child) &&
           memcmp(child.type, "mfhd", 4) == 0;
}

/* The last fragment knows its time itself, if it has a tfdt. */
static bool find_last_end(wfs_window *window, const mp4_track *track,
                          uint64_t *ret_end)
{
    uint64_t at = window->reader->size_bytes;
    uint64_t least = at > SEARCH_MAX_BYTES ? at - SEARCH_MAX_BYTES : 0;
    mp4_box moof;

    while (wfs_window_find_before(window, "moof", least, at, &at)) {
        uint64_t end = NO_TIME;

        if (at >= 4 && is_fragment(window, at - 4, &moof) &&
            read_fragment(window, &moof, track, &end)) {
            *ret_end = end;
            return end != NO_TIME;
        }
    }
    return false;
}

bool mp4_find_end(wfs_window *window, const mp4_track *track, uint64_t *ret_end)
{
    uint64_t size = window->reader->size_bytes;
    bool is_found = false;
    uint64_t end = 0;
    mp4_box box;

    if (find_last_end(window, track, ret_end)) {
        return true;
    }
    for (uint64_t at = 0; mp4_read_box(window, at, size, &box); at = box.end) {
        if (memcmp(box.type, "moof", 4) == 0) {
            is_found |= read_fragment(window, &box, track, &end);
        }
    }
    if (is_found) {
        *ret_end = end;
    }
    return is_found;
}
