/*
 * explorer.c - what the explorations share.
 */
#include "explorer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A check that takes longer hangs. */
#define CHECK_SECONDS 120

void report_fail(report *self, const char *why)
{
    report_failure *last = &self->told[self->told_count];

    self->failures++;
    for (size_t i = 0; i < self->told_count; i++) {
        if (strcmp(self->told[i].why, why) == 0) {
            return;
        }
    }
    if (self->told_count < REPORT_FAILURES) {
        memcpy(last->state, self->state, sizeof last->state);
        (void)snprintf(last->why, sizeof last->why, "%s", why);
        self->told_count++;
    }
}

void explorer_open(explorer *self, const exploration *task, size_t off)
{
    *self = (explorer){.task = task};
    timeline_open(&self->timeline, task->history, off);
    cut_open(&self->cut, &self->timeline);
    disk_open(&self->disk, task->history);
}

void explorer_close(explorer *self)
{
    disk_close(&self->disk);
    cut_close(&self->cut);
    timeline_close(&self->timeline);
    free(self->seen.hashes);
}

static bool put_hash(seen *self, uint64_t hash)
{
    size_t at = hash & (self->capacity - 1);

    while (self->hashes[at] != 0) {
        if (self->hashes[at] == hash) {
            return false;
        }
        at = (at + 1) & (self->capacity - 1);
    }
    self->hashes[at] = hash;
    self->count++;
    return true;
}

/* Whether it is a new one. */
static bool remember(seen *self, uint64_t hash)
{
    seen old = *self;

    if (2 * self->count >= self->capacity) {
        self->capacity = self->capacity == 0 ? 1024 : 2 * self->capacity;
        self->hashes = calloc(self->capacity, sizeof *self->hashes);
        self->count = 0;
        if (self->hashes == NULL) {
            history_give_up("calloc");
        }
        for (size_t i = 0; i < old.capacity; i++) {
            if (old.hashes[i] != 0) {
                (void)put_hash(self, old.hashes[i]);
            }
        }
        free(old.hashes);
    }
    return put_hash(self, hash == 0 ? 1 : hash);
}

void explorer_set_end(explorer *self, size_t end)
{
    cut_set_end(&self->cut, end);
    promises_read(&self->promised, self->task->history, end);
    self->marks = 0;
    for (size_t i = 0; i < end; i++) {
        self->marks += self->task->history->deeds[i].kind == TRACE_MARK;
    }
}

static bool check_disk(explorer *self)
{
    report *into = self->task->report;
    char why[CHECK_WHY_BYTES] = "";

    disk_clear(self->task->folder);
    disk_put(&self->disk, self->task->folder);
    into->checked++;
    (void)alarm(CHECK_SECONDS);
    if (check_store(&self->promised, self->task->folder, why)) {
        return true;
    }
    report_fail(into, why);
    return false;
}

bool explorer_try(explorer *self, cut_family family, size_t number)
{
    report *into = self->task->report;

    cut_decide(&self->cut, family, number, self->task->seed);
    cut_write_name(&self->cut, into->state, sizeof into->state);
    into->states++;
    disk_fill(&self->disk, &self->cut);
    if (!remember(&self->seen, cut_mix(disk_hash(&self->disk), self->marks))) {
        return true;
    }
    return check_disk(self);
}

bool explorer_is_epoch(const history *from, size_t end)
{
    return end == from->count || from->deeds[end].kind == TRACE_SYNC ||
           from->deeds[end - 1].kind == TRACE_MARK;
}
