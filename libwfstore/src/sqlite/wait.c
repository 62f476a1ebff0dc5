/*
 * wait.c - conditions and clocks for the threads that share connections.
 */
#include <time.h>

#include "../error.h"
#include "sqlite.h"

wfs_status wfs_sqlite_init_condition(pthread_mutex_t *mutex,
                                     pthread_cond_t *condition,
                                     wfs_error *error)
{
    pthread_condattr_t attributes;
    int code = pthread_mutex_init(mutex, NULL);

    if (code != 0) {
        return wfs_error_set(error, WFS_ENOMEM, code, "pthread_mutex_init",
                             "the store is out of memory");
    }
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    code = pthread_cond_init(condition, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    if (code != 0) {
        (void)pthread_mutex_destroy(mutex);
        return wfs_error_set(error, WFS_ENOMEM, code, "pthread_cond_init",
                             "the store is out of memory");
    }
    return WFS_OK;
}

void wfs_sqlite_deadline(uint64_t ms, struct timespec *ret_deadline)
{
    (void)clock_gettime(CLOCK_MONOTONIC, ret_deadline);
    ret_deadline->tv_sec += (time_t)(ms / 1000);
    ret_deadline->tv_nsec += (long)(ms % 1000) * 1000000;
    if (ret_deadline->tv_nsec >= 1000000000) {
        ret_deadline->tv_sec++;
        ret_deadline->tv_nsec -= 1000000000;
    }
}

int64_t wfs_sqlite_now(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
