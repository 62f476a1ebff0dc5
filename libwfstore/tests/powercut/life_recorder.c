/*
 * life_recorder.c - what a life says to the recorder: marks, a death that is
 * due, what the disk lacks.
 */
#include "life.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* The recorder's function, or nothing where none is loaded. */
static void *find_recorder(const char *name)
{
    return dlsym(RTLD_DEFAULT, name);
}

void life_mark(const char *format, ...)
{
    void (*tell)(const char *line);
    char line[256];
    va_list list;

    va_start(list, format);
    (void)vsnprintf(line, sizeof line, format, list);
    va_end(list);
    *(void **)&tell = find_recorder("powercut_mark");
    if (tell != NULL) {
        tell(line);
    }
}

/* Returns in the parent. `n` 0: it is not killed. */
static pid_t live_apart(life *self, void (*script)(life *self), trace_kind kind,
                        unsigned n)
{
    void (*die_after)(trace_kind kind, unsigned n);
    pid_t pid = fork();

    if (pid == 0) {
        *(void **)&die_after = find_recorder("powercut_die_after");
        if (die_after != NULL) {
            die_after(kind, n);
        }
        script(self);
        life_close(self);
        _exit(0);
    }
    return pid;
}

static void expect_end(pid_t pid, bool was_killed)
{
    int result;

    if (pid == -1 || waitpid(pid, &result, 0) != pid ||
        (was_killed ? !WIFSIGNALED(result) || WTERMSIG(result) != SIGKILL
                    : result != 0)) {
        fprintf(stderr, "powercut life: a process did not end as it should\n");
        _exit(1);
    }
}

void life_cut_short(life *self, void (*script)(life *self), trace_kind kind,
                    unsigned n)
{
    expect_end(live_apart(self, script, kind, n), true);
}

void life_side_by_side(life *self, const life_neighbour *all, size_t count)
{
    pid_t pids[8];

    for (size_t i = 0; i < count; i++) {
        pids[i] =
            live_apart(self, all[i].script, TRACE_SYNC, all[i].dies_after);
    }
    for (size_t i = 0; i < count; i++) {
        expect_end(pids[i], all[i].dies_after > 0);
    }
}

void life_on_disk_without(unsigned lacks)
{
    void (*lack)(unsigned what);

    *(void **)&lack = find_recorder("powercut_lack");
    if (lack != NULL) {
        lack(lacks);
    }
}
