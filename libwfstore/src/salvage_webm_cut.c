/*
 * salvage_webm_cut.c - where the whole part of a WebM ends (RFC 9559, section
 * 5.1.3; RFC 8794, section 6.2 for elements of unknown size).
 *
 * A Cluster that is there with all its bytes is stepped over. Only the last
 * one, and Clusters of unknown size, are gone through block by block.
 */
#include <string.h>

#include "salvage_webm.h"

#define CHILDREN_BEFORE_TIME_MAX 4

typedef struct cut_walk {
    wfs_window *window;
    const webm_head *head;
    webm_cues *list;
    webm_cut *cut;
} cut_walk;

/* Elements of the Segment: they end a Cluster of unknown size. */
static bool is_of_segment(uint32_t id)
{
    switch (id) {
    case EBML_SEEK_HEAD:
    case EBML_INFO:
    case EBML_TRACKS:
    case EBML_CLUSTER:
    case EBML_CUES:
    case EBML_CHAPTERS:
    case EBML_ATTACHMENTS:
    case EBML_TAGS:
        return true;
    default:
        return false;
    }
}

/* Elements that begin a file or a stream anew. */
static bool is_of_file(uint32_t id)
{
    return id == EBML_HEADER || id == EBML_SEGMENT;
}

/* Timestamp stands first, or behind a check sum. */
static bool read_time(wfs_window *window, const ebml_element *cluster,
                      uint64_t *ret_ticks)
{
    uint64_t at = cluster->start;
    ebml_element child;

    for (int i = 0; i < CHILDREN_BEFORE_TIME_MAX &&
                    ebml_read_element(window, at, cluster->end, &child);
         i++, at = child.end) {
        if (child.id == EBML_CLUSTER_TIMESTAMP && child.is_whole) {
            *ret_ticks = ebml_read_uint(window, &child);
            return true;
        }
    }
    return false;
}

static void take_cluster(cut_walk *walk, const ebml_element *cluster,
                         uint64_t end)
{
    uint64_t ticks;

    walk->cut->kept = end;
    if (read_time(walk->window, cluster, &ticks)) {
        webm_cues_add(walk->list, ticks,
                      cluster->at - walk->head->segment.start);
    }
}

/*
 * A Cluster that is not whole or does not know its size. `ret_next`: behind
 * its last whole element. False: nothing readable follows.
 */
static bool walk_cluster(cut_walk *walk, const ebml_element *cluster,
                         uint64_t *ret_next)
{
    uint64_t at = cluster->start;
    uint64_t blocks_end = 0;
    bool is_over = false;
    ebml_element child;

    while (!is_over &&
           ebml_read_element(walk->window, at, cluster->end, &child) &&
           !is_of_file(child.id)) {
        is_over = is_of_segment(child.id);
        if (is_over || !child.is_whole) {
            break;
        }
        if (child.id == EBML_SIMPLE_BLOCK || child.id == EBML_BLOCK_GROUP) {
            blocks_end = child.end;
        }
        at = child.end;
    }
    if (blocks_end != 0) {
        take_cluster(walk, cluster, is_over ? at : blocks_end);
        walk->cut->cluster = *cluster;
        walk->cut->cluster.end = walk->cut->kept;
    }
    *ret_next = at;
    return is_over;
}

/* Torn bytes may begin as Cues do: all of it has to be points. */
static bool is_of_points(wfs_window *window, const ebml_element *cues)
{
    uint64_t at = cues->start;
    ebml_element child;

    while (at < cues->end && ebml_read_element(window, at, cues->end, &child) &&
           (child.id == EBML_CUE_POINT || child.id == EBML_CRC_32) &&
           child.is_whole) {
        at = child.end;
    }
    return at == cues->end;
}

/* Returns false where the walk ends. */
static bool take_element(cut_walk *walk, const ebml_element *element,
                         uint64_t *at)
{
    webm_cut *cut = walk->cut;

    if (element->id == EBML_CLUSTER && !element->is_whole) {
        return walk_cluster(walk, element, at);
    }
    if (!element->is_whole || is_of_file(element->id)) {
        return false;
    }
    *at = element->end;
    if (element->id == EBML_CLUSTER) {
        take_cluster(walk, element, element->end);
        cut->cluster.id = 0;
        cut->cues.id = 0;
    } else if (element->id == EBML_CUES) {
        if (cut->kept == 0 || !is_of_points(walk->window, element)) {
            return false;
        }
        cut->kept = element->end;
        cut->cues = *element;
    } else if (is_of_segment(element->id) && cut->kept != 0) {
        cut->kept = element->end;
    }
    return true;
}

void webm_find_cut(wfs_window *window, const webm_head *head, webm_cues *list,
                   webm_cut *ret_cut)
{
    cut_walk walk = {window, head, list, ret_cut};
    uint64_t at = head->clusters;
    ebml_element element;

    memset(ret_cut, 0, sizeof *ret_cut);
    while (ebml_read_element(window, at, head->segment.end, &element) &&
           take_element(&walk, &element, &at)) {
    }
}
