/*
 * calls.c - who is to fail or to die, and what has been called.
 */
#include "support/calls.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/calls_table.h"

#define LOG_BYTES 4096

/* What each fault is, and who may meet it. */
static const struct {
    int os_error;
    unsigned kinds;
} FAULTS[] = {
    [CALLS_EIO] = {EIO, CALLS_ANY},
    [CALLS_ENOSPC] = {ENOSPC, CALLS_WRITE | CALLS_SYNC | CALLS_MAKE},
    [CALLS_EDQUOT] = {EDQUOT, CALLS_WRITE | CALLS_SYNC | CALLS_MAKE},
    [CALLS_EINTR] = {EINTR, CALLS_MAY_WAIT},
    [CALLS_SHORT] = {0, CALLS_READ | CALLS_WRITE},
    [CALLS_UNABLE] = {EOPNOTSUPP, CALLS_OPTIONAL},
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static bool is_sqlite_included;
static int count;
static int fail_left; /* the call that meets it when this becomes 0 */
static calls_fault fail_with;
static char failed[64];
static int kill_at;
static bool kill_is_torn;
static char log_text[LOG_BYTES];

void calls_reset(void)
{
    pthread_mutex_lock(&mutex);
    is_sqlite_included = false;
    count = 0;
    fail_left = 0;
    failed[0] = '\0';
    kill_at = 0;
    log_text[0] = '\0';
    pthread_mutex_unlock(&mutex);
}

void calls_stop(void)
{
    pthread_mutex_lock(&mutex);
    fail_left = 0;
    kill_at = 0;
    pthread_mutex_unlock(&mutex);
}

void calls_include_sqlite(void)
{
    is_sqlite_included = true;
}

void calls_fail(int n, calls_fault fault)
{
    pthread_mutex_lock(&mutex);
    fail_left = n;
    fail_with = fault;
    failed[0] = '\0';
    pthread_mutex_unlock(&mutex);
}

bool calls_has_failed(void)
{
    return failed[0] != '\0';
}

const char *calls_get_failed(void)
{
    return failed;
}

void calls_kill(int n, bool is_torn)
{
    pthread_mutex_lock(&mutex);
    kill_at = count + n;
    kill_is_torn = is_torn;
    pthread_mutex_unlock(&mutex);
}

int calls_get_count(void)
{
    int result;

    pthread_mutex_lock(&mutex);
    result = count;
    pthread_mutex_unlock(&mutex);
    return result;
}

const char *calls_get_log(void)
{
    return log_text;
}

static void add_to_log(const char *name)
{
    if (strlen(log_text) + strlen(name) + 2 < sizeof(log_text)) {
        strcat(log_text, log_text[0] == '\0' ? "" : " ");
        strcat(log_text, name);
    }
}

static calls_verdict judge(const calls_call *call)
{
    bool is_torn = kill_is_torn && (call->kinds & CALLS_WRITE) != 0;

    count++;
    if (kill_at != 0 && count >= kill_at) {
        return is_torn ? CALLS_DO_HALF : CALLS_DO;
    }
    if (fail_left == 0 || (call->kinds & FAULTS[fail_with].kinds) == 0 ||
        --fail_left > 0) {
        return CALLS_DO;
    }
    snprintf(failed, sizeof(failed), "%s of %s", call->name,
             call->is_sqlites ? "SQLite" : "the library");
    return fail_with == CALLS_SHORT ? CALLS_DO_HALF : CALLS_DO_NOT;
}

calls_verdict calls_begin(const calls_call *call)
{
    calls_verdict verdict = CALLS_DO;

    pthread_mutex_lock(&mutex);
    if (!call->is_sqlites && call->log_name != NULL) {
        add_to_log(call->log_name);
    }
    if (!call->is_sqlites || is_sqlite_included) {
        verdict = judge(call);
    }
    if (verdict == CALLS_DO_NOT) {
        errno = FAULTS[fail_with].os_error;
    }
    pthread_mutex_unlock(&mutex);
    return verdict;
}

void calls_end(void)
{
    int saved = errno;
    bool dies;

    pthread_mutex_lock(&mutex);
    dies = kill_at != 0 && count >= kill_at;
    pthread_mutex_unlock(&mutex);
    if (dies) {
        kill(getpid(), SIGKILL);
    }
    errno = saved;
}
