/* webm_cues.c - Cues of a WebM (RFC 9559, section 5.1.5). */
#include "webm_cues.h"

#include <stdlib.h>

#include "ebml.h"
#include "ebml_write.h"
#include "salvage.h"

#define GAP_NS UINT64_C(5000000000)
#define HEAD_MAX_BYTES 12  /* id and size of Cues */
#define POINT_MAX_BYTES 48 /* four heads and three numbers */

bool webm_cues_open(webm_cues *cues, uint64_t scale)
{
    cues->points = malloc(WFS_SALVAGE_CUES_MAX * sizeof *cues->points);
    cues->count = 0;
    cues->gap_ticks = GAP_NS / scale;
    return cues->points != NULL;
}

void webm_cues_close(webm_cues *cues)
{
    free(cues->points);
    cues->points = NULL;
}

static void drop_every_second(webm_cues *cues)
{
    for (size_t i = 0; 2 * i < cues->count; i++) {
        cues->points[i] = cues->points[2 * i];
    }
    cues->count = (cues->count + 1) / 2;
    cues->gap_ticks *= 2;
}

void webm_cues_add(webm_cues *cues, uint64_t ticks, uint64_t position)
{
    webm_cue *last = cues->points + cues->count - 1;

    if (cues->count > 0 &&
        (ticks < last->ticks || ticks - last->ticks < cues->gap_ticks)) {
        return;
    }
    if (cues->count == WFS_SALVAGE_CUES_MAX) {
        drop_every_second(cues);
        webm_cues_add(cues, ticks, position);
        return;
    }
    cues->points[cues->count].ticks = ticks;
    cues->points[cues->count].position = position;
    cues->count++;
}

/* An element that holds others, which were written to `content`. */
static size_t wrap(uint8_t *to, uint32_t id, const uint8_t *content,
                   size_t length)
{
    size_t head = ebml_put_head(to, id, length);

    for (size_t i = 0; i < length; i++) {
        to[head + i] = content[i];
    }
    return head + length;
}

static size_t put_point(uint8_t *to, const webm_cue *cue, uint64_t track)
{
    uint8_t place[POINT_MAX_BYTES];
    uint8_t point[POINT_MAX_BYTES];
    size_t length = ebml_put_number(place, EBML_CUE_TRACK, track);

    length += ebml_put_number(place + length, EBML_CUE_CLUSTER_POSITION,
                              cue->position);
    size_t used = ebml_put_number(point, EBML_CUE_TIME, cue->ticks);
    used += wrap(point + used, EBML_CUE_TRACK_POSITIONS, place, length);
    return wrap(to, EBML_CUE_POINT, point, used);
}

uint8_t *webm_cues_encode(const webm_cues *cues, uint64_t track,
                          size_t *ret_length)
{
    uint8_t *bytes = malloc(HEAD_MAX_BYTES + cues->count * POINT_MAX_BYTES);
    uint8_t point[POINT_MAX_BYTES];
    size_t length = 0;

    if (bytes == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < cues->count; i++) {
        length += put_point(point, &cues->points[i], track);
    }
    length = ebml_put_head(bytes, EBML_CUES, length);
    for (size_t i = 0; i < cues->count; i++) {
        length += put_point(bytes + length, &cues->points[i], track);
    }
    *ret_length = length;
    return bytes;
}
