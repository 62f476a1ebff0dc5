/*
 * salvage_webm.h - what the parts of the WebM planner tell each other: where
 * to cut, and what room the header has.
 */
#ifndef WFS_SALVAGE_WEBM_H
#define WFS_SALVAGE_WEBM_H

#include "salvage_parts.h"
#include "webm.h"
#include "webm_cues.h"

/*
 * `kept`     behind the last whole element; 0: there is no whole block
 * `cluster`  the last Cluster if it is to be cut inside; else its id is 0
 * `cues`     Cues behind the Clusters that are whole; else its id is 0
 */
typedef struct webm_cut {
    uint64_t kept;
    ebml_element cluster;
    ebml_element cues;
} webm_cut;

/* Go through the Clusters once; `list` is told of those with whole blocks. */
void webm_find_cut(wfs_window *window, const webm_head *head, webm_cues *list,
                   webm_cut *ret_cut);

/*
 * `seek_head`  SeekHead, or a Void of the header that can become one; id 0:
 *              neither
 * `void_end`   where the Void ends that stands right behind SeekHead
 * `cues_seek`  SeekPosition of Cues in SeekHead; id 0: none
 * `duration`   Duration, or a Void in Info with room for one; id 0: neither
 * `has_cues`   Cues stand before the Clusters
 */
typedef struct webm_room {
    ebml_element seek_head;
    uint64_t void_end;
    ebml_element cues_seek;
    ebml_element info;
    ebml_element duration;
    bool has_cues;
} webm_room;

void webm_find_room(wfs_window *window, const webm_head *head,
                    webm_room *ret_room);

/* Whether SeekHead can tell where Cues are that begin at `position`. */
bool webm_has_seek_room(const webm_room *room, uint64_t position);

/* A check sum at the start of a patched element, which is wrong now, becomes
 * Void (RFC 8794, section 11.3.1). */
void webm_drop_sum(wfs_window *window, const ebml_element *element,
                   wfs_salvage *plan);

/* Patches: SeekHead -> Cues at `position` in the Segment; Duration. */
void webm_patch_seek(wfs_window *window, const webm_room *room,
                     uint64_t position, wfs_salvage *plan);
void webm_patch_duration(wfs_window *window, const webm_room *room,
                         double ticks, wfs_salvage *plan);

#endif
