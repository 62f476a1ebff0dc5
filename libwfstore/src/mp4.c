/*
 * mp4.c - MP4 and M4A (ISO/IEC 14496-12): boxes in boxes. Of the movie box the
 * first sound track is read: mdhd for its time, stsd for its codec.
 */
#include "mp4.h"

#include <math.h>
#include <string.h>

#include "container_parts.h"

#define SAMPLE_ENTRY_BYTES 28

typedef struct mp4_movie {
    bool has_sound;
    bool has_video;
    mp4_track track;
    uint32_t scale;     /* of the movie header; 0: not known */
    uint64_t presented; /* of the track, in units of `scale` */
} mp4_movie;

/* mdhd; mvhd begins alike. Version 1 has 64-bit times. */
static void read_media_header(wfs_window *window, const mp4_box *mdhd,
                              mp4_track *track)
{
    const uint8_t *bytes = wfs_window_get(window, mdhd->start, 24);

    if (bytes != NULL && bytes[0] == 1) {
        bytes = wfs_window_get(window, mdhd->start, 32);
        track->scale = bytes ? (uint32_t)wfs_big_endian(bytes + 20, 4) : 0;
        track->duration = bytes ? wfs_big_endian(bytes + 24, 8) : 0;
    } else if (bytes != NULL) {
        track->scale = (uint32_t)wfs_big_endian(bytes + 12, 4);
        track->duration = wfs_big_endian(bytes + 16, 4);
    }
}

/* tkhd: the track's id, and how long it is presented, edits applied. */
static void read_track_header(wfs_window *window, const mp4_box *tkhd,
                              mp4_movie *movie)
{
    const uint8_t *bytes = wfs_window_get(window, tkhd->start, 24);

    if (bytes != NULL && bytes[0] == 1) {
        bytes = wfs_window_get(window, tkhd->start, 36);
        movie->track.id = bytes ? (uint32_t)wfs_big_endian(bytes + 20, 4) : 0;
        movie->presented = bytes ? wfs_big_endian(bytes + 28, 8) : 0;
    } else if (bytes != NULL) {
        movie->track.id = (uint32_t)wfs_big_endian(bytes + 12, 4);
        movie->presented = wfs_big_endian(bytes + 20, 4);
    }
}

static void name_codec(const char *type, char codec[16])
{
    static const char *const names[][2] = {
        {"mp4a", "aac"},  {"Opus", "opus"},      {"fLaC", "flac"},
        {"alac", "alac"}, {"ac-3", "ac3"},       {"ec-3", "eac3"},
        {".mp3", "mp3"},  {"sowt", "pcm_s16le"}, {"twos", "pcm_s16be"},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (memcmp(type, names[i][0], 4) == 0) {
            strncpy(codec, names[i][1], 15);
        }
    }
}

/* The first sample entry: an AudioSampleEntry (section 12.2.3). */
static void read_descriptions(wfs_window *window, const mp4_box *stsd,
                              wfs_container_facts *facts)
{
    mp4_box entry;
    mp4_box esds;
    const uint8_t *bytes;

    if (!mp4_read_box(window, stsd->start + 8, stsd->end, &entry)) {
        return;
    }
    bytes = wfs_window_get(window, entry.start, SAMPLE_ENTRY_BYTES);
    if (bytes == NULL || entry.end - entry.start < SAMPLE_ENTRY_BYTES) {
        return;
    }
    facts->channels = (uint32_t)wfs_big_endian(bytes + 16, 2);
    facts->sample_rate = (uint32_t)wfs_big_endian(bytes + 24, 2);
    name_codec(entry.type, facts->codec);
    entry.start += SAMPLE_ENTRY_BYTES;
    if (mp4_find_box(window, &entry, "esds", &esds)) {
        mp4_read_stream(window, &esds, facts);
    }
}

