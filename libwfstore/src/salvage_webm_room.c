/*
 * salvage_webm_room.c - what of a WebM's header can still be filled in.
 *
 * A recorder that does not know the end leaves Void (RFC 8794, section 11.3.2)
 * where SeekHead grows and in Info for Duration. A header that was finished has
 * both already; they are written over.
 */
#include <string.h>

#include "ebml_write.h"
#include "salvage_webm.h"

#define POSITION_BYTES 8
#define SEEK_BYTES 21     /* Seek of a SeekID of 4 and a position of 8 bytes */
#define SEEK_HEAD_BYTES 5 /* id and size of a new SeekHead */
#define TAIL_MAX_BYTES (SEEK_BYTES + EBML_VOID_HEAD_MAX_BYTES)
#define DURATION_BYTES 11 /* id, size, float of 8 bytes */

static uint64_t get_total(const ebml_element *element)
{
    return element->end - element->at;
}

/* Whether a Void of `from` bytes can give away `bytes`: 1 cannot be left. */
static bool can_give(uint64_t from, uint64_t bytes)
{
    return from == bytes || from >= bytes + 2;
}

static void look_into_seek_head(wfs_window *window, const ebml_element *head,
                                webm_room *room)
{
    room->seek_head = *head;
    room->void_end = head->end;
    (void)webm_find_seek(window, head, EBML_CUES, &room->cues_seek);
}

static void look_into_info(wfs_window *window, const ebml_element *info,
                           webm_room *room)
{
    ebml_element child;
    uint64_t at = info->start;

    room->info = *info;
    for (; ebml_read_element(window, at, info->end, &child); at = child.end) {
        bool is_room = child.id == EBML_VOID && room->duration.id == 0 &&
                       child.is_whole &&
                       can_give(get_total(&child), DURATION_BYTES);

        if (is_room || child.id == EBML_DURATION) {
            room->duration = child;
        }
    }
}

static void look_at_void(const ebml_element *child, webm_room *room)
{
    if (room->seek_head.id == EBML_SEEK_HEAD && child->at == room->void_end) {
        room->void_end = child->end;
    } else if (room->seek_head.id == 0 &&
               can_give(get_total(child), SEEK_HEAD_BYTES + SEEK_BYTES)) {
        room->seek_head = *child;
        room->void_end = child->end;
    }
}

void webm_find_room(wfs_window *window, const webm_head *head,
                    webm_room *ret_room)
{
    ebml_element child;
    uint64_t at = head->segment.start;

    memset(ret_room, 0, sizeof *ret_room);
    for (int i = 0; i < WEBM_ELEMENTS_MAX && at < head->clusters &&
                    ebml_read_element(window, at, head->clusters, &child) &&
                    child.is_whole;
         i++, at = child.end) {
        if (child.id == EBML_SEEK_HEAD &&
            ret_room->seek_head.id != EBML_SEEK_HEAD) {
            look_into_seek_head(window, &child, ret_room);
        } else if (child.id == EBML_INFO) {
            look_into_info(window, &child, ret_room);
        } else if (child.id == EBML_VOID) {
            look_at_void(&child, ret_room);
        } else if (child.id == EBML_CUES) {
            ret_room->has_cues = true;
        }
    }
}

/* Bytes that SeekHead and the Void behind it have together. */
static bool can_grow(const webm_room *room)
{
    const ebml_element *head = &room->seek_head;
    uint64_t size = head->end - head->start + SEEK_BYTES;

    if (head->id == EBML_VOID) {
        return true;
    }
    return head->id == EBML_SEEK_HEAD &&
           can_give(room->void_end - head->end, SEEK_BYTES) &&
           head->end - head->size_at + TAIL_MAX_BYTES <=
               WFS_SALVAGE_PATCH_BYTES &&
           ebml_is_size_possible(size, (size_t)(head->start - head->size_at));
}

bool webm_has_seek_room(const webm_room *room, uint64_t position)
{
    const ebml_element *seek = &room->cues_seek;

    if (seek->id != 0) {
        return ebml_get_uint_width(position) <= seek->end - seek->start &&
               seek->end - seek->start <= POSITION_BYTES;
    }
    return can_grow(room);
}

