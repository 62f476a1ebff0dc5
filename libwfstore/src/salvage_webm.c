/*
 * salvage_webm.c - a WebM cut behind its last whole block, mended so that it
 * seeks if the header has room for that.
 */
#include "salvage_webm.h"

#include <math.h>

#include "ebml_write.h"

typedef struct webm_plan {
    wfs_window *window;
    wfs_salvage *salvage;
    wfs_container_facts facts;
    webm_head head;
    webm_room room;
    webm_cut cut;
    webm_cues list;
} webm_plan;

/* Its own track's last block tells; rounded to the frames it has. */
static void measure(webm_plan *plan)
{
    wfs_salvage *salvage = plan->salvage;
    double seconds;

    if (!webm_find_end(plan->window, plan->head.clusters, plan->cut.kept,
                       &plan->head.track, &seconds)) {
        return;
    }
    if (plan->facts.sample_rate != 0) {
        seconds =
            round(seconds * plan->facts.sample_rate) / plan->facts.sample_rate;
    }
    salvage->has_duration = seconds > 0.0;
    salvage->duration_seconds = seconds;
}

static void patch_cluster(webm_plan *plan)
{
    const ebml_element *cluster = &plan->cut.cluster;
    size_t width = (size_t)(cluster->start - cluster->size_at);
    uint8_t bytes[8];

    if (cluster->id != 0 && !cluster->is_unknown) {
        ebml_put_size(bytes, cluster->end - cluster->start, width);
        wfs_salvage_patch_bytes(plan->window, plan->salvage, cluster->size_at,
                                bytes, width);
        webm_drop_sum(plan->window, cluster, plan->salvage);
    }
}

/* A size that was told has to be right; one that was not may stay so. */
static void patch_segment(webm_plan *plan, bool is_mended)
{
    const ebml_element *segment = &plan->head.segment;
    size_t width = (size_t)(segment->start - segment->size_at);
    uint64_t size = wfs_salvage_get_size(plan->salvage) - segment->start;
    uint8_t bytes[8];

    if (segment->is_unknown && !is_mended) {
        return;
    }
    if (ebml_is_size_possible(size, width)) {
        ebml_put_size(bytes, size, width);
    } else {
        ebml_put_unknown_size(bytes, width);
    }
    wfs_salvage_patch_bytes(plan->window, plan->salvage, segment->size_at,
                            bytes, width);
}

/* Returns whether the file has an index that SeekHead can tell of. */
static bool mend_index(webm_plan *plan)
{
    wfs_salvage *salvage = plan->salvage;
    uint64_t from = plan->head.segment.start;
    uint64_t at = plan->cut.cues.id != 0 ? plan->cut.cues.at : plan->cut.kept;

    if (plan->room.has_cues || plan->list.count == 0 ||
        !webm_has_seek_room(&plan->room, at - from)) {
        return false;
    }
    if (plan->cut.cues.id == 0) {
        salvage->appendix = webm_cues_encode(
            &plan->list, plan->head.track.number, &salvage->appendix_length);
        if (salvage->appendix == NULL) {
            plan->window->status = WFS_ENOMEM;
            return false;
        }
    }
    webm_patch_seek(plan->window, &plan->room, at - from, salvage);
    return true;
}

static double get_ticks(const webm_plan *plan)
{
    double per_second = 1e9 / (double)plan->head.track.scale;
    double seconds = plan->salvage->duration_seconds;
    uint32_t rate = plan->facts.sample_rate;

    return rate == 0 ? seconds * per_second
                     : round(seconds * rate) * per_second / rate;
}

static void mend(webm_plan *plan)
{
    wfs_salvage *salvage = plan->salvage;
    bool is_mended;

    salvage->kept_bytes = plan->cut.kept;
    measure(plan);
    patch_cluster(plan);
    is_mended = mend_index(plan);
    patch_segment(plan, is_mended);
    webm_patch_duration(plan->window, &plan->room, get_ticks(plan), salvage);
}

/* The writer told the size at its end, and that is what is there. */
static bool is_finished(const webm_plan *plan)
{
    const ebml_element *segment = &plan->head.segment;

    return segment->is_whole &&
           segment->end == plan->window->reader->size_bytes;
}

static void cut_and_mend(webm_plan *plan)
{
    if (!webm_cues_open(&plan->list, plan->head.track.scale)) {
        plan->window->status = WFS_ENOMEM;
        return;
    }
    webm_find_room(plan->window, &plan->head, &plan->room);
    webm_find_cut(plan->window, &plan->head, &plan->list, &plan->cut);
    if (plan->cut.kept != 0) {
        mend(plan);
    }
    webm_cues_close(&plan->list);
}

void wfs_webm_salvage(wfs_window *window, wfs_salvage *plan)
{
    webm_plan self = {.window = window, .salvage = plan};

    if (!webm_read_head(window, &self.head, &self.facts) ||
        !self.head.has_audio || self.head.track.scale == 0) {
        plan->obstacle = "its header is not whole";
    } else if (is_finished(&self)) {
        plan->kept_bytes = window->reader->size_bytes;
    } else {
        cut_and_mend(&self);
    }
}
