/*
 * plan.c - what the uploads of the lives consist of.
 */
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest.h"

/* No length is a multiple of a sector, so that chunks share sectors. */
static const plan plans[] = {
    {"fixed", 1700, true, false, 5, {1700, 1700, 1700, 1700, 900}, false, 0},
    {"tail", 0, false, false, 4, {1500, 2300, 700, 1100}, false, 0},
    {"loose", 0, true, false, 5, {1300, 900, 2100, 600, 1900}, false, 0},
    {"hasty", 0, false, false, 4, {1300, 900, 2100, 600}, false, 0},
    {"head", 0, true, true, 4, {800, 1900, 1300, 700}, false, 0},
    {"early", 0, false, true, 3, {900, 1100, 1300}, false, 0},
    {"late", 0, true, false, 3, {1100, 1700, 900}, false, 0},
    {"gone", 0, false, false, 3, {1100, 900, 1300}, false, 0},
    {"given-up", 0, true, false, 4, {1100, 900, 1300, 800}, false, 0},
    {"red", 1300, true, false, 4, {1300, 1300, 1300, 400}, false, 0},
    {"green", 0, false, false, 4, {1000, 1100, 1200, 1300}, false, 0},
    {"blue", 0, true, false, 4, {900, 1400, 800, 1700}, false, 0},
    {"one", 0, true, false, 1, {2900}, false, 0},
    {"two", 0, true, false, 1, {3100}, false, 0},
    {"three", 0, true, false, 1, {3300}, false, 0},
    {"appended", 0, false, false, 4, {1100, 500, 900, 700}, true, 0},
    {"declared", 0, false, false, 3, {1100, 900, 700}, true, 0},
    {"cut-off", 0, true, false, 4, {1100, 1400, 900, 700}, false, 0},
    {"streamed", 0, false, false, 4, {900, 1300, 700, 1100}, true, 0},
    {"idle", 0, true, false, 4, {1300, 1700, 900, 800}, false, 1000},
    {"left", 0, true, false, 3, {900, 1300, 700}, false, 0},
    {"joined", 0, false, false, 3, {1700, 900, 1300}, true, 0},
    {"nothing", 0, false, false, 0, {0}, true, 0},
    {NULL, 0, false, false, 0, {0}, false, 0},
};

const plan *plan_get_all(void)
{
    return plans;
}

const plan *plan_find(const char *id)
{
    for (const plan *self = plans; self->id != NULL; self++) {
        if (strcmp(self->id, id) == 0) {
            return self;
        }
    }
    return NULL;
}

size_t plan_get_offset(const plan *self, size_t index)
{
    size_t offset = 0;

    for (size_t i = 0; i < index; i++) {
        offset += self->lengths[i];
    }
    return offset;
}

size_t plan_get_size(const plan *self)
{
    return plan_get_offset(self, self->count);
}

void plan_name_part(const plan *self, size_t index, char name[PLAN_PART_BYTES])
{
    (void)snprintf(name, PLAN_PART_BYTES, "%s-%zu", self->id, index);
}

static void put_number(uint8_t *bytes, uint32_t number)
{
    for (size_t i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(number >> (8 * i));
    }
}

/* RIFF, one channel, 16 bits; no byte of the samples is 0, which is
 * what a hole reads as. */
uint8_t *plan_make_bytes(const plan *self)
{
    static const uint8_t format[] = {16, 0, 0, 0, 1, 0, 1, 0, 0,  0,
                                     0,  0, 0, 0, 0, 0, 2, 0, 16, 0};
    uint32_t rate = self->rate == 0 ? 48000 : self->rate;
    size_t size = plan_get_size(self);
    uint8_t *bytes = malloc(size);
    uint32_t state = (uint32_t)(self - plans) * 2654435761u + 1;

    if (size == 0) {
        return bytes;
    }
    if (bytes == NULL) {
        abort();
    }
    memcpy(bytes, "RIFF....WAVEfmt ", 16);
    put_number(bytes + 4, (uint32_t)size - 8);
    memcpy(bytes + 16, format, sizeof format);
    put_number(bytes + 24, rate);
    put_number(bytes + 28, 2 * rate);
    memcpy(bytes + 36, "data", 4);
    put_number(bytes + 40, (uint32_t)size - 44);
    for (size_t i = 44; i < size; i++) {
        state = state * 1664525u + 1013904223u;
        bytes[i] = (uint8_t)(state >> 24 | 1);
    }
    return bytes;
}

void plan_salvage(uint8_t *bytes, size_t length)
{
    if (length > 0) {
        put_number(bytes + 4, (uint32_t)length - 8);
        put_number(bytes + 40, (uint32_t)length - 44);
    }
}

void plan_make_provisional(const plan *self, uint8_t *bytes)
{
    put_number(bytes + 4, 0);
    put_number(bytes + 40, 0);
    for (size_t i = 44; i < self->lengths[0]; i++) {
        bytes[i] ^= 0x55;
    }
}

wfs_chunk_spec plan_get_spec(const plan *self, size_t index,
                             const uint8_t *bytes)
{
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_hasher *hasher;

    spec.id = self->id;
    spec.index = index;
    spec.name = self->id;
    if (self->chunk_size != 0) {
        spec.chunk_size = self->chunk_size;
    }
    if (self->has_digests) {
        hasher = wfs_hasher_open(WFS_DIGEST_SHA256);
        wfs_hasher_update(hasher, bytes + plan_get_offset(self, index),
                          self->lengths[index]);
        wfs_hasher_finish(hasher, &spec.digest);
        wfs_hasher_close(hasher);
    }
    return spec;
}
