/*
 * webm_end.c - when a WebM without a Duration ends: the last Cluster is found
 * by its id from the end of the file, then its blocks are walked (RFC 9559,
 * sections 5.1.3 and 10).
 */
#include <string.h>

#include "webm.h"

/* A Cluster is at most this far from the end; 16 MiB of Opus are hours. */
#define SEARCH_MAX_BYTES (16u << 20)
#define CLUSTER_ID "\x1f\x43\xb6\x75"

/* Nanoseconds an Opus packet lasts: RFC 6716, section 3.1. */
static uint64_t measure_opus(const uint8_t packet[2])
{
    static const uint64_t silk[] = {10000000, 20000000, 40000000, 60000000};
    static const uint64_t hybrid[] = {10000000, 20000000};
    static const uint64_t celt[] = {2500000, 5000000, 10000000, 20000000};
    unsigned config = packet[0] >> 3;
    unsigned code = packet[0] & 3;
    uint64_t frame = config < 12   ? silk[config & 3]
                     : config < 16 ? hybrid[config & 1]
                                   : celt[config & 3];
    uint64_t count = code == 0 ? 1 : code < 3 ? 2 : packet[1] & 63u;

    return frame * count;
}

typedef struct block_end {
    bool is_found;
    uint64_t ns;
} block_end;

static void read_block(wfs_window *window, const ebml_element *block,
                       const webm_track *track, uint64_t cluster_ticks,
                       uint64_t group_ns, block_end *last)
{
    size_t length;
    bool is_unknown;
    uint64_t number =
        ebml_read_vint(window, block->start, &length, &is_unknown);
    const uint8_t *bytes;
    int64_t ticks;
    uint64_t duration = group_ns != 0 ? group_ns : track->default_duration;

    bytes = wfs_window_get(window, block->start + length, 5);
    if (length == 0 || bytes == NULL || !block->is_whole ||
        number != track->number) {
        return;
    }
    ticks = (int64_t)cluster_ticks + (int16_t)wfs_big_endian(bytes, 2);
    if (duration == 0 && track->is_opus) {
        duration = measure_opus(bytes + 3);
    }
    if (ticks >= 0 && (uint64_t)ticks < UINT64_MAX / 2 / track->scale) {
        last->is_found = true;
        last->ns = (uint64_t)ticks * track->scale + duration;
    }
}

static void read_group(wfs_window *window, const ebml_element *group,
                       const webm_track *track, uint64_t cluster_ticks,
                       block_end *last)
{
    ebml_element child;
    ebml_element block;
    bool has_block = false;
    uint64_t duration = 0;
    int64_t padding = 0;

    for (uint64_t at = group->start;
         ebml_read_element(window, at, group->end, &child); at = child.end) {
        if (child.id == EBML_BLOCK) {
            block = child;
            has_block = true;
        } else if (child.id == EBML_BLOCK_DURATION) {
            duration = ebml_read_uint(window, &child) * track->scale;
        } else if (child.id == EBML_DISCARD_PADDING) {
            padding = ebml_read_int(window, &child);
        }
    }
    if (has_block && group->is_whole) {
        read_block(window, &block, track, cluster_ticks, duration, last);
        if (padding > 0 && (uint64_t)padding <= last->ns) {
            last->ns -= (uint64_t)padding;
        }
    }
}

static void read_cluster(wfs_window *window, const ebml_element *cluster,
                         const webm_track *track, block_end *last)
{
    ebml_element child;
    uint64_t ticks = 0;

    for (uint64_t at = cluster->start;
         ebml_read_element(window, at, cluster->end, &child); at = child.end) {
        if (child.id == EBML_CLUSTER_TIMESTAMP) {
            ticks = ebml_read_uint(window, &child);
        } else if (child.id == EBML_SIMPLE_BLOCK) {
            read_block(window, &child, track, ticks, 0, last);
        } else if (child.id == EBML_BLOCK_GROUP) {
            read_group(window, &child, track, ticks, last);
        } else if (child.id == EBML_CUES || child.id == EBML_TAGS ||
                   child.id == EBML_CLUSTER) {
            return; /* a Cluster of unknown size ended here */
        }
    }
}

/* Audio may contain the four bytes of the id; the first child tells, which is
 * Timestamp, but for a check sum. */
static bool is_cluster(wfs_window *window, uint64_t at, uint64_t end,
                       ebml_element *ret_cluster)
{
    ebml_element child;

    if (!ebml_read_element(window, at, end, ret_cluster) ||
        ret_cluster->id != EBML_CLUSTER ||
        !ebml_read_element(window, ret_cluster->start, ret_cluster->end,
                           &child)) {
        return false;
    }
    if (child.id == EBML_CRC_32 &&
        !ebml_read_element(window, child.end, ret_cluster->end, &child)) {
        return false;
    }
    return child.id == EBML_CLUSTER_TIMESTAMP && child.is_whole &&
           child.end - child.start <= 8;
}

bool webm_find_end(wfs_window *window, uint64_t start, uint64_t end,
                   const webm_track *track, double *ret_seconds)
{
    block_end last = {false, 0};
    uint64_t first = start;
    uint64_t at = end;
    ebml_element cluster;

    if (end > start && end - start > SEARCH_MAX_BYTES) {
        first = end - SEARCH_MAX_BYTES;
    }
    while (!last.is_found &&
           wfs_window_find_before(window, CLUSTER_ID, first, at, &at)) {
        if (is_cluster(window, at, end, &cluster)) {
            read_cluster(window, &cluster, track, &last);
        }
    }
    if (last.is_found) {
        uint64_t delay =
            track->codec_delay < last.ns ? track->codec_delay : last.ns;

        *ret_seconds = (double)(last.ns - delay) / 1e9;
    }
    return last.is_found;
}
