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

void life_cut_short(life *self, void (*script)(life *self), trace_kind kind,
                    unsigned n)
{
    void (*die_after)(trace_kind kind, unsigned n);
    pid_t pid = fork();
    int result;

    if (pid == 0) {
        *(void **)&die_after = find_recorder("powercut_die_after");
        if (die_after != NULL) {
            die_after(kind, n);
        }
        script(self);
        _exit(0);
    }
    if (waitpid(pid, &result, 0) != pid || !WIFSIGNALED(result) ||
        WTERMSIG(result) != SIGKILL) {
        fprintf(stderr, "powercut life: it was not cut short\n");
        _exit(1);
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
