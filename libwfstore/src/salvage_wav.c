/*
 * salvage_wav.c - a WAV (RIFF; EBU Tech 3306 for RF64, ITU-R BS.2088 for BW64)
 * cut at a whole sample of all channels, its sizes told as they are.
 *
 * A size beyond 32 bits needs a ds64 chunk. A recorder that may come there
 * keeps a JUNK chunk in its place; without one the sizes are set to 0, which
 * readers take for "not known".
 */
#include <string.h>

#include "salvage_parts.h"

#define CHUNKS_MAX 1000
#define CHUNK_HEAD_BYTES 8
#define FORM_BYTES 12
#define DS64_BYTES 28
#define SIZE_ELSEWHERE 0xffffffffu
#define FORMAT_PCM 1
#define FORMAT_MS_ADPCM 2
#define FORMAT_FLOAT 3
#define FORMAT_ALAW 6
#define FORMAT_MULAW 7
#define FORMAT_IMA_ADPCM 0x11
#define FORMAT_EXTENSIBLE 0xfffe

/* Places are of a chunk's content; 0: there is none. */
typedef struct wav_places {
    bool is_64; /* RF64 or BW64 */
    uint64_t ds64;
    uint64_t junk;
    uint64_t fact;
    uint64_t data;
    uint64_t told_bytes; /* of the data */
    uint64_t block_bytes;
    uint64_t block_frames; /* 0: not known */
} wav_places;

static void read_format(wfs_window *window, uint64_t at, uint64_t size,
                        wav_places *places)
{
    const uint8_t *bytes = wfs_window_get(window, at, size < 40 ? 16 : 40);
    uint64_t format;

    if (bytes == NULL || size < 16) {
        return;
    }
    format = wfs_little_endian(bytes, 2);
    if (format == FORMAT_EXTENSIBLE && size >= 40) {
        format = wfs_little_endian(bytes + 24, 2);
    }
    places->block_bytes = wfs_little_endian(bytes + 12, 2);
    if (format == FORMAT_PCM || format == FORMAT_FLOAT ||
        format == FORMAT_ALAW || format == FORMAT_MULAW) {
        places->block_frames = 1;
    } else if (format == FORMAT_MS_ADPCM || format == FORMAT_IMA_ADPCM) {
        bytes = size >= 20 ? wfs_window_get(window, at, 20) : NULL;
        places->block_frames =
            bytes != NULL ? wfs_little_endian(bytes + 18, 2) : 0;
    }
}

static void read_data(wfs_window *window, uint64_t at, uint64_t size,
                      wav_places *places)
{
    const uint8_t *bytes = NULL;

    places->data = at;
    places->told_bytes = size;
    if (size == SIZE_ELSEWHERE) { /* without a ds64: not known */
        bytes =
            places->ds64 != 0 ? wfs_window_get(window, places->ds64, 16) : NULL;
        places->told_bytes =
            bytes != NULL ? wfs_little_endian(bytes + 8, 8) : 0;
    }
}

static void look_at_chunk(wfs_window *window, const char *id, uint64_t at,
                          uint64_t size, wav_places *places)
{
    if (memcmp(id, "fmt ", 4) == 0) {
        read_format(window, at, size, places);
    } else if (memcmp(id, "ds64", 4) == 0 && places->is_64 &&
               size >= DS64_BYTES) {
        places->ds64 = at;
    } else if (memcmp(id, "JUNK", 4) == 0 && at == FORM_BYTES + 8 &&
               size >= DS64_BYTES) {
        places->junk = at;
    } else if (memcmp(id, "fact", 4) == 0 && size >= 4) {
        places->fact = at;
    } else if (memcmp(id, "data", 4) == 0) {
        read_data(window, at, size, places);
    }
}

static void find_places(wfs_window *window, wav_places *places)
{
    uint64_t at = FORM_BYTES;

    for (int i = 0; i < CHUNKS_MAX && places->data == 0; i++) {
        const uint8_t *bytes = wfs_window_get(window, at, CHUNK_HEAD_BYTES);
        char id[4];
        uint64_t size;

        if (bytes == NULL) {
            return;
        }
        memcpy(id, bytes, sizeof id);
        size = wfs_little_endian(bytes + 4, 4);
        look_at_chunk(window, id, at + CHUNK_HEAD_BYTES, size, places);
        at += CHUNK_HEAD_BYTES + size + (size & 1);
    }
}

