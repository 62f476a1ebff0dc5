/*
 * digests.c - SHA-256 of one stream and of two at once, for one processor.
 *
 * Bytes are counted once for each digest that is made of them.
 */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "cost.h"
#include "digest.h"
#include "digest_pair.h"

#define PIECE_BYTES ((size_t)64 << 10)
#define HOT_BYTES ((size_t)1 << 20)
#define COLD_BYTES ((size_t)512 << 20) /* more than caches hold */

typedef struct job {
    const uint8_t *bytes;
    size_t length;
    size_t times;
    wfs_hasher *hashers[2];
} job;

typedef void (*way)(const job *self, size_t at);

static void one_stream(const job *self, size_t at)
{
    wfs_hasher_update(self->hashers[0], self->bytes + at, PIECE_BYTES);
}

static void one_after_other(const job *self, size_t at)
{
    wfs_hasher_update(self->hashers[0], self->bytes + at, PIECE_BYTES);
    wfs_hasher_update(self->hashers[1], self->bytes + at, PIECE_BYTES);
}

static void both_at_once(const job *self, size_t at)
{
    const wfs_hasher_piece a = {self->hashers[0], self->bytes + at,
                                PIECE_BYTES};
    const wfs_hasher_piece b = {self->hashers[1], self->bytes + at,
                                PIECE_BYTES};

    wfs_hasher_update_both(&a, &b);
}

/* The first half of a piece beside the second. */
static void two_streams(const job *self, size_t at)
{
    static uint32_t a[8];
    static uint32_t b[8];
    const uint8_t *piece = self->bytes + at;

    (void)wfs_digest_pair(a, piece, b, piece + PIECE_BYTES / 2,
                          PIECE_BYTES / 2 / WFS_DIGEST_BLOCK_BYTES);
}

static const struct {
    const char *name;
    way take;
    double digests;
} ways[] = {
    {"one stream (OpenSSL)", one_stream, 1},
    {"same bytes twice, one after the other", one_after_other, 2},
    {"same bytes twice, at once", both_at_once, 2},
    {"two streams at once", two_streams, 1},
};

#define WAYS (sizeof ways / sizeof *ways)

static double measure(const job *self, size_t index)
{
    double begun = bench_get_thread_seconds();

    for (size_t i = 0; i < self->times; i++) {
        for (size_t at = 0; at < self->length; at += PIECE_BYTES) {
            ways[index].take(self, at);
        }
    }
    return (double)self->length * (double)self->times * ways[index].digests /
           (bench_get_thread_seconds() - begun) / 1e9;
}

/* In turns, round by round. */
static void measure_all(const job *self, unsigned rounds, const char *where)
{
    double speeds[WAYS][BENCH_ROUNDS_MAX];

    for (unsigned round = 0; round < rounds; round++) {
        for (size_t i = 0; i < WAYS; i++) {
            speeds[i][round] = measure(self, i);
        }
    }
    for (size_t i = 0; i < WAYS; i++) {
        if (ways[i].take != two_streams || wfs_digest_has_pair()) {
            bench_tell(ways[i].name, bench_get_median(speeds[i], rounds),
                       "GB/s", BENCH_NO_GOAL, "%s", where);
        }
    }
}

void bench_digests(const bench_options *options)
{
    uint8_t *bytes = malloc(COLD_BYTES);
    job self = {.bytes = bytes,
                .hashers = {wfs_hasher_open(WFS_DIGEST_SHA256),
                            wfs_hasher_open(WFS_DIGEST_SHA256)}};

    if (bytes == NULL || self.hashers[0] == NULL || self.hashers[1] == NULL) {
        bench_fail("there is no memory for digests");
    }
    memset(bytes, 1, COLD_BYTES);
    bench_tell_title("digests, a processor each");
    self.length = HOT_BYTES;
    self.times = COLD_BYTES / HOT_BYTES;
    measure_all(&self, options->rounds, "1 MiB, in the processor's caches");
    self.length = COLD_BYTES;
    self.times = 1;
    measure_all(&self, options->rounds, "512 MiB, from memory");
    wfs_hasher_close(self.hashers[0]);
    wfs_hasher_close(self.hashers[1]);
    free(bytes);
}
