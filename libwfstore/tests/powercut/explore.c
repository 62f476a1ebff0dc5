/*
 * explore.c - going through the states of a history.
 */
#include "explorer.h"

#include <stdio.h>
#include <stdlib.h>

/* In a sample one of so many prefixes within an epoch. */
#define PREFIXES 4

/* A power cut before anything was done is one at deed 1. */
static size_t get_first_end(const history *from)
{
    return from->begin == 0 ? 1 : from->begin;
}

static size_t count_states(explorer *self)
{
    const history *from = self->task->history;
    size_t total = 0;

    for (size_t end = get_first_end(from); end <= from->count; end++) {
        if (!explorer_is_epoch(from, end)) {
            continue;
        }
        cut_set_end(&self->cut, end);
        for (cut_family family = CUT_NAMES; family < CUT_FAMILIES; family++) {
            total += cut_count(&self->cut, family, self->task->subsets);
        }
    }
    return total;
}

/* Each epoch has its prefix and its bare state in any case. */
static bool is_in_sample(const explorer *self, cut_family family, size_t number,
                         size_t total)
{
    uint64_t chance;

    if (self->task->budget == 0 || family == CUT_BARE) {
        return true;
    }
    chance = cut_mix(self->task->seed ^ self->cut.end,
                     number * CUT_FAMILIES + family);
    return chance % total < self->task->budget;
}

static void explore_end(explorer *self, size_t end, size_t total)
{
    if (end % self->task->slices != self->task->slice) {
        return;
    }
    explorer_set_end(self, end);
    if (explorer_is_epoch(self->task->history, end) ||
        self->task->budget == 0 ||
        cut_mix(self->task->seed, end) % PREFIXES == 0) {
        (void)explorer_try(self, CUT_PREFIX, 0);
    }
    if (!explorer_is_epoch(self->task->history, end)) {
        return;
    }
    for (cut_family family = CUT_BARE; family < CUT_FAMILIES; family++) {
        size_t count = cut_count(&self->cut, family, self->task->subsets);

        for (size_t i = 0; i < count; i++) {
            if (is_in_sample(self, family, i, total)) {
                (void)explorer_try(self, family, i);
            }
        }
    }
}

void explore_states(const exploration *self)
{
    explorer all;
    size_t total;

    explorer_open(&all, self, NO_SITE);
    total = count_states(&all);
    for (size_t end = get_first_end(self->history); end <= self->history->count;
         end++) {
        explore_end(&all, end, total == 0 ? 1 : total);
    }
    explorer_close(&all);
}

bool explore_one(const exploration *self, size_t off, const char *name)
{
    explorer all;
    cut_family family;
    size_t end;
    size_t number;
    bool is_well;

    if (!cut_read_name(name, &end, &family, &number) ||
        end > self->history->count) {
        fprintf(stderr, "powercut: no state is called %s\n", name);
        exit(2);
    }
    explorer_open(&all, self, off);
    explorer_set_end(&all, end);
    is_well = explorer_try(&all, family, number);
    for (size_t i = 0; i < all.cut.pending_count; i++) {
        size_t index = all.cut.pending[i];

        printf("%s ", all.cut.choices[index] == CUT_THERE    ? "there "
                      : all.cut.choices[index] == CUT_ABSENT ? "absent"
                                                             : "torn  ");
        history_print(self->history, index);
    }
    explorer_close(&all);
    return is_well;
}
