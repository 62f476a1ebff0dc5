/*
 * explore_site.c - the states in which the syncs of one place did nothing.
 */
#include "explorer.h"

/* Ends behind a sync that are looked at, and states by chance at each. */
#define SITE_ENDS 10
#define SITE_SUBSETS 6

/* All or nothing; by chance; one by one. */
#define SITE_PASSES 3

/* Whether `deed` was covered by the sync `at`, which is off now. */
static bool is_uncovered(const timeline *on, const timeline *off, size_t index,
                         size_t at)
{
    return (on->durable_at[index] == at && off->durable_at[index] != at) ||
           (on->removed_at[index] == at && off->removed_at[index] != at);
}

/* What most often shows it: everything not covered is lost, or torn. */
static bool try_wholes(explorer *self)
{
    bool is_well = explorer_try(self, CUT_BARE, 0) &&
                   explorer_try(self, CUT_NAMES, 0) &&
                   explorer_try(self, CUT_BYTES, 0);

    for (size_t i = 0; i < CUT_RAGS && is_well; i++) {
        is_well = explorer_try(self, CUT_RAGGED, i);
    }
    return is_well;
}

static bool try_subsets(explorer *self)
{
    bool is_well = true;

    for (size_t i = 0; i < SITE_SUBSETS && is_well; i++) {
        is_well = explorer_try(self, CUT_SUBSET, i);
    }
    return is_well;
}

/* One by one. */
static bool try_parts(explorer *self, const timeline *on, size_t at)
{
    bool is_well = true;

    for (size_t i = 0; i < self->cut.pending_count && is_well; i++) {
        if (is_uncovered(on, &self->timeline, self->cut.pending[i], at)) {
            is_well = explorer_try(self, CUT_DROP, i) &&
                      explorer_try(self, CUT_WITHOUT, i) &&
                      explorer_try(self, CUT_TEAR, CUT_TEARS * i) &&
                      explorer_try(self, CUT_TEAR, CUT_TEARS * i + 1) &&
                      explorer_try(self, CUT_TEAR, CUT_TEARS * i + 2);
        }
    }
    return is_well;
}

static bool has_uncovered(const explorer *self, const timeline *on, size_t at)
{
    for (size_t i = 0; i < self->cut.pending_count; i++) {
        if (is_uncovered(on, &self->timeline, self->cut.pending[i], at)) {
            return true;
        }
    }
    return false;
}

/* Each pass has its part of the budget, and each sync a part of that. */
typedef struct share {
    size_t pass;
    size_t sync;
    size_t syncs;
} share;

static bool is_over_budget(const explorer *self, const share *mine)
{
    size_t parts = mine->pass * mine->syncs + mine->sync + 1;
    size_t budget = self->task->budget * parts / (SITE_PASSES * mine->syncs);

    return self->task->budget != 0 && self->task->report->checked >= budget;
}

static bool try_end(explorer *self, const timeline *on, size_t at, size_t pass)
{
    if (!has_uncovered(self, on, at)) {
        return true;
    }
    switch (pass) {
    case 0:
        return try_wholes(self);
    case 1:
        return try_subsets(self);
    default:
        return try_parts(self, on, at);
    }
}

/* The ends behind the sync `at`, and the last of all. */
static bool explore_sync(explorer *self, const timeline *on, size_t at,
                         const share *mine)
{
    const history *from = self->task->history;
    size_t left = SITE_ENDS;
    bool is_well = true;

    for (size_t end = at + 1; end <= from->count && is_well; end++) {
        if (is_over_budget(self, mine)) {
            break;
        }
        if (end == from->count || (left > 0 && explorer_is_epoch(from, end))) {
            left -= left > 0 ? 1 : 0;
            explorer_set_end(self, end);
            is_well = try_end(self, on, at, mine->pass);
        }
    }
    return is_well;
}

static bool is_sync_of(const history *from, size_t index, size_t site)
{
    return from->deeds[index].kind == TRACE_SYNC &&
           from->deeds[index].site == site;
}

static bool explore_pass(explorer *self, const timeline *on, size_t site,
                         share mine)
{
    const history *from = self->task->history;
    bool is_well = true;

    for (size_t i = 0; i < from->count && is_well; i++) {
        if (is_sync_of(from, i, site)) {
            is_well = explore_sync(self, on, i, &mine);
            mine.sync++;
        }
    }
    return is_well;
}

void explore_site(const exploration *self, size_t site)
{
    explorer all;
    timeline on;
    share mine = {0, 0, 0};
    bool is_well = true;

    for (size_t i = 0; i < self->history->count; i++) {
        mine.syncs += is_sync_of(self->history, i, site);
    }
    explorer_open(&all, self, site);
    timeline_open(&on, self->history, NO_SITE);
    for (; mine.pass < SITE_PASSES && is_well; mine.pass++) {
        is_well = explore_pass(&all, &on, site, mine);
    }
    timeline_close(&on);
    explorer_close(&all);
}
