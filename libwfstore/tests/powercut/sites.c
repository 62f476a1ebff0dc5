/*
 * sites.c - is each sync needed?
 */
#include "sites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SITES_MAX 200

/* One job for each life that has it; the first failure decides. */
typedef struct place {
    const char *name;
    bool is_done;
    size_t states;
    const char *life;
    const report *failure;
} place;

static place *find_place(place *places, size_t *count, const char *name)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(places[i].name, name) == 0) {
            return &places[i];
        }
    }
    if (*count == SITES_MAX) {
        history_give_up("too many sites");
    }
    places[*count] = (place){.name = name};
    return &places[(*count)++];
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const place *)a)->name, ((const place *)b)->name);
}

static bool tell(const place *it, exceptions *known)
{
    const exception *listed = exceptions_meet(known, it->name);
    bool is_needed = it->failure != NULL;

    if (is_needed) {
        printf("  needed   %-52s %s %s: %s\n", it->name, it->life,
               it->failure->told[0].state, it->failure->told[0].why);
    } else {
        printf("  %s %-52s %zu states\n",
               listed == NULL ? "UNNEEDED" : "listed  ", it->name, it->states);
    }
    if (is_needed && listed != NULL) {
        printf("  WRONG    it stands in the list, but is needed\n");
    }
    return is_needed == (listed == NULL);
}

static bool tell_all(place *places, size_t count, exceptions *known)
{
    bool is_well = true;

    qsort(places, count, sizeof *places, compare);
    for (size_t i = 0; i < count; i++) {
        is_well = tell(&places[i], known) && is_well;
    }
    for (size_t i = 0; i < known->count; i++) {
        if (!known->all[i].was_met) {
            printf("  WRONG    %s stands in the list, but is no more\n",
                   known->all[i].site);
            is_well = false;
        }
    }
    return is_well;
}

static bool is_listed(const exceptions *known, const char *name)
{
    for (size_t i = 0; i < known->count; i++) {
        if (strcmp(known->all[i].site, name) == 0) {
            return true;
        }
    }
    return false;
}

/* What stands in the list is looked at more briefly. */
static exploration get_task(const exploration *like, const history *of,
                            bool is_brief)
{
    exploration task = *like;

    task.history = of;
    task.budget = is_brief ? like->budget / 4 : like->budget;
    return task;
}

static size_t make_jobs(const recording *lives, size_t count,
                        const exploration *like, const exceptions *known,
                        job **ret_jobs)
{
    size_t total = 0;
    size_t made = 0;

    for (size_t i = 0; i < count; i++) {
        total += lives[i].history.site_count;
    }
    *ret_jobs = calloc(total + 1, sizeof **ret_jobs);
    if (*ret_jobs == NULL) {
        history_give_up("calloc");
    }
    for (size_t i = 0; i < count; i++) {
        const history *of = &lives[i].history;

        for (size_t k = 0; k < of->site_count; k++) {
            (*ret_jobs)[made++] = (job){
                get_task(like, of, is_listed(known, of->sites[k])), k, NULL};
        }
    }
    return total;
}

static const char *find_life(const recording *lives, const history *of)
{
    while (&lives->history != of) {
        lives++;
    }
    return lives->name;
}

static void add_up(place *it, const recording *lives, const job *done)
{
    const report *from = done->task.report;

    it->states += from->checked;
    if (it->failure == NULL && from->failures > 0) {
        it->failure = from;
        it->life = find_life(lives, done->task.history);
    }
}

bool sites_check(const recording *lives, size_t count, const exploration *like,
                 exceptions *known, size_t workers, const char *base)
{
    static place places[SITES_MAX];
    size_t place_count = 0;
    job *jobs;
    size_t job_count = make_jobs(lives, count, like, known, &jobs);
    bool is_well;

    for (size_t i = 0; i < job_count; i++) {
        const history *of = jobs[i].task.history;

        jobs[i].is_done =
            &find_place(places, &place_count, of->sites[jobs[i].site])->is_done;
    }
    jobs_run(jobs, job_count, workers, base);
    for (size_t i = 0; i < job_count; i++) {
        const history *of = jobs[i].task.history;

        add_up(find_place(places, &place_count, of->sites[jobs[i].site]), lives,
               &jobs[i]);
    }
    is_well = tell_all(places, place_count, known);
    printf("powercut: %zu places that sync, each switched off\n", place_count);
    free(jobs);
    return is_well;
}
