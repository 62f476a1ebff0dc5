/*
 * promises.c - what the life had begun and what it was promised.
 */
#include "promises.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static promise *find(promises *self, const char *id)
{
    for (size_t i = 0; i < self->count; i++) {
        if (strcmp(self->all[i].planned->id, id) == 0) {
            return &self->all[i];
        }
    }
    return NULL;
}

const promise *promises_find(const promises *self, const char *id)
{
    return find((promises *)self, id);
}

static void publish(promises *self)
{
    self->has_published = true;
    for (size_t i = 0; i < self->count; i++) {
        promise *it = &self->all[i];

        it->is_published = it->is_complete && !it->is_deleting;
        it->is_unpublished = it->is_deleted;
    }
}

static void take_chunk(promise *it, bool is_kept, size_t index)
{
    if (index >= it->planned->count) {
        abort();
    }
    it->is_begun[index] = true;
    it->is_kept[index] = it->is_kept[index] || is_kept;
}

static void take_name(promise *it, bool is_kept, const char *name)
{
    it->next_name = name;
    if (is_kept) {
        it->name = name;
    }
}

/* Old enough to go: with '<' it is no more, and its id may be used anew. */
static void take_expiry(promise *it, bool is_kept)
{
    if (is_kept) {
        *it = (promise){.planned = it->planned,
                        .name = it->planned->id,
                        .next_name = it->planned->id};
    }
    it->is_known = true;
    it->may_be_gone = !is_kept;
}

static void take(promise *it, bool is_kept, const char *what, const char *rest)
{
    it->is_known = true;
    if (strcmp(what, "chunk") == 0) {
        take_chunk(it, is_kept, strtoul(rest, NULL, 10));
    } else if (strcmp(what, "head") == 0) {
        it->head_is_begun = true;
        it->head_is_kept = it->head_is_kept || is_kept;
    } else if (strcmp(what, "complete") == 0) {
        it->is_completing = true;
        it->is_complete = it->is_complete || is_kept;
    } else if (strcmp(what, "salvage") == 0) {
        it->salvaged = strtoul(rest, NULL, 10);
        it->is_completing = true;
        it->is_complete = it->is_complete || is_kept;
    } else if (strcmp(what, "expire") == 0) {
        take_expiry(it, is_kept);
    } else if (strcmp(what, "create") == 0) {
        it->is_created = it->is_created || is_kept;
    } else if (strcmp(what, "declare") == 0) {
        it->is_declared = it->is_declared || is_kept;
    } else if (strcmp(what, "name") == 0) {
        take_name(it, is_kept, rest);
    } else if (strcmp(what, "delete") == 0) {
        it->is_deleting = true;
        it->is_deleted = it->is_deleted || is_kept;
        it->is_published = false;
    } else {
        fprintf(stderr, "powercut: a mark says %s\n", what);
        abort();
    }
}

static void take_backup(promises *self, bool is_done)
{
    self->is_backing_up = !is_done;
    self->has_backup = self->has_backup || is_done;
    for (size_t i = 0; i < self->count; i++) {
        promise *it = &self->all[i];

        if (is_done) {
            it->backed_up = it->next_backed_up;
        } else {
            it->next_backed_up.is_there = it->is_complete && !it->is_deleted;
            it->next_backed_up.name = it->name;
        }
    }
}

static bool is_upload(const promise *it)
{
    return it->is_known && !it->is_complete && !it->is_deleted;
}

/* Bytes side by side from the front. */
static size_t count_bytes(const promise *it)
{
    size_t count = 0;

    while (count < it->planned->count && it->is_kept[count]) {
        count++;
    }
    return plan_get_offset(it->planned, count);
}

static size_t count_recordings(const promises *self)
{
    size_t count = 0;

    for (size_t i = 0; i < self->count; i++) {
        count += self->all[i].is_complete && !self->all[i].is_deleted;
    }
    return count;
}

/* What only the catalogue knew is gone with it; the bytes are not. */
static void take_rebuild(promises *self, bool is_done, bool replaces)
{
    self->is_rebuilding = !is_done;
    self->is_rebuilt = is_done;
    if (!is_done && replaces) {
        self->replaced_recordings = count_recordings(self);
    }
    for (size_t i = 0; i < self->count; i++) {
        promise *it = &self->all[i];
        size_t bytes = is_done ? it->aside_bytes : count_bytes(it);

        if (is_upload(it)) {
            take_expiry(it, is_done);
            it->aside_bytes = bytes;
        }
    }
}

static void take_older(promises *self)
{
    self->is_older = true;
    self->older_recordings = count_recordings(self);
    for (size_t i = 0; i < self->count; i++) {
        self->older_uploads += is_upload(&self->all[i]);
    }
}

/* What is said of the store as a whole. */
static void take_store(promises *self, bool is_kept, const char *what)
{
    if (strcmp(what, "open") == 0) {
        self->has_store = true;
    } else if (strcmp(what, "publish") == 0) {
        publish(self);
    } else if (strcmp(what, "backup") == 0) {
        take_backup(self, is_kept);
    } else if (strcmp(what, "rebuild") == 0) {
        take_rebuild(self, is_kept, false);
    } else if (strcmp(what, "replace") == 0) {
        take_rebuild(self, is_kept, true);
    } else if (strcmp(what, "older") == 0) {
        take_older(self);
    } else {
        fprintf(stderr, "powercut: a mark says %s\n", what);
        abort();
    }
}

/* "< chunk ID 3": the rest is the line's own text behind the id. */
static void read_mark(promises *self, const char *line)
{
    char what[16];
    char id[WFS_ID_MAX_BYTES + 1];
    int length = 0;
    bool is_kept = line[0] == '<';
    promise *it;

    if (sscanf(line + 1, " %15s %64s%n", what, id, &length) != 2) {
        abort();
    }
    if (strcmp(id, "store") == 0) {
        take_store(self, is_kept, what);
    } else {
        const char *rest = line + 1 + length;

        it = find(self, id);
        if (it == NULL) {
            abort();
        }
        take(it, is_kept, what, *rest == ' ' ? rest + 1 : rest);
    }
}

void promises_read(promises *self, const history *from, size_t end)
{
    *self = (promises){.count = 0};
    for (const plan *planned = plan_get_all(); planned->id != NULL; planned++) {
        if (self->count == PROMISES_MAX) {
            abort();
        }
        self->all[self->count++] = (promise){
            .planned = planned, .name = planned->id, .next_name = planned->id};
    }
    for (size_t i = 0; i < end; i++) {
        if (from->deeds[i].kind == TRACE_MARK &&
            from->deeds[i].name[0] != '=') {
            read_mark(self, from->deeds[i].name);
        }
    }
}
