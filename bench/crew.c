/*
 * crew.c - threads that do the same work, each with its number.
 */
#include "crew.h"

#include <pthread.h>

#include "bench.h"

#define THREADS_MAX 64

typedef struct member {
    pthread_t thread;
    bench_shift work;
    void *data;
    unsigned number;
} member;

static void *run(void *data)
{
    const member *self = data;

    self->work(self->data, self->number);
    return NULL;
}

void bench_run_threads(unsigned count, bench_shift work, void *data)
{
    member members[THREADS_MAX];

    if (count > THREADS_MAX) {
        bench_fail("at most %d threads", THREADS_MAX);
    }
    for (unsigned i = 0; i < count; i++) {
        members[i] = (member){.work = work, .data = data, .number = i};
        if (pthread_create(&members[i].thread, NULL, run, &members[i]) != 0) {
            bench_fail("cannot start a thread");
        }
    }
    for (unsigned i = 0; i < count; i++) {
        (void)pthread_join(members[i].thread, NULL);
    }
}
