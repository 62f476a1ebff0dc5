/*
 * source.h - audio to send: the same few megabytes over and over.
 *
 * They stay in the processor's caches, as bytes that just came from a socket
 * do. They begin as a WAV file does, so a recording of them is accepted.
 */
#ifndef BENCH_SOURCE_H
#define BENCH_SOURCE_H

#include "wfstore/types.h"

typedef struct bench_source bench_source;

/* New; ends with _release. `chunk_bytes` is a power of 2, 4 MiB at most. */
bench_source *bench_make_source(size_t chunk_bytes);
void bench_release_source(bench_source *source);

/* The bytes of chunk `index`, and their SHA-256, known before it is asked. */
const uint8_t *bench_get_chunk(const bench_source *source, uint64_t index);
wfs_digest bench_get_digest(const bench_source *source, uint64_t index);

#endif