/* The end of the last whole chunk behind the data. */
static uint64_t find_end(wfs_window *window, uint64_t at)
{
    uint64_t size = window->reader->size_bytes;

    for (int i = 0; i < CHUNKS_MAX; i++) {
        const uint8_t *bytes = wfs_window_get(window, at, CHUNK_HEAD_BYTES);
        uint64_t next;

        if (bytes == NULL) {
            break;
        }
        next = at + CHUNK_HEAD_BYTES + wfs_little_endian(bytes + 4, 4);
        next += next & 1;
        if (next > size) {
            break;
        }
        at = next;
    }
    return at;
}

/* RIFF becomes RF64, the JUNK behind its head the ds64. */
static void make_room(wfs_window *window, wfs_salvage *plan, wav_places *places)
{
    if (places->ds64 == 0 && places->junk != 0) {
        wfs_salvage_patch_bytes(window, plan, 0, "RF64", 4);
        wfs_salvage_patch_bytes(window, plan, places->junk - CHUNK_HEAD_BYTES,
                                "ds64", 4);
        places->ds64 = places->junk;
    }
}

/* A whole file's `fact` may count fewer frames than its last block holds. */
static void patch_fact(wfs_window *window, wfs_salvage *plan,
                       const wav_places *places, uint64_t data_bytes)
{
    uint64_t frames = data_bytes / places->block_bytes * places->block_frames;

    if (places->fact != 0 && frames != 0 &&
        (places->block_frames == 1 || data_bytes != places->told_bytes)) {
        wfs_salvage_patch_little_endian(
            window, plan, places->fact,
            frames < SIZE_ELSEWHERE ? frames : SIZE_ELSEWHERE, 4);
    }
}

static void patch_sizes(wfs_window *window, wfs_salvage *plan,
                        wav_places *places, uint64_t data_bytes)
{
    uint64_t riff_bytes = wfs_salvage_get_size(plan) - CHUNK_HEAD_BYTES;
    uint64_t data_size = data_bytes;

    if (riff_bytes >= SIZE_ELSEWHERE) {
        make_room(window, plan, places);
    }
    if (places->ds64 != 0) {
        uint64_t at = places->ds64;
        uint64_t frames = data_bytes / places->block_bytes;

        wfs_salvage_patch_little_endian(window, plan, at, riff_bytes, 8);
        wfs_salvage_patch_little_endian(window, plan, at + 8, data_bytes, 8);
        wfs_salvage_patch_little_endian(window, plan, at + 16, frames, 8);
        riff_bytes = data_size = SIZE_ELSEWHERE;
    } else if (riff_bytes >= SIZE_ELSEWHERE) {
        riff_bytes = data_size = 0;
    }
    patch_fact(window, plan, places, data_bytes);
    wfs_salvage_patch_little_endian(window, plan, 4, riff_bytes, 4);
    wfs_salvage_patch_little_endian(window, plan, places->data - 4, data_size,
                                    4);
}

/* Chunks begin at even places; an odd end is padded. */
static void pad(wfs_window *window, wfs_salvage *plan)
{
    if ((plan->kept_bytes & 1) != 0) {
        wfs_salvage_append_zero(window, plan);
    }
}

static void plan_cut(wfs_window *window, wfs_salvage *plan, wav_places *places)
{
    uint64_t rest = window->reader->size_bytes - places->data;
    uint64_t told = places->told_bytes;
    bool is_whole = told != 0 && told <= rest;
    uint64_t data_bytes = is_whole ? told : rest - rest % places->block_bytes;

    if (data_bytes < places->block_bytes) {
        return; /* not one sample of all channels */
    }
    if (is_whole) {
        plan->kept_bytes =
            told + (told & 1) <= rest
                ? find_end(window, places->data + told + (told & 1))
                : places->data + told;
    } else {
        plan->kept_bytes = places->data + data_bytes;
    }
    pad(window, plan);
    patch_sizes(window, plan, places, data_bytes);
}

void wfs_wav_salvage(wfs_window *window, wfs_salvage *plan)
{
    const uint8_t *bytes = wfs_window_get(window, 0, FORM_BYTES);
    wav_places places;

    memset(&places, 0, sizeof places);
    places.is_64 = bytes != NULL && memcmp(bytes, "RIFF", 4) != 0;
    find_places(window, &places);
    if (places.data == 0 || places.block_bytes == 0) {
        plan->obstacle = "its header is not whole";
    } else {
        plan_cut(window, plan, &places);
    }
}
