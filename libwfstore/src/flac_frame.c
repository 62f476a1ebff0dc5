/*
 * flac_frame.c - frames of FLAC (RFC 9639, section 9): a header with a check
 * sum of 8 bits, subframes, and a check sum of 16 bits over all of it.
 *
 * A header may be found in audio by chance, so a frame is believed only if its
 * own sum is right where the next one begins.
 */
#include <string.h>

#include "flac.h"

#define HEADER_MAX_BYTES 16
#define CANDIDATES_MAX 64
#define FRAME_MAX_BYTES (UINT64_C(1) << 20)
#define SEARCH_MAX_BYTES (2 * FRAME_MAX_BYTES)

typedef struct flac_frame {
    uint64_t at;
    uint64_t first; /* sample */
    uint32_t samples;
} flac_frame;

/* Sync code, no reserved value. */
static bool is_header(const void *data, const uint8_t *bytes)
{
    (void)data;
    return bytes[0] == 0xff && (bytes[1] & 0xfe) == 0xf8 &&
           bytes[2] >> 4 != 0 && (bytes[2] & 15) != 15 && bytes[3] >> 4 < 11 &&
           (bytes[3] >> 1 & 7) != 3 && (bytes[3] & 1) == 0;
}

static uint8_t sum_8(const uint8_t *bytes, size_t length)
{
    unsigned sum = 0;

    for (size_t i = 0; i < length; i++) {
        sum ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            sum = (sum << 1 ^ ((sum & 0x80) != 0 ? 0x07 : 0)) & 0xff;
        }
    }
    return (uint8_t)sum;
}

/* A number coded as UTF-8 would be, up to 36 bits; returns its length or 0. */
static size_t read_coded(const uint8_t *bytes, uint64_t *ret_value)
{
    size_t length = 1;
    uint64_t value;

    if (bytes[0] < 0x80) {
        *ret_value = bytes[0];
        return 1;
    }
    while (length < 8 && (bytes[0] & (0x80 >> length)) != 0) {
        length++;
    }
    if (length < 2 || length > 7) {
        return 0;
    }
    value = bytes[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return 0;
        }
        value = value << 6 | (bytes[i] & 0x3f);
    }
    *ret_value = value;
    return length;
}

/* Table 14: some sizes stand behind the coded number. */
static uint32_t get_samples(unsigned code, const uint8_t *behind,
                            size_t *ret_length)
{
    *ret_length = code == 6 ? 1 : code == 7 ? 2 : 0;
    switch (code) {
    case 1:
        return 192;
    case 2:
    case 3:
    case 4:
    case 5:
        return 576u << (code - 2);
    case 6:
    case 7:
        return (uint32_t)wfs_big_endian(behind, *ret_length) + 1;
    default:
        return 256u << (code - 8);
    }
}

static size_t get_rate_length(unsigned code)
{
    return code == 12 ? 1 : code == 13 || code == 14 ? 2 : 0;
}

static bool read_header(wfs_window *window, uint64_t at, const flac_info *info,
                        flac_frame *ret_frame)
{
    uint8_t bytes[HEADER_MAX_BYTES] = {0};
    uint64_t size = window->reader->size_bytes;
    size_t count =
        size - at < sizeof bytes ? (size_t)(size - at) : sizeof bytes;
    const uint8_t *found = wfs_window_get(window, at, count);
    uint64_t number;
    size_t length;
    size_t more;

    if (found == NULL) {
        return false;
    }
    memcpy(bytes, found, count);
    length = read_coded(bytes + 4, &number);
    if (length == 0) {
        return false;
    }
    length += 4;
    ret_frame->at = at;
    ret_frame->samples = get_samples(bytes[2] >> 4, bytes + length, &more);
    length += more + get_rate_length(bytes[2] & 15);
    ret_frame->first =
        (bytes[1] & 1) != 0 ? number : number * info->block_samples;
    return length < count && sum_8(bytes, length) == bytes[length];
}

/* x^16 + x^15 + x^2 + 1, four bits at a time. */
static uint32_t add_16(uint32_t sum, uint8_t byte)
{
    static const uint16_t table[] = {
        0x0000, 0x8005, 0x800f, 0x000a, 0x801b, 0x001e, 0x0014, 0x8011,
        0x8033, 0x0036, 0x003c, 0x8039, 0x0028, 0x802d, 0x8027, 0x0022};

    sum ^= (uint32_t)byte << 8;
    sum = (sum << 4 & 0xffff) ^ table[sum >> 12];
    return (sum << 4 & 0xffff) ^ table[sum >> 12];
}

/* Whether a frame begins at `at`, as far as the file goes. */
static bool is_begun(wfs_window *window, uint64_t at)
{
    uint64_t rest = window->reader->size_bytes - at;
    const uint8_t *bytes =
        wfs_window_get(window, at, rest < 2 ? (size_t)rest : 2);

    return bytes != NULL && rest > 0 && bytes[0] == 0xff &&
           (rest < 2 || (bytes[1] & 0xfe) == 0xf8);
}

/*
 * One cut in 65,536 has a right sum by chance. So the end of the file is the
 * end of a frame only where nobody has told how many samples should follow.
 */
static bool may_end(wfs_window *window, const flac_info *info,
                    const flac_frame *frame, uint64_t at)
{
    return is_begun(window, at) ||
           (at == window->reader->size_bytes &&
            (info->samples == 0 ||
             info->samples == frame->first + frame->samples));
}

/* The last place before `most` at which its sum is right and it may end, or 0.
 */
static uint64_t find_frame_end(wfs_window *window, const flac_info *info,
                               const flac_frame *frame, uint64_t most)
{
    uint64_t end = 0;
    uint32_t sum = 0;

    for (uint64_t from = frame->at; from < most;) {
        size_t step = most - from < 1024 ? (size_t)(most - from) : 1024;
        uint8_t bytes[1024];
        const uint8_t *found = wfs_window_get(window, from, step);

        if (found == NULL) {
            return 0;
        }
        memcpy(bytes, found, step);
        for (size_t i = 0; i < step; i++) {
            sum = add_16(sum, bytes[i]);
            if (sum == 0 && may_end(window, info, frame, from + i + 1)) {
                end = from + i + 1;
            }
        }
        from += step;
    }
    return end;
}

bool flac_find_end(wfs_window *window, const flac_info *info, uint64_t *ret_end,
                   uint64_t *ret_samples)
{
    uint64_t size = window->reader->size_bytes;
    uint64_t least = info->frames_at;
    uint64_t at = size;
    flac_frame frame;

    if (size - least > SEARCH_MAX_BYTES) {
        least = size - SEARCH_MAX_BYTES;
    }
    for (int i = 0; i < CANDIDATES_MAX &&
                    wfs_window_find_match_before(window, is_header, NULL, least,
                                                 at, &at);) {
        uint64_t end;

        if (!read_header(window, at, info, &frame)) {
            continue;
        }
        i++;
        end = find_frame_end(
            window, info, &frame,
            size - at < FRAME_MAX_BYTES ? size : at + FRAME_MAX_BYTES);
        if (end != 0) {
            *ret_end = end;
            *ret_samples = frame.first + frame.samples;
            return true;
        }
    }
    return false;
}
