/* mpeg_frame.c - headers of frames, and the tags around them. */
#include <string.h>

#include "mpeg.h"

#define SYNC_SEARCH_BYTES 4096
#define HEAD_BYTES 4

uint64_t mpeg_skip_id3(wfs_window *window)
{
    const uint8_t *bytes = wfs_window_get(window, 0, 10);
    uint64_t size;

    if (bytes == NULL || memcmp(bytes, "ID3", 3) != 0) {
        return 0;
    }
    size = (uint64_t)(bytes[6] & 0x7f) << 21 |
           (uint64_t)(bytes[7] & 0x7f) << 14 |
           (uint64_t)(bytes[8] & 0x7f) << 7 | (bytes[9] & 0x7f);
    return 10 + size + ((bytes[5] & 0x10) != 0 ? 10 : 0);
}

bool mp3_read_frame(wfs_window *window, uint64_t at, mp3_frame *ret_frame)
{
    static const uint16_t kilobits_1[] = {0,   32,  40,  48,  56,  64,  80,  96,
                                          112, 128, 160, 192, 224, 256, 320, 0};
    static const uint16_t kilobits_2[] = {0,  8,  16, 24,  32,  40,  48,  56,
                                          64, 80, 96, 112, 128, 144, 160, 0};
    static const uint16_t rates[] = {44100, 48000, 32000, 0};
    const uint8_t *bytes = wfs_window_get(window, at, 4);
    unsigned version;

    if (bytes == NULL || wfs_type_detect(bytes, 4) != WFS_TYPE_MP3 ||
        bytes[0] != 0xff) {
        return false;
    }
    version = bytes[1] >> 3 & 3; /* 0: 2.5, 2: 2, 3: 1 */
    ret_frame->is_mpeg_1 = version == 3;
    ret_frame->is_mono = bytes[3] >> 6 == 3;
    ret_frame->rate = rates[bytes[2] >> 2 & 3] >> (version == 3   ? 0
                                                   : version == 2 ? 1
                                                                  : 2);
    ret_frame->samples = ret_frame->is_mpeg_1 ? 1152 : 576;
    ret_frame->bits_per_second =
        1000u * (ret_frame->is_mpeg_1 ? kilobits_1 : kilobits_2)[bytes[2] >> 4];
    ret_frame->bytes =
        ret_frame->samples / 8 * ret_frame->bits_per_second / ret_frame->rate +
        (bytes[2] >> 1 & 1);
    return true;
}

/* Nothing that could be a header follows, or another frame does. */
static bool is_followed(wfs_window *window, uint64_t behind)
{
    uint64_t size = window->reader->size_bytes;
    mp3_frame next;

    return (behind <= size && size - behind < HEAD_BYTES) ||
           mp3_read_frame(window, behind, &next);
}

bool mp3_find_frame(wfs_window *window, uint64_t *at, mp3_frame *ret_frame)
{
    for (uint64_t end = *at + SYNC_SEARCH_BYTES; *at < end; ++*at) {
        if (mp3_read_frame(window, *at, ret_frame) &&
            is_followed(window, *at + ret_frame->bytes)) {
            return true;
        }
    }
    return false;
}

/* Bytes of those headers as far as they are read. */
#define XING_BYTES 16
#define VBRI_BYTES 18

/* Xing's flags: how many frames, how many bytes, a table, a quality. */
static bool read_xing(wfs_window *window, uint64_t at, mp3_header *header)
{
    const uint8_t *bytes = wfs_window_get(window, at, XING_BYTES);
    unsigned flags;

    if (bytes == NULL ||
        (memcmp(bytes, "Xing", 4) != 0 && memcmp(bytes, "Info", 4) != 0)) {
        return false;
    }
    flags = bytes[7];
    at += 8;
    if ((flags & 1) != 0) {
        header->frames_at = at;
        header->frames = wfs_big_endian(bytes + 8, 4);
        at += 4;
    }
    header->bytes_at = (flags & 2) != 0 ? at : 0;
    return true;
}

bool mp3_read_header(wfs_window *window, uint64_t at, const mp3_frame *frame,
                     mp3_header *ret_header)
{
    uint64_t side = frame->is_mpeg_1 ? (frame->is_mono ? 17 : 32)
                                     : (frame->is_mono ? 9 : 17);
    uint64_t end = at + frame->bytes;
    const uint8_t *bytes;

    memset(ret_header, 0, sizeof *ret_header);
    if (at + HEAD_BYTES + side + XING_BYTES <= end &&
        read_xing(window, at + HEAD_BYTES + side, ret_header)) {
        return true;
    }
    at += HEAD_BYTES + 32;
    bytes =
        at + VBRI_BYTES <= end ? wfs_window_get(window, at, VBRI_BYTES) : NULL;
    if (bytes == NULL || memcmp(bytes, "VBRI", 4) != 0) {
        return false;
    }
    ret_header->bytes_at = at + 10;
    ret_header->frames_at = at + 14;
    ret_header->frames = wfs_big_endian(bytes + 14, 4);
    return true;
}

uint64_t mp3_count_frames(wfs_window *window, uint64_t at, uint64_t end,
                          uint64_t most, bool *ret_is_alike)
{
    uint32_t bits_per_second = 0;
    uint64_t count = 0;
    mp3_frame frame;

    *ret_is_alike = true;
    while (count < most && at < end &&
           (mp3_read_frame(window, at, &frame) ||
            mp3_find_frame(window, &at, &frame)) &&
           at + frame.bytes <= end) {
        *ret_is_alike &=
            bits_per_second == 0 || bits_per_second == frame.bits_per_second;
        bits_per_second = frame.bits_per_second;
        at += frame.bytes;
        count++;
    }
    return count;
}

uint64_t mpeg_find_id3v1(wfs_window *window)
{
    uint64_t size = window->reader->size_bytes;
    const uint8_t *bytes =
        size >= 128 ? wfs_window_get(window, size - 128, 3) : NULL;

    return bytes != NULL && memcmp(bytes, "TAG", 3) == 0 ? size - 128 : size;
}

bool adts_read_frame(wfs_window *window, uint64_t at, adts_frame *ret_frame)
{
    static const uint32_t rates[] = {96000, 88200, 64000, 48000, 44100, 32000,
                                     24000, 22050, 16000, 12000, 11025, 8000,
                                     7350,  0,     0,     0};
    const uint8_t *bytes = wfs_window_get(window, at, 7);

    if (bytes == NULL || bytes[0] != 0xff || (bytes[1] & 0xf6) != 0xf0) {
        return false;
    }
    ret_frame->rate = rates[bytes[2] >> 2 & 15];
    ret_frame->channels = (bytes[2] & 1u) << 2 | bytes[3] >> 6;
    ret_frame->bytes =
        (bytes[3] & 3u) << 11 | (unsigned)bytes[4] << 3 | bytes[5] >> 5;
    ret_frame->blocks = (bytes[6] & 3u) + 1;
    return ret_frame->rate != 0 && ret_frame->bytes >= 7;
}
