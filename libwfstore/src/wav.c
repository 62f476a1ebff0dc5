/*
 * wav.c - WAV, RF64 and BW64: a form of chunks, each an id, a 32-bit size and
 * its bytes, padded to an even length. RF64 (EBU Tech 3306) and BW64 (ITU-R
 * BS.2088) put the sizes that do not fit into a ds64 chunk.
 */
#include <stdio.h>
#include <string.h>

#include "container_parts.h"

#define CHUNKS_MAX 1000 /* before the data; more is no WAV made for audio */
#define SIZE_ELSEWHERE 0xffffffffu

typedef struct wav_facts {
    uint16_t format;
    uint16_t block_bytes;
    uint16_t bits;
    uint64_t ds64_data_bytes; /* 0: no ds64 */
    uint64_t fact_frames;     /* 0: no fact */
    uint64_t data_bytes;
    bool has_data;
} wav_facts;

static void read_format(wfs_window *window, uint64_t at, uint32_t size,
                        wav_facts *wav, wfs_container_facts *facts)
{
    const uint8_t *bytes = wfs_window_get(window, at, size < 40 ? 16 : 40);

    if (bytes == NULL || size < 16) {
        return;
    }
    wav->format = (uint16_t)wfs_little_endian(bytes, 2);
    facts->channels = (uint32_t)wfs_little_endian(bytes + 2, 2);
    facts->sample_rate = (uint32_t)wfs_little_endian(bytes + 4, 4);
    wav->block_bytes = (uint16_t)wfs_little_endian(bytes + 12, 2);
    wav->bits = (uint16_t)wfs_little_endian(bytes + 14, 2);
    if (wav->format == 0xfffe && size >= 40) { /* extensible: GUID's start */
        wav->format = (uint16_t)wfs_little_endian(bytes + 24, 2);
    }
}

/* A recorder that died leaves the size 0 or all ones: the rest is the data. */
static void read_data(const wfs_window *window, uint64_t at, uint32_t size,
                      wav_facts *wav)
{
    uint64_t rest = window->reader->size_bytes - at;
    uint64_t told = size;

    if (size == SIZE_ELSEWHERE) { /* without a ds64: not known */
        told = wav->ds64_data_bytes;
    }
    wav->data_bytes = told == 0 || told > rest ? rest : told;
    wav->has_data = true;
}

static void read_chunk(wfs_window *window, uint64_t at, const uint8_t header[8],
                       wav_facts *wav, wfs_container_facts *facts)
{
    uint32_t size = (uint32_t)wfs_little_endian(header + 4, 4);
    const uint8_t *bytes;

    if (memcmp(header, "fmt ", 4) == 0) {
        read_format(window, at, size, wav, facts);
    } else if (memcmp(header, "ds64", 4) == 0) {
        bytes = wfs_window_get(window, at, 24);
        if (bytes != NULL) {
            wav->ds64_data_bytes = wfs_little_endian(bytes + 8, 8);
        }
    } else if (memcmp(header, "fact", 4) == 0) {
        bytes = wfs_window_get(window, at, 4);
        if (bytes != NULL) {
            wav->fact_frames = wfs_little_endian(bytes, 4);
        }
    } else if (memcmp(header, "data", 4) == 0) {
        read_data(window, at, size, wav);
    }
}

static void read_chunks(wfs_window *window, wav_facts *wav,
                        wfs_container_facts *facts)
{
    uint64_t at = 12;

    for (int i = 0; i < CHUNKS_MAX && !wav->has_data; i++) {
        const uint8_t *bytes = wfs_window_get(window, at, 8);
        uint8_t header[8];

        if (bytes == NULL) {
            return;
        }
        memcpy(header, bytes, sizeof header);
        uint64_t size = wfs_little_endian(header + 4, 4);

        read_chunk(window, at + 8, header, wav, facts);
        at += 8 + size + (size & 1);
    }
}

static void name_codec(const wav_facts *wav, char codec[16])
{
    switch (wav->format) {
    case 1:
        if (wav->bits <= 8) {
            snprintf(codec, 16, "pcm_u8");
        } else {
            snprintf(codec, 16, "pcm_s%dle", (wav->bits + 7) / 8 * 8);
        }
        break;
    case 2:
        snprintf(codec, 16, "adpcm_ms");
        break;
    case 0x11:
        snprintf(codec, 16, "adpcm_ima_wav");
        break;
    case 3:
        snprintf(codec, 16, "pcm_f%dle", wav->bits);
        break;
    case 6:
        snprintf(codec, 16, "pcm_alaw");
        break;
    case 7:
        snprintf(codec, 16, "pcm_mulaw");
        break;
    case 0x55:
        snprintf(codec, 16, "mp3");
        break;
    default:
        break;
    }
}

static bool is_uncompressed(uint16_t format)
{
    return format == 1 || format == 3 || format == 6 || format == 7;
}

void wfs_wav_read(wfs_window *window, wfs_container_facts *facts)
{
    wav_facts wav;
    uint64_t frames;

    memset(&wav, 0, sizeof wav);
    read_chunks(window, &wav, facts);
    name_codec(&wav, facts->codec);
    if (!wav.has_data || facts->sample_rate == 0) {
        return;
    }
    if (is_uncompressed(wav.format) && wav.block_bytes != 0) {
        frames = wav.data_bytes / wav.block_bytes;
    } else if (wav.fact_frames != 0) {
        frames = wav.fact_frames;
    } else {
        return;
    }
    facts->has_duration = true;
    facts->duration_seconds = (double)frames / facts->sample_rate;
}
