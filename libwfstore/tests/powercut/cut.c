/*
 * cut.c - what a disk may hold after the power went.
 */
#include "cut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const family_names[] = {
    "prefix", "bare", "names",   "bytes",  "drop",
    "keep",   "tear", "without", "ragged", "subset",
};

uint64_t cut_mix(uint64_t a, uint64_t b)
{
    uint64_t x = a * UINT64_C(0x9e3779b97f4a7c15) + b;

    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static bool is_of_bytes(const deed *it)
{
    return it->kind == TRACE_WRITE || it->kind == TRACE_RESIZE;
}

/* What has to be synced for a deed to last; marks and such: nothing. */
static size_t get_keeper(const deed *it)
{
    switch (it->kind) {
    case TRACE_WRITE:
    case TRACE_RESIZE:
    case TRACE_TIME:
        return it->file;
    case TRACE_MAKE_FOLDER:
    case TRACE_MAKE_FILE:
    case TRACE_LINK:
    case TRACE_UNLINK:
        return it->folder;
    case TRACE_RENAME:
        return it->to_folder;
    default:
        return NO_FILE;
    }
}

/* The old name of a rename never goes before the new one is there. */
static size_t get_removal(const deed *it, const size_t *next, size_t durable_at)
{
    if (it->kind != TRACE_RENAME || next[it->folder] < durable_at) {
        return durable_at;
    }
    return next[it->folder];
}

static void set_all(size_t *numbers, size_t count, size_t number)
{
    for (size_t i = 0; i < count; i++) {
        numbers[i] = number;
    }
}

/* What is found after a restart has come from the disk. */
static bool is_sure(const history *from, size_t index)
{
    return history_is_mark(from, index, HISTORY_RESTART) ||
           history_is_mark(from, index, HISTORY_GIVEN);
}

void timeline_open(timeline *self, const history *from, size_t off)
{
    size_t *next = malloc(from->file_count * sizeof *next);

    self->history = from;
    self->durable_at = malloc(from->count * sizeof(size_t));
    self->removed_at = malloc(from->count * sizeof(size_t));
    if (next == NULL || self->durable_at == NULL || self->removed_at == NULL) {
        history_give_up("malloc");
    }
    set_all(next, from->file_count, SIZE_MAX);
    for (size_t i = from->count; i-- > 0;) {
        const deed *it = &from->deeds[i];
        size_t keeper = get_keeper(it);

        if (it->kind == TRACE_SYNC && it->site != off) {
            next[it->file] = i;
        } else if (is_sure(from, i)) {
            set_all(next, from->file_count, i);
        }
        self->durable_at[i] = keeper == NO_FILE ? i : next[keeper];
        self->removed_at[i] = get_removal(it, next, self->durable_at[i]);
    }
    free(next);
}

void timeline_close(timeline *self)
{
    free(self->durable_at);
    free(self->removed_at);
}

void cut_open(cut *self, const timeline *from)
{
    size_t count = from->history->count;

    *self = (cut){.timeline = from};
    self->pending = malloc((count + 1) * sizeof(size_t));
    self->choices = calloc(count + 1, 1);
    if (self->pending == NULL || self->choices == NULL) {
        history_give_up("malloc");
    }
}

void cut_close(cut *self)
{
    free(self->pending);
    free(self->choices);
}

void cut_set_end(cut *self, size_t end)
{
    const timeline *from = self->timeline;

    self->end = end;
    self->pending_count = 0;
    for (size_t i = 0; i < end; i++) {
        if (from->durable_at[i] >= end || from->removed_at[i] >= end) {
            self->pending[self->pending_count++] = i;
        }
    }
}

size_t cut_count(const cut *self, cut_family family, size_t subsets)
{
    switch (family) {
    case CUT_PREFIX:
        return 1;
    case CUT_BARE:
    case CUT_NAMES:
    case CUT_BYTES:
        return self->pending_count > 0 ? 1 : 0;
    case CUT_DROP:
    case CUT_KEEP:
    case CUT_WITHOUT:
        return self->pending_count > 1 ? self->pending_count : 0;
    case CUT_TEAR:
        return self->pending_count * CUT_TEARS;
    case CUT_RAGGED:
        return self->pending_count > 1 ? CUT_RAGS : 0;
    case CUT_SUBSET:
        return self->pending_count > 1 ? subsets : 0;
    default:
        return 0;
    }
}

static uint8_t choose(uint64_t chance, bool is_write)
{
    if (!is_write) {
        return chance % 2 == 0 ? CUT_THERE : CUT_ABSENT;
    }
    switch (chance % 16) {
    case 0:
        return CUT_LENGTH;
    case 1:
        return CUT_FRONT;
    case 2:
        return CUT_BACK;
    case 3:
        return CUT_MIXED;
    default:
        return chance / 16 % 2 == 0 ? CUT_THERE : CUT_ABSENT;
    }
}

static uint8_t tear_all(size_t number, bool is_write)
{
    static const uint8_t tears[CUT_RAGS] = {CUT_FRONT, CUT_BACK, CUT_MIXED,
                                            CUT_FRONT, CUT_BACK};

    if (is_write) {
        return tears[number];
    }
    return number < 3 ? CUT_THERE : CUT_ABSENT;
}

static uint8_t decide_one(const cut *self, size_t i)
{
    static const uint8_t tears[CUT_TEARS] = {CUT_FRONT, CUT_BACK, CUT_LENGTH};
    const deed *it = &self->timeline->history->deeds[self->pending[i]];

    switch (self->family) {
    case CUT_BARE:
        return CUT_ABSENT;
    case CUT_NAMES:
        return is_of_bytes(it) ? CUT_ABSENT : CUT_THERE;
    case CUT_BYTES:
        return is_of_bytes(it) ? CUT_THERE : CUT_ABSENT;
    case CUT_DROP:
        return i == self->number ? CUT_ABSENT : CUT_THERE;
    case CUT_KEEP:
        return i == self->number ? CUT_THERE : CUT_ABSENT;
    case CUT_TEAR:
        return i == self->number / CUT_TEARS && it->kind == TRACE_WRITE
                   ? tears[self->number % CUT_TEARS]
                   : CUT_THERE;
    case CUT_WITHOUT:
        return i == self->number ? CUT_ABSENT
                                 : tear_all(1, it->kind == TRACE_WRITE);
    case CUT_RAGGED:
        return tear_all(self->number, it->kind == TRACE_WRITE);
    case CUT_SUBSET:
        return choose(cut_mix(self->seed, i), it->kind == TRACE_WRITE);
    default:
        return CUT_THERE;
    }
}

void cut_decide(cut *self, cut_family family, size_t number, uint64_t seed)
{
    self->family = family;
    self->number = number;
    self->seed = cut_mix(cut_mix(seed, self->end), number);
    memset(self->choices, CUT_THERE, self->end);
    for (size_t i = 0; i < self->pending_count; i++) {
        self->choices[self->pending[i]] = decide_one(self, i);
    }
}

/* Halves go by the file's own sectors: a write of one sector is whole in its
 * front, and nothing in its back. */
bool cut_has_sector(const cut *self, size_t index, uint64_t sector)
{
    const deed *it = &self->timeline->history->deeds[index];
    uint64_t first = it->offset / CUT_SECTOR_BYTES;
    uint64_t last = (it->offset + it->length - 1) / CUT_SECTOR_BYTES;
    uint64_t middle = first + (last - first) / 2;

    switch (self->choices[index]) {
    case CUT_THERE:
        return true;
    case CUT_FRONT:
        return sector <= middle;
    case CUT_BACK:
        return sector > middle;
    case CUT_MIXED:
        return cut_mix(self->seed + index, sector) % 2 == 0;
    default:
        return false;
    }
}

void cut_write_name(const cut *self, char *text, size_t length)
{
    (void)snprintf(text, length, "%zu:%s:%zu", self->end,
                   family_names[self->family], self->number);
}

bool cut_read_name(const char *text, size_t *ret_end, cut_family *ret_family,
                   size_t *ret_number)
{
    char family[16];

    if (sscanf(text, "%zu:%15[a-z]:%zu", ret_end, family, ret_number) != 3) {
        return false;
    }
    for (size_t i = 0; i < CUT_FAMILIES; i++) {
        if (strcmp(family_names[i], family) == 0) {
            *ret_family = (cut_family)i;
            return true;
        }
    }
    return false;
}
