/*
 * powercut.c - live, cut the power, look: see README.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk.h"
#include "lives.h"
#include "options.h"
#include "sites.h"

#define PATH_BYTES 4096

#define LIVES_NAME(name, script) name,
static const char *const lives[] = {LIVES(LIVES_NAME)};

#define LIVES_COUNT (sizeof lives / sizeof *lives)

/* Of the short form; together they take about a minute on two cores. */
#define STATES_BUDGET 100
#define SUBSETS 50
#define SITE_BUDGET 150
#define SUBSETS_LONG 1000
#define SLICES 2

static exploration get_task(const options *self, size_t budget)
{
    return (exploration){.seed = self->seed,
                         .subsets = self->is_long ? SUBSETS_LONG : SUBSETS,
                         .budget = self->is_long ? 0 : budget,
                         .slices = 1};
}

static void tell_failures(const options *self, const recording *lived,
                          const report *from)
{
    for (size_t i = 0; i < from->told_count; i++) {
        printf("  FAILED   %s: %s\n           --trace %s --state %s --seed "
               "%llu\n",
               lived->name, from->told[i].why, lived->trace,
               from->told[i].state, (unsigned long long)self->seed);
    }
}

static bool check_states(const options *self, const recording *recorded,
                         size_t count, const char *base)
{
    job *jobs = calloc(count * SLICES + 1, sizeof *jobs);
    report total = {0};

    if (jobs == NULL) {
        history_give_up("calloc");
    }
    for (size_t i = 0; i < count * SLICES; i++) {
        jobs[i].site = NO_SITE;
        jobs[i].task = get_task(self, STATES_BUDGET);
        jobs[i].task.history = &recorded[i / SLICES].history;
        jobs[i].task.slice = i % SLICES;
        jobs[i].task.slices = SLICES;
    }
    jobs_run(jobs, count * SLICES, self->workers, base);
    for (size_t i = 0; i < count * SLICES; i++) {
        const report *from = jobs[i].task.report;

        total.states += from->states;
        total.checked += from->checked;
        total.failures += from->failures;
        tell_failures(self, &recorded[i / SLICES], from);
    }
    printf("powercut: %zu lives, %zu states, %zu of them different, %zu "
           "failed; seed %llu\n",
           count, total.states, total.checked, total.failures,
           (unsigned long long)self->seed);
    free(jobs);
    return total.failures == 0;
}

static bool check_sites(const options *self, const recording *recorded,
                        size_t count, const char *base)
{
    exploration like = get_task(self, SITE_BUDGET);
    exceptions known;
    bool is_well;

    exceptions_read(self->sites, &known);
    is_well = sites_check(recorded, count, &like, &known, self->workers, base);
    exceptions_close(&known);
    return is_well;
}

static bool run_all(const options *self, const char *base)
{
    static recording recorded[LIVES_COUNT];
    size_t count = 0;
    bool is_well = true;

    for (size_t i = 0; i < LIVES_COUNT; i++) {
        if (options_want(self, lives[i])) {
            is_well = record_life(self->life, self->recorder, base, lives[i],
                                  &recorded[count++]) &&
                      is_well;
        }
    }
    if (is_well && self->has_states) {
        is_well = check_states(self, recorded, count, base);
    }
    if (is_well && self->has_sites) {
        is_well = check_sites(self, recorded, count, base);
    }
    for (size_t i = 0; i < count; i++) {
        history_close(&recorded[i].history);
    }
    return is_well;
}

/* Where /dev/shm is not to be had, wherever temporary files are. */
static void make_base(char base[PATH_BYTES])
{
    const char *where = getenv("TMPDIR");

    if (where == NULL) {
        where = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    }
    (void)snprintf(base, PATH_BYTES, "%s/powercut-XXXXXX", where);
    if (mkdtemp(base) == NULL) {
        history_give_up(base);
    }
}

static size_t find_site(const history *from, const char *name)
{
    for (size_t i = 0; i < from->site_count && name != NULL; i++) {
        if (strcmp(from->sites[i], name) == 0) {
            return i;
        }
    }
    return NO_SITE;
}

static int replay(const options *self)
{
    static report into;
    char base[PATH_BYTES];
    history from;
    exploration task = get_task(self, 0);
    bool is_well;

    history_read(self->trace, self->life, &from);
    if (self->state == NULL) {
        for (size_t i = 0; i < from.count; i++) {
            history_print(&from, i);
        }
        history_close(&from);
        return 0;
    }
    make_base(base);
    task.history = &from;
    task.report = &into;
    task.folder = self->into == NULL ? base : self->into;
    is_well = explore_one(&task, find_site(&from, self->off), self->state);
    printf("%s\n", is_well ? "all is well" : into.told[0].why);
    history_close(&from);
    disk_clear(base);
    (void)rmdir(base);
    return is_well ? 0 : 1;
}

int main(int argc, char **argv)
{
    options self = options_read(argc, argv);
    char base[PATH_BYTES];

    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (self.trace != NULL) {
        return replay(&self);
    }
    make_base(base);
    if (!run_all(&self, base)) {
        printf("powercut: the traces are in %s\n", base);
        return 1;
    }
    disk_clear(base);
    (void)rmdir(base);
    return 0;
}
