/*
 * container.h - what audio file this is: type, codec, channels, rate, duration.
 *
 * A bounded reader: it reads only what it needs through `wfs_reader`, trusts
 * no length it reads, and allocates nothing that grows with the file.
 */
#ifndef WFS_CONTAINER_H
#define WFS_CONTAINER_H

#include "wfstore/wfstore.h"

/* Bytes of a file at an offset. `read` returns WFS_OK and the count read (less
 * than asked only at the end), or WFS_EIO. */
typedef struct wfs_reader {
    wfs_status (*read)(void *data, uint64_t offset, void *buffer, size_t length,
                       size_t *ret_length);
    void *data;
    uint64_t size_bytes;
} wfs_reader;

/* The container by its first bytes (12 are enough for most; ID3 before MP3 and
 * AAC counts as MP3). EBML with DocType beyond `length` counts as WebM. */
wfs_type wfs_type_detect(const uint8_t *bytes, size_t length);

/* Bytes of a file's start that decide its type for sure if that many exist. */
#define WFS_TYPE_DETECT_BYTES 64

const char *wfs_type_get_extension(wfs_type type); /* "webm", …, "bin" */
const char *wfs_type_get_mime(wfs_type type);      /* "audio/webm", … */

typedef struct wfs_container_facts {
    wfs_type type;
    bool is_not_audio; /* tracks were read: video among them, or no audio */
    char codec[16];    /* as ffprobe names it, "" if not known */
    uint32_t channels;
    uint32_t sample_rate;
    bool has_duration;
    double duration_seconds;
} wfs_container_facts;

/*
 * What the container states of itself. A file that is damaged or cut yields
 * what could be read: WFS_OK with less known. Only a failing read is an error.
 *
 * WebM and Matroska (RFC 8794, RFC 9559): all facts; without a Duration it is
 *     the end of the last block, found from the end of the file.
 * WAV, RF64, BW64 (RIFF; EBU Tech 3306; ITU-R BS.2088): all facts.
 * MP4 (ISO/IEC 14496-12), also in fragments: all facts.
 * Ogg (RFC 3533) of Opus, Vorbis, FLAC, Speex: all facts, the duration from the
 *     last page.
 * FLAC (RFC 9639), MP3 (ISO/IEC 11172-3, 13818-3), ADTS (ISO/IEC 14496-3).
 * AIFF, CAF: the type.
 */
wfs_status wfs_container_read(const wfs_reader *reader,
                              wfs_container_facts *ret_facts);

#endif