void webm_drop_sum(wfs_window *window, const ebml_element *element,
                   wfs_salvage *plan)
{
    static const uint8_t id = EBML_VOID;
    ebml_element child;

    if (ebml_read_element(window, element->start, element->end, &child) &&
        child.id == EBML_CRC_32) {
        wfs_salvage_patch_bytes(window, plan, child.at, &id, sizeof id);
    }
}

static size_t put_seek(uint8_t *to, uint64_t position)
{
    size_t length = ebml_put_head(to, EBML_SEEK, SEEK_BYTES - 3);

    length += ebml_put_head(to + length, EBML_SEEK_ID, 4);
    length += ebml_put_uint(to + length, EBML_CUES);
    length += ebml_put_head(to + length, EBML_SEEK_POSITION, POSITION_BYTES);
    return length + ebml_put_fixed(to + length, position, POSITION_BYTES);
}

/* Void from the end of `patch`, which begins at `at`, to the end of the room.
 */
static size_t fill_up(const webm_room *room, uint64_t at, uint8_t *patch,
                      size_t length)
{
    uint64_t rest = room->void_end - at - length;

    return length + (rest > 0 ? ebml_put_void_head(patch + length, rest) : 0);
}

/* In one piece: SeekHead is whole before and after. */
static void grow(wfs_window *window, const webm_room *room, uint64_t position,
                 wfs_salvage *plan)
{
    const ebml_element *head = &room->seek_head;
    uint8_t patch[WFS_SALVAGE_PATCH_BYTES];
    size_t width = (size_t)(head->start - head->size_at);
    size_t length = (size_t)(head->end - head->size_at);
    const uint8_t *now = wfs_window_get(window, head->size_at, length);

    if (now == NULL) {
        return;
    }
    memcpy(patch, now, length);
    ebml_put_size(patch, head->end - head->start + SEEK_BYTES, width);
    length += put_seek(patch + length, position);
    length = fill_up(room, head->size_at, patch, length);
    wfs_salvage_patch_bytes(window, plan, head->size_at, patch, length);
}

static void replace_void(wfs_window *window, const webm_room *room,
                         uint64_t position, wfs_salvage *plan)
{
    uint8_t patch[SEEK_HEAD_BYTES + TAIL_MAX_BYTES];
    size_t length = ebml_put_head(patch, EBML_SEEK_HEAD, SEEK_BYTES);

    length += put_seek(patch + length, position);
    length = fill_up(room, room->seek_head.at, patch, length);
    wfs_salvage_patch_bytes(window, plan, room->seek_head.at, patch, length);
}

void webm_patch_seek(wfs_window *window, const webm_room *room,
                     uint64_t position, wfs_salvage *plan)
{
    const ebml_element *seek = &room->cues_seek;

    if (room->seek_head.id == EBML_VOID) {
        replace_void(window, room, position, plan);
        return;
    }
    webm_drop_sum(window, &room->seek_head, plan);
    if (seek->id != 0) {
        wfs_salvage_patch_big_endian(window, plan, seek->start, position,
                                     (size_t)(seek->end - seek->start));
    } else {
        grow(window, room, position, plan);
    }
}

void webm_patch_duration(wfs_window *window, const webm_room *room,
                         double ticks, wfs_salvage *plan)
{
    const ebml_element *place = &room->duration;
    uint8_t bytes[DURATION_BYTES + EBML_VOID_HEAD_MAX_BYTES];
    size_t length;

    if (place->id != 0) {
        webm_drop_sum(window, &room->info, plan);
    }
    if (place->id == EBML_VOID) {
        uint64_t rest = get_total(place) - DURATION_BYTES;

        length = ebml_put_head(bytes, EBML_DURATION, 8);
        length += ebml_put_double(bytes + length, ticks);
        length += rest > 0 ? ebml_put_void_head(bytes + length, rest) : 0;
        wfs_salvage_patch_bytes(window, plan, place->at, bytes, length);
    } else if (place->end - place->start == 8) {
        ebml_put_double(bytes, ticks);
        wfs_salvage_patch_bytes(window, plan, place->start, bytes, 8);
    } else if (place->end - place->start == 4) {
        ebml_put_float(bytes, (float)ticks);
        wfs_salvage_patch_bytes(window, plan, place->start, bytes, 4);
    }
}
