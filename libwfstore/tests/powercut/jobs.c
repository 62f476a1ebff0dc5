/*
 * jobs.c - many explorations, a few at a time.
 */
#include "jobs.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "disk.h"

#define PATH_BYTES 4096

static report *make_reports(size_t count)
{
    void *reports =
        mmap(NULL, (count + 1) * sizeof(report), PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (reports == MAP_FAILED) {
        history_give_up("mmap");
    }
    return reports;
}

static _Noreturn void run(job *self, const char *base)
{
    char folder[PATH_BYTES];

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* not to go on alone */
    (void)snprintf(folder, sizeof folder, "%s/disk-%d", base, (int)getpid());
    if (mkdir(folder, 0700) == -1) {
        history_give_up(folder);
    }
    self->task.folder = folder;
    if (self->site == NO_SITE) {
        explore_states(&self->task);
    } else {
        explore_site(&self->task, self->site);
    }
    disk_clear(folder);
    (void)rmdir(folder);
    _exit(0);
}

static void tell_death(report *into, int result)
{
    char why[CHECK_WHY_BYTES];

    if (WIFEXITED(result) && WEXITSTATUS(result) == 0) {
        return;
    }
    if (WIFSIGNALED(result) && WTERMSIG(result) == SIGALRM) {
        report_fail(into, "the check hangs");
    } else {
        (void)snprintf(why, sizeof why, "the check died (wait status %d)",
                       result);
        report_fail(into, why);
    }
}

static void wait_for_one(job *jobs, size_t count, const pid_t *pids)
{
    int result = 0;
    pid_t pid = wait(&result);

    for (size_t i = 0; i < count; i++) {
        if (pids[i] == pid) {
            tell_death(jobs[i].task.report, result);
            if (jobs[i].is_done != NULL && jobs[i].task.report->failures > 0) {
                *jobs[i].is_done = true;
            }
        }
    }
}

void jobs_run(job *jobs, size_t count, size_t workers, const char *base)
{
    report *reports = make_reports(count);
    pid_t *pids = calloc(count + 1, sizeof *pids);
    size_t running = 0;

    if (pids == NULL) {
        history_give_up("calloc");
    }
    (void)fflush(NULL);
    for (size_t i = 0; i < count; i++) {
        jobs[i].task.report = &reports[i];
        if (running == workers) {
            wait_for_one(jobs, i, pids);
            running--;
        }
        if (jobs[i].is_done != NULL && *jobs[i].is_done) {
            continue;
        }
        pids[i] = fork();
        if (pids[i] == -1) {
            history_give_up("fork");
        }
        if (pids[i] == 0) {
            run(&jobs[i], base);
        }
        running++;
    }
    for (; running > 0; running--) {
        wait_for_one(jobs, count, pids);
    }
    free(pids);
}
