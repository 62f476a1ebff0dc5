/*
 * ebml.h - elements of EBML (RFC 8794): an id, a size, and content.
 */
#ifndef WFS_EBML_H
#define WFS_EBML_H

#include "reader.h"

/* Ids with their length marker, as RFC 9559 lists them. */
enum {
    EBML_HEADER = 0x1a45dfa3,
    EBML_VOID = 0xec,
    EBML_CRC_32 = 0xbf,
    EBML_SEGMENT = 0x18538067,
    EBML_SEEK_HEAD = 0x114d9b74,
    EBML_SEEK = 0x4dbb,
    EBML_SEEK_ID = 0x53ab,
    EBML_SEEK_POSITION = 0x53ac,
    EBML_INFO = 0x1549a966,
    EBML_TIMESTAMP_SCALE = 0x2ad7b1,
    EBML_DURATION = 0x4489,
    EBML_TRACKS = 0x1654ae6b,
    EBML_TRACK_ENTRY = 0xae,
    EBML_TRACK_NUMBER = 0xd7,
    EBML_TRACK_TYPE = 0x83,
    EBML_CODEC_ID = 0x86,
    EBML_CODEC_DELAY = 0x56aa,
    EBML_DEFAULT_DURATION = 0x23e383,
    EBML_AUDIO = 0xe1,
    EBML_SAMPLING_FREQUENCY = 0xb5,
    EBML_CHANNELS = 0x9f,
    EBML_BIT_DEPTH = 0x6264,
    EBML_CLUSTER = 0x1f43b675,
    EBML_CLUSTER_TIMESTAMP = 0xe7,
    EBML_SIMPLE_BLOCK = 0xa3,
    EBML_BLOCK_GROUP = 0xa0,
    EBML_BLOCK = 0xa1,
    EBML_BLOCK_DURATION = 0x9b,
    EBML_DISCARD_PADDING = 0x75a2,
    EBML_CUES = 0x1c53bb6b,
    EBML_CUE_POINT = 0xbb,
    EBML_CUE_TIME = 0xb3,
    EBML_CUE_TRACK_POSITIONS = 0xb7,
    EBML_CUE_TRACK = 0xf7,
    EBML_CUE_CLUSTER_POSITION = 0xf1,
    EBML_CHAPTERS = 0x1043a770,
    EBML_ATTACHMENTS = 0x1941a469,
    EBML_TAGS = 0x1254c367
};

/*
 * `at` is where the id begins, `size_at` the size, `start` and `end` where the
 * content does. `end` is the parent's if the size is not known or the parent
 * is cut (`is_whole` false).
 */
typedef struct ebml_element {
    uint32_t id;
    uint64_t at;
    uint64_t size_at;
    uint64_t start;
    uint64_t end;
    bool is_whole;
    bool is_unknown; /* its size says so */
} ebml_element;

/*
 * The element at `at` inside a parent that ends at `end`. False: nothing more
 * to read, or no element.
 */
bool ebml_read_element(wfs_window *window, uint64_t at, uint64_t end,
                       ebml_element *ret_element);

/* The content as a number; 0 where it cannot be read. */
uint64_t ebml_read_uint(wfs_window *window, const ebml_element *element);
int64_t ebml_read_int(wfs_window *window, const ebml_element *element);
double ebml_read_float(wfs_window *window, const ebml_element *element);

/*
 * A variable-size integer (RFC 8794, section 4) at `at`, its marker taken off.
 * `ret_length`: bytes it takes, 0 if there is none.
 */
uint64_t ebml_read_vint(wfs_window *window, uint64_t at, size_t *ret_length,
                        bool *ret_is_unknown);

#endif
