/*
 * record.c - living the lives under the recorder.
 */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "disk.h"

#define PATH_BYTES 4096

static _Noreturn void live(const char *life, const char *recorder,
                           const char *root, const char *trace,
                           const char *name)
{
    (void)setenv("LD_PRELOAD", recorder, 1);
    (void)setenv("POWERCUT_ROOT", root, 1);
    (void)setenv("POWERCUT_TRACE", trace, 1);
    (void)execl(life, life, name, root, (char *)NULL);
    history_give_up(life);
}

/* What the recorder tells is what has happened. */
static bool is_complete(const history *recorded, const char *root)
{
    timeline on;
    cut whole;
    disk expected;
    bool is_same;

    timeline_open(&on, recorded, NO_SITE);
    cut_open(&whole, &on);
    disk_open(&expected, recorded);
    cut_set_end(&whole, recorded->count);
    cut_decide(&whole, CUT_PREFIX, 0, 0);
    disk_fill(&expected, &whole);
    is_same = disk_is_at(&expected, root);
    disk_close(&expected);
    cut_close(&whole);
    timeline_close(&on);
    return is_same;
}

bool record_life(const char *life, const char *recorder, const char *base,
                 const char *name, recording *ret_recording)
{
    char root[PATH_BYTES];
    char *trace = ret_recording->trace;
    int result = 0;
    pid_t pid;
    bool is_well;

    (void)snprintf(root, sizeof root, "%s/live", base);
    (void)snprintf(trace, sizeof ret_recording->trace, "%s/%s.trace", base,
                   name);
    if (mkdir(root, 0700) == -1) {
        history_give_up(root);
    }
    (void)fflush(NULL);
    pid = fork();
    if (pid == 0) {
        live(life, recorder, root, trace, name);
    }
    is_well = pid != -1 && waitpid(pid, &result, 0) == pid && result == 0;
    if (!is_well) {
        fprintf(stderr, "powercut: the life %s went wrong\n", name);
    } else {
        ret_recording->name = name;
        history_read(trace, life, &ret_recording->history);
        is_well = is_complete(&ret_recording->history, root);
    }
    disk_clear(root);
    (void)rmdir(root);
    return is_well;
}
