/*
 * source.c - audio to send: the same few megabytes over and over.
 */
#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "wfstore/digest.h"

#define SOURCE_BYTES ((size_t)4 << 20)

struct bench_source {
    size_t chunk_bytes;
    size_t chunks;
    uint8_t *bytes;
    wfs_digest *digests;
};

/* Of 16 bits, one channel, 48 kHz, and as long as its file turns out to be. */
static const uint8_t WAV_HEAD[44] =
    "RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0\1\0\x80\xbb\0\0\0\x77\1\0\2\0"
    "\x10\0data\xff\xff\xff\xff";

static void fill(uint8_t *bytes)
{
    uint32_t state = 1;

    for (size_t i = 0; i < SOURCE_BYTES; i++) {
        state = state * 1664525u + 1013904223u;
        bytes[i] = (uint8_t)(state >> 24);
    }
    memcpy(bytes, WAV_HEAD, sizeof WAV_HEAD);
}

static wfs_digest digest(const uint8_t *bytes, size_t length)
{
    wfs_hasher *hasher = wfs_hasher_open(WFS_DIGEST_SHA256);
    wfs_digest result;

    if (hasher == NULL) {
        bench_fail("out of memory");
    }
    wfs_hasher_update(hasher, bytes, length);
    wfs_hasher_finish(hasher, &result);
    wfs_hasher_close(hasher);
    return result;
}

bench_source *bench_make_source(size_t chunk_bytes)
{
    bench_source *source = calloc(1, sizeof *source);

    if (source == NULL) {
        bench_fail("out of memory");
    }
    source->chunk_bytes = chunk_bytes;
    source->chunks = SOURCE_BYTES / chunk_bytes;
    source->bytes = malloc(SOURCE_BYTES);
    source->digests = calloc(source->chunks, sizeof *source->digests);
    if (source->bytes == NULL || source->digests == NULL) {
        bench_fail("out of memory");
    }
    fill(source->bytes);
    for (size_t i = 0; i < source->chunks; i++) {
        source->digests[i] = digest(bench_get_chunk(source, i), chunk_bytes);
    }
    return source;
}

void bench_release_source(bench_source *source)
{
    free(source->bytes);
    free(source->digests);
    free(source);
}

const uint8_t *bench_get_chunk(const bench_source *source, uint64_t index)
{
    return source->bytes + index % source->chunks * source->chunk_bytes;
}

wfs_digest bench_get_digest(const bench_source *source, uint64_t index)
{
    return source->digests[index % source->chunks];
}
