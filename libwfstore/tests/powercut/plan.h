/*
 * plan.h - what the uploads of the lives consist of. The life sends it, the
 * check expects it.
 */
#ifndef POWERCUT_PLAN_H
#define POWERCUT_PLAN_H

#include "wfstore/wfstore.h"

#define PLAN_CHUNKS_MAX 6

/*
 * `chunk_size`  told with each chunk, or 0
 * `has_digests` each chunk comes with its SHA-256
 * `has_head`    chunk 0 is sent provisionally first, with other bytes
 * `is_append`   chunks are appended
 * `rate`        samples in a second, two bytes each; 0: 48000
 */
typedef struct plan {
    const char *id;
    size_t chunk_size;
    bool has_digests;
    bool has_head;
    size_t count;
    size_t lengths[PLAN_CHUNKS_MAX];
    bool is_append;
    uint32_t rate;
} plan;

/* NULL: there is none. */
const plan *plan_find(const char *id);

/* All plans, ended by one without an id. */
const plan *plan_get_all(void);

size_t plan_get_size(const plan *self);

/* Where chunk `index` begins. */
size_t plan_get_offset(const plan *self, size_t index);

/* What an upload is created with, to be told again. */
#define PLAN_NOTE "kept with it"

/* The upload that is chunk `index` of another one. */
#define PLAN_PART_BYTES 32
void plan_name_part(const plan *self, size_t index, char name[PLAN_PART_BYTES]);

/* New: the whole recording, a WAV file, or of no bytes. */
uint8_t *plan_make_bytes(const plan *self);

/* The other bytes chunk 0 has while it is provisional, in `bytes`. */
void plan_make_provisional(const plan *self, uint8_t *bytes);

/* Make the first `length` bytes, an even number, what salvaging makes of them:
 * a whole file. */
void plan_salvage(uint8_t *bytes, size_t length);

/* What a client says of chunk `index`; `bytes` are the whole recording's. */
wfs_chunk_spec plan_get_spec(const plan *self, size_t index,
                             const uint8_t *bytes);

#endif
