/*
 * ogg.c - Ogg (RFC 3533): pages of logical streams, each told apart by a serial
 * number. The first packet of a stream names its codec: Opus (RFC 7845), Vorbis
 * (Vorbis I specification, section 4.2), FLAC (RFC 9639, section 10.1), Speex.
 * The last page of the audio stream says how many samples there are; a chain
 * is as long as its links.
 */
#include <string.h>

#include "container_parts.h"
#include "ogg.h"

/* The last page of one stream may lie before pages of others. */
#define SEARCH_MAX_BYTES (8 * OGG_PAGE_MAX_BYTES)
#define LINKS_MAX 100

typedef struct ogg_stream {
    bool is_found;
    uint32_t serial;
    uint64_t skip; /* samples before the first that is heard */
} ogg_stream;

static void take_stream(ogg_stream *stream, const ogg_page *page,
                        wfs_container_facts *facts, const char *codec,
                        uint32_t channels, uint32_t rate)
{
    if (stream->is_found) {
        return;
    }
    stream->is_found = true;
    stream->serial = page->serial;
    strncpy(facts->codec, codec, sizeof facts->codec - 1);
    facts->channels = channels;
    facts->sample_rate = rate;
}

/* STREAMINFO as FLAC packs it: 20 bits of rate, 3 of channels less one. */
static void take_flac(ogg_stream *stream, const ogg_page *page,
                      wfs_container_facts *facts, const uint8_t *info)
{
    uint64_t bits = wfs_big_endian(info + 10, 4);

    take_stream(stream, page, facts, "flac", (uint32_t)(bits >> 9 & 7) + 1,
                (uint32_t)(bits >> 12));
}

/* Returns whether the first packet of a stream is one of video. */
static bool look_at_first_packet(wfs_window *window, const ogg_page *page,
                                 ogg_stream *stream, wfs_container_facts *facts)
{
    uint64_t size = page->end - page->body;
    size_t length = size < 51 ? (size_t)size : 51;
    const uint8_t *bytes = wfs_window_get(window, page->body, length);

    if (bytes == NULL || length < 19) {
        return false;
    }
    if (memcmp(bytes, "OpusHead", 8) == 0) {
        if (!stream->is_found) {
            stream->skip = wfs_little_endian(bytes + 10, 2);
        }
        take_stream(stream, page, facts, "opus", bytes[9], 48000);
    } else if (memcmp(bytes, "\x01vorbis", 7) == 0) {
        take_stream(stream, page, facts, "vorbis", bytes[11],
                    (uint32_t)wfs_little_endian(bytes + 12, 4));
    } else if (memcmp(bytes,
                      "\x7f"
                      "FLAC",
                      5) == 0 &&
               length == 51) {
        take_flac(stream, page, facts, bytes + 17);
    } else if (memcmp(bytes, "Speex   ", 8) == 0 && length >= 51) {
        take_stream(stream, page, facts, "speex",
                    (uint32_t)wfs_little_endian(bytes + 48, 1),
                    (uint32_t)wfs_little_endian(bytes + 36, 4));
    } else {
        return memcmp(bytes, "\x80theora", 7) == 0 ||
               memcmp(bytes, "\x01video", 6) == 0 ||
               memcmp(bytes, "BBCD", 4) == 0;
    }
    return false;
}

/* Streams of a link begin before any of them goes on. */
static bool look_at_first_pages(wfs_window *window, const ogg_link *link,
                                ogg_stream *stream, wfs_container_facts *facts)
{
    uint64_t at = link->at;
    bool has_video = false;
    ogg_page page;

    for (; at < link->data && ogg_read_page(window, at, &page); at = page.end) {
        has_video |= look_at_first_packet(window, &page, stream, facts);
    }
    return has_video;
}

/* The granule position of the stream's last whole page that has one. */
static bool find_last_granule(wfs_window *window, const ogg_link *link,
                              const ogg_stream *stream, uint64_t *ret_granule)
{
    uint64_t at = link->end;
    uint64_t least =
        at - link->at > SEARCH_MAX_BYTES ? at - SEARCH_MAX_BYTES : link->at;
    ogg_page page;

    while (wfs_window_find_before(window, "OggS", least, at, &at)) {
        if (ogg_read_page(window, at, &page) && page.serial == stream->serial &&
            page.granule != OGG_NO_GRANULE) {
            *ret_granule = page.granule;
            return true;
        }
    }
    return false;
}

static double measure(wfs_window *window, const ogg_link *link,
                      const ogg_stream *stream, uint32_t rate)
{
    uint64_t granule;

    if (!stream->is_found || rate == 0 ||
        !find_last_granule(window, link, stream, &granule) ||
        granule > INT64_MAX || granule < stream->skip) {
        return 0.0;
    }
    return (double)(granule - stream->skip) / rate;
}

/* The first link tells what it is; all of them how long. */
void wfs_ogg_read(wfs_window *window, wfs_container_facts *facts)
{
    wfs_container_facts later;
    double seconds = 0.0;
    uint64_t at = 0;
    ogg_link link;

    memset(&later, 0, sizeof later);
    for (int i = 0;
         i < LINKS_MAX && ogg_read_link(window, at, &link) && link.end > at;
         i++, at = link.end) {
        wfs_container_facts *of_link = i == 0 ? facts : &later;
        ogg_stream stream = {false, 0, 0};

        if (look_at_first_pages(window, &link, &stream, of_link) ||
            (i == 0 && !stream.is_found)) {
            facts->is_not_audio = true;
        }
        seconds += measure(window, &link, &stream, of_link->sample_rate);
    }
    facts->has_duration = seconds > 0.0;
    facts->duration_seconds = seconds;
}
