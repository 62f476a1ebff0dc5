/*
 * disk.c - a disk in memory, as one cut leaves it.
 */
#include "disk.h"

#include <stdlib.h>
#include <string.h>

void disk_open(disk *self, const history *from)
{
    self->history = from;
    self->files = calloc(from->file_count, sizeof *self->files);
    self->entries = calloc(from->count + 1, sizeof *self->entries);
    self->entry_count = 0;
    if (self->files == NULL || self->entries == NULL) {
        history_give_up("calloc");
    }
}

void disk_close(disk *self)
{
    for (size_t i = 0; i < self->history->file_count; i++) {
        free(self->files[i].bytes);
    }
    free(self->files);
    free(self->entries);
}

/* What is new reads as zeros. */
static void resize(disk_file *file, size_t size)
{
    if (size > file->capacity) {
        file->capacity = 2 * size;
        file->bytes = realloc(file->bytes, file->capacity);
        if (file->bytes == NULL) {
            history_give_up("realloc");
        }
    }
    if (size > file->size) {
        memset(file->bytes + file->size, 0, size - file->size);
    }
    file->size = size;
}

static void put_sectors(disk_file *file, const cut *state, size_t index)
{
    const deed *it = &state->timeline->history->deeds[index];
    size_t at = (size_t)it->offset;
    size_t end = at + it->length;

    while (at < end) {
        size_t sector = at / CUT_SECTOR_BYTES;
        size_t stop = (sector + 1) * CUT_SECTOR_BYTES;

        stop = stop < end ? stop : end;
        if (cut_has_sector(state, index, sector)) {
            if (stop > file->size) {
                resize(file, stop);
            }
            memcpy(file->bytes + at, it->bytes + (at - it->offset), stop - at);
        }
        at = stop;
    }
}

static void put_write(disk *self, const cut *state, size_t index)
{
    const deed *it = &self->history->deeds[index];
    disk_file *file = &self->files[it->file];
    size_t end = (size_t)it->offset + it->length;

    if (state->choices[index] == CUT_ABSENT || it->length == 0) {
        return;
    }
    if (state->choices[index] != CUT_FRONT && end > file->size) {
        resize(file, end);
    }
    put_sectors(file, state, index);
    file->time_ns = it->time_ns;
}

static disk_entry *find_entry(disk *self, size_t folder, const char *name)
{
    for (size_t i = 0; i < self->entry_count; i++) {
        disk_entry *entry = &self->entries[i];

        if (entry->folder == folder && strcmp(entry->name, name) == 0) {
            return entry;
        }
    }
    return NULL;
}

static void put_name(disk *self, size_t folder, const char *name, size_t file)
{
    disk_entry *entry = find_entry(self, folder, name);

    if (entry == NULL) {
        entry = &self->entries[self->entry_count++];
    }
    *entry = (disk_entry){folder, name, file};
}

static void remove_name(disk *self, size_t folder, const char *name,
                        size_t file)
{
    disk_entry *entry = find_entry(self, folder, name);

    if (entry != NULL && (file == NO_FILE || entry->file == file)) {
        *entry = self->entries[--self->entry_count];
    }
}

static void put_rename(disk *self, const cut *state, size_t index)
{
    const deed *it = &self->history->deeds[index];
    bool is_chosen = state->choices[index] == CUT_THERE;

    if (is_chosen || state->timeline->durable_at[index] < state->end) {
        put_name(self, it->to_folder, it->to_name, it->file);
    }
    if (is_chosen || state->timeline->removed_at[index] < state->end) {
        remove_name(self, it->folder, it->name, it->file);
    }
}

/* The bytes come last: fill_mapped. */
static void put_mapped(disk_file *file, const deed *it)
{
    size_t end = (size_t)it->offset + it->length;

    file->is_mapped = true;
    if (end > file->size) {
        resize(file, end);
    }
}

static void apply(disk *self, const cut *state, size_t index)
{
    const deed *it = &self->history->deeds[index];
    bool is_there = state->choices[index] == CUT_THERE;

    switch (it->kind) {
    case TRACE_WRITE:
        put_write(self, state, index);
        break;
    case TRACE_RESIZE:
        if (is_there) {
            resize(&self->files[it->file], (size_t)it->offset);
            self->files[it->file].time_ns = it->time_ns;
        }
        break;
    case TRACE_TIME:
        if (is_there) {
            self->files[it->file].time_ns = it->time_ns;
        }
        break;
    case TRACE_MAPPED:
        put_mapped(&self->files[it->file], it);
        break;
    case TRACE_MAKE_FOLDER:
    case TRACE_MAKE_FILE:
    case TRACE_LINK:
        if (is_there) {
            put_name(self, it->folder, it->name, it->file);
        }
        break;
    case TRACE_UNLINK:
        if (is_there) {
            remove_name(self, it->folder, it->name, NO_FILE);
        }
        break;
    case TRACE_RENAME:
        put_rename(self, state, index);
        break;
    default:
        break;
    }
}

/* What was written through a mapping may be anything. */
static void fill_mapped(disk_file *file, uint64_t seed)
{
    for (size_t i = 0; i < file->size; i++) {
        file->bytes[i] = (uint8_t)(cut_mix(seed, i / 64) >> (i % 8 * 8));
    }
}

void disk_fill(disk *self, const cut *state)
{
    self->entry_count = 0;
    for (size_t i = 0; i < self->history->file_count; i++) {
        self->files[i].size = 0;
        self->files[i].time_ns = 0;
        self->files[i].is_mapped = false;
    }
    for (size_t i = 0; i < state->end; i++) {
        apply(self, state, i);
    }
    for (size_t i = 0; i < self->history->file_count; i++) {
        if (self->files[i].is_mapped && state->family != CUT_PREFIX) {
            fill_mapped(&self->files[i], state->seed);
        }
    }
}

static uint64_t hash_bytes(uint64_t hash, const uint8_t *bytes, size_t length)
{
    while (length >= sizeof(uint64_t)) {
        uint64_t word;

        memcpy(&word, bytes, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
        bytes += sizeof word;
        length -= sizeof word;
    }
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* Added up, since the order of entries says nothing. What mappings hold is
 * left out. */
uint64_t disk_hash(const disk *self)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < self->entry_count; i++) {
        const disk_entry *entry = &self->entries[i];
        const disk_file *file = &self->files[entry->file];
        uint64_t hash = cut_mix(entry->folder, entry->file);

        hash =
            hash_bytes(hash, (const uint8_t *)entry->name, strlen(entry->name));
        hash = cut_mix(hash, file->size);
        if (!file->is_mapped) {
            hash = hash_bytes(hash, file->bytes, file->size);
        }
        sum += cut_mix(hash, 1);
    }
    return sum;
}
