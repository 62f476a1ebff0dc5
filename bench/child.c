/*
 * child.c - work done by processes of its own.
 */
#include "child.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define CHILDREN_MAX 64

void *bench_share(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED) {
        bench_fail("out of memory");
    }
    return memory;
}

void bench_unshare(void *memory, size_t size)
{
    (void)munmap(memory, size);
}

void bench_init_barrier(pthread_barrier_t *barrier, unsigned count)
{
    pthread_barrierattr_t attributes;

    (void)pthread_barrierattr_init(&attributes);
    (void)pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    (void)pthread_barrier_init(barrier, &attributes, count);
    (void)pthread_barrierattr_destroy(&attributes);
}

static pid_t start(bench_work work, const void *data, unsigned index, void *ret)
{
    pid_t pid = fork();

    if (pid == -1) {
        bench_fail("cannot fork");
    }
    if (pid == 0) {
        work(data, index, ret);
        _exit(0);
    }
    return pid;
}

/* The others may be waiting for one that failed: they end with it. */
static void wait_for_all(const pid_t *pids, unsigned count)
{
    bool has_failed = false;

    for (unsigned i = 0; i < count; i++) {
        int ending = 0;

        if (waitpid(-1, &ending, 0) == -1 || ending != 0) {
            for (unsigned k = 0; k < count && !has_failed; k++) {
                (void)kill(pids[k], SIGKILL);
            }
            has_failed = true;
        }
    }
    if (has_failed) {
        bench_fail("a child failed");
    }
}

void bench_run_children(unsigned count, bench_work work, const void *data,
                        void *ret_results, size_t size)
{
    pid_t pids[CHILDREN_MAX];
    unsigned char *results;

    if (count > CHILDREN_MAX) {
        bench_fail("at most %d children", CHILDREN_MAX);
    }
    results = bench_share(count * size);
    for (unsigned i = 0; i < count; i++) {
        pids[i] = start(work, data, i, results + i * size);
    }
    wait_for_all(pids, count);
    memcpy(ret_results, results, count * size);
    bench_unshare(results, count * size);
}
