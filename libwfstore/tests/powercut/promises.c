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
    if (strcmp(what, "open") == 0) {
        self->has_store = true;
    } else if (strcmp(what, "publish") == 0) {
        publish(self);
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
