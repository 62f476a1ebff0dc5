/*
 * gc_tend.c - wfstore gc: one store, until nothing is due.
 */
#include "gc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "message.h"
#include "owner.h"
#include "signals.h"
#include "store.h"

/* Between looks at whether to end. */
#define BUDGET_MS 500
/* What the library asks to be called again for sooner than this is due. */
#define SOON_MS 1000
/* metadata.json lags behind a store that changes; then it is worth waiting. */
#define PUBLISH_WAITS_MAX 30

static void wait_ms(uint64_t ms)
{
    struct timespec span = {.tv_sec = (time_t)(ms / 1000),
                            .tv_nsec = (long)(ms % 1000) * 1000000};

    (void)nanosleep(&span, NULL);
}

static bool has_to_publish(wfs_store *store)
{
    wfs_store_stat stat = {0};

    return wfs_store_get_stat(store, &stat, NULL) == WFS_OK &&
           !stat.is_published && !stat.publish_failed;
}

/* Whether to go on; waits as long as that needs. */
static bool wait_for_more(wfs_store *store, uint64_t next_ms, int *waits)
{
    if (cli_signals_is_interrupted()) {
        return false;
    }
    if (next_ms < SOON_MS) {
        wait_ms(next_ms);
        return true;
    }
    if (!has_to_publish(store) || ++*waits > PUBLISH_WAITS_MAX) {
        return false;
    }
    wait_ms(SOON_MS);
    return true;
}

static cli_exit tend(wfs_store *store, const char *path)
{
    wfs_error error = WFS_ERROR_INIT;
    uint64_t next_ms = 0;
    int waits = 0;

    do {
        if (wfs_store_tend(store, BUDGET_MS, &next_ms, &error) != WFS_OK) {
            return cli_message_fail(path, &error);
        }
    } while (wait_for_more(store, next_ms, &waits));
    return CLI_DONE;
}

cli_exit cli_gc_tend(const cli *self, const wfs_store_options *options)
{
    wfs_store *store = NULL;
    cli_exit result = cli_store_open(self, options, &store);

    if (result == CLI_DONE) {
        result = tend(store, cli_store_get_label(self));
    }
    wfs_store_close(store);
    return result;
}

static cli_exit tend_here(const cli *self, int directory, const char *path,
                          const wfs_store_options *options)
{
    cli here = *self;

    if (fchdir(directory) != 0) {
        cli_message("%s: %s", path, strerror(errno));
        return CLI_FAILED;
    }
    here.store_path = ".";
    here.store_label = path;
    return cli_gc_tend(&here, options);
}

static cli_exit wait_for_child(pid_t pid, const char *path)
{
    int status;

    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            cli_message("%s: %s", path, strerror(errno));
            return CLI_FAILED;
        }
    }
    if (!WIFEXITED(status)) {
        cli_message("%s: tending ended with signal %d", path, WTERMSIG(status));
        return CLI_FAILED;
    }
    return (cli_exit)WEXITSTATUS(status);
}

cli_exit cli_gc_tend_apart(const cli *self, int directory, const char *path,
                           const wfs_store_options *options)
{
    cli_exit result;
    pid_t pid;

    (void)fflush(NULL);
    pid = fork();
    if (pid == 0) {
        _exit((int)tend_here(self, directory, path, options));
    }
    if (pid < 0) {
        cli_message("%s: %s", path, strerror(errno));
        return CLI_FAILED;
    }
    cli_signals_forward(pid);
    result = wait_for_child(pid, path);
    cli_signals_forward(0);
    return result;
}