static void read_sound(wfs_window *window, const mp4_box *trak,
                       const mp4_box *mdia, mp4_movie *movie,
                       wfs_container_facts *facts)
{
    mp4_box box;
    mp4_box inner;

    if (mp4_find_box(window, trak, "tkhd", &box)) {
        read_track_header(window, &box, movie);
    }
    if (mp4_find_box(window, mdia, "mdhd", &box)) {
        read_media_header(window, &box, &movie->track);
    }
    if (mp4_find_box(window, mdia, "minf", &box) &&
        mp4_find_box(window, &box, "stbl", &inner) &&
        mp4_find_box(window, &inner, "stsd", &box)) {
        read_descriptions(window, &box, facts);
    }
    if (facts->sample_rate == 0) { /* beyond 16 bits; time counts samples */
        facts->sample_rate = movie->track.scale;
    }
}

static void read_track(wfs_window *window, const mp4_box *trak,
                       mp4_movie *movie, wfs_container_facts *facts)
{
    mp4_box mdia;
    mp4_box hdlr;
    const uint8_t *bytes;

    if (!mp4_find_box(window, trak, "mdia", &mdia) ||
        !mp4_find_box(window, &mdia, "hdlr", &hdlr)) {
        return;
    }
    bytes = wfs_window_get(window, hdlr.start, 12);
    if (bytes == NULL) {
        return;
    }
    if (memcmp(bytes + 8, "vide", 4) == 0) {
        movie->has_video = true;
    } else if (memcmp(bytes + 8, "soun", 4) == 0 && !movie->has_sound) {
        movie->has_sound = true;
        read_sound(window, trak, &mdia, movie, facts);
    }
}

/* Default durations of the samples in fragments. False: there are none. */
static bool read_extends(wfs_window *window, const mp4_box *moov,
                         mp4_track *track)
{
    mp4_box mvex;
    mp4_box box;

    if (!mp4_find_box(window, moov, "mvex", &mvex)) {
        return false;
    }
    for (uint64_t at = mvex.start; mp4_read_box(window, at, mvex.end, &box);
         at = box.end) {
        const uint8_t *bytes = memcmp(box.type, "trex", 4) == 0
                                   ? wfs_window_get(window, box.start, 16)
                                   : NULL;

        if (bytes != NULL && wfs_big_endian(bytes + 4, 4) == track->id) {
            track->default_duration = (uint32_t)wfs_big_endian(bytes + 12, 4);
        }
    }
    return true;
}

static double to_seconds(uint64_t end, uint32_t scale)
{
    return scale != 0 ? (double)end / scale : 0.0;
}

/* The index tells of the samples it knows; fragments go on behind these. */
static void read_duration(wfs_window *window, const mp4_movie *movie,
                          bool has_fragments, wfs_container_facts *facts)
{
    double seconds = to_seconds(movie->presented, movie->scale);
    uint64_t end = 0;

    if (seconds == 0.0) {
        seconds = to_seconds(movie->track.duration, movie->track.scale);
    }
    if (has_fragments && mp4_find_end(window, &movie->track, &end)) {
        seconds = fmax(seconds, to_seconds(end, movie->track.scale));
    }
    facts->has_duration = seconds > 0.0;
    facts->duration_seconds = seconds;
}

void wfs_mp4_read(wfs_window *window, wfs_container_facts *facts)
{
    const mp4_box file = {"", 0, window->reader->size_bytes, false};
    mp4_track header = {0, 0, 0, 0};
    mp4_movie movie;
    mp4_box moov;
    mp4_box box;

    memset(&movie, 0, sizeof movie);
    if (!mp4_find_box(window, &file, "moov", &moov)) {
        return;
    }
    if (mp4_find_box(window, &moov, "mvhd", &box)) {
        read_media_header(window, &box, &header);
        movie.scale = header.scale;
    }
    for (uint64_t at = moov.start; mp4_read_box(window, at, moov.end, &box);
         at = box.end) {
        if (memcmp(box.type, "trak", 4) == 0) {
            read_track(window, &box, &movie, facts);
        }
    }
    facts->is_not_audio = movie.has_video || !movie.has_sound;
    read_duration(window, &movie, read_extends(window, &moov, &movie.track),
                  facts);
}
