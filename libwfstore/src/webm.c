/*
 * webm.c - WebM and Matroska (RFC 9559): a Segment of Info, Tracks and
 * Clusters. Only what stands before the first Cluster is read through.
 */
#include "webm.h"

#include <math.h>
#include <string.h>

#include "container_parts.h"

static void read_info(wfs_window *window, const ebml_element *info,
                      webm_head *head)
{
    ebml_element child;

    for (uint64_t at = info->start;
         ebml_read_element(window, at, info->end, &child); at = child.end) {
        if (child.id == EBML_TIMESTAMP_SCALE) {
            head->track.scale = ebml_read_uint(window, &child);
        } else if (child.id == EBML_DURATION) {
            head->duration_ticks = ebml_read_float(window, &child);
        }
    }
}

static bool read_seek(wfs_window *window, const ebml_element *seek, uint32_t id,
                      ebml_element *ret_position)
{
    ebml_element child;
    ebml_element position = {0};
    uint64_t found = 0;

    for (uint64_t at = seek->start;
         ebml_read_element(window, at, seek->end, &child); at = child.end) {
        if (child.id == EBML_SEEK_ID) {
            found = ebml_read_uint(window, &child);
        } else if (child.id == EBML_SEEK_POSITION && child.is_whole) {
            position = child;
        }
    }
    if (found != id || position.id == 0) {
        return false;
    }
    *ret_position = position;
    return true;
}

bool webm_find_seek(wfs_window *window, const ebml_element *seek_head,
                    uint32_t id, ebml_element *ret_position)
{
    ebml_element child;

    for (uint64_t at = seek_head->start;
         ebml_read_element(window, at, seek_head->end, &child);
         at = child.end) {
        if (child.id == EBML_SEEK &&
            read_seek(window, &child, id, ret_position)) {
            return true;
        }
    }
    return false;
}

static void read_seek_head(wfs_window *window, const ebml_element *seek_head,
                           webm_head *head)
{
    ebml_element position;
    uint64_t at;

    if (webm_find_seek(window, seek_head, EBML_CUES, &position)) {
        at = ebml_read_uint(window, &position);
        head->cues = at < head->segment.end - head->segment.start
                         ? head->segment.start + at
                         : 0;
    }
}

/* Returns where the first Cluster begins, or the end. */
static uint64_t read_children(wfs_window *window, webm_head *head,
                              wfs_container_facts *facts)
{
    ebml_element child;
    uint64_t at = head->segment.start;

    for (int i = 0; i < WEBM_ELEMENTS_MAX &&
                    ebml_read_element(window, at, head->segment.end, &child) &&
                    child.id != EBML_CLUSTER;
         i++, at = child.end) {
        if (child.id == EBML_INFO) {
            read_info(window, &child, head);
        } else if (child.id == EBML_TRACKS) {
            webm_read_tracks(window, &child, head, facts);
        } else if (child.id == EBML_SEEK_HEAD) {
            read_seek_head(window, &child, head);
        }
    }
    return at;
}

bool webm_read_head(wfs_window *window, webm_head *ret_head,
                    wfs_container_facts *facts)
{
    ebml_element element;
    uint64_t size = window->reader->size_bytes;

    memset(ret_head, 0, sizeof *ret_head);
    ret_head->track.scale = 1000000;
    if (!ebml_read_element(window, 0, size, &element) ||
        element.id != EBML_HEADER || !element.is_whole ||
        !ebml_read_element(window, element.end, size, &ret_head->segment) ||
        ret_head->segment.id != EBML_SEGMENT) {
        return false;
    }
    ret_head->clusters = read_children(window, ret_head, facts);
    return true;
}

/* Where to look for the last Cluster from: Cues come behind it. */
static uint64_t find_clusters_end(wfs_window *window, const webm_head *head)
{
    ebml_element cues;

    if (head->cues > head->clusters &&
        ebml_read_element(window, head->cues, head->segment.end, &cues) &&
        cues.id == EBML_CUES) {
        return cues.at;
    }
    return head->segment.end;
}

static void read_duration(wfs_window *window, const webm_head *head,
                          wfs_container_facts *facts)
{
    double seconds = 0.0;

    if (isfinite(head->duration_ticks) && head->duration_ticks > 0.0) {
        seconds = head->duration_ticks * (double)head->track.scale / 1e9;
    } else if (head->has_audio) {
        (void)webm_find_end(window, head->clusters,
                            find_clusters_end(window, head), &head->track,
                            &seconds);
    }
    facts->has_duration = seconds > 0.0;
    facts->duration_seconds = seconds;
}

void wfs_webm_read(wfs_window *window, wfs_container_facts *facts)
{
    webm_head head;

    if (!webm_read_head(window, &head, facts)) {
        return;
    }
    facts->is_not_audio =
        head.has_tracks && (head.has_video || !head.has_audio);
    if (head.track.scale != 0) {
        read_duration(window, &head, facts);
    }
}
