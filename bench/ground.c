/*
 * ground.c - folders to measure in.
 */
#include "ground.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "bench.h"

#define DESCRIPTORS 16

void bench_make_ground(const char *folder, char ret_path[BENCH_PATH_BYTES])
{
    if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
        bench_fail("%s: %s", folder, strerror(errno));
    }
    (void)snprintf(ret_path, BENCH_PATH_BYTES, "%s/ground-XXXXXX", folder);
    if (mkdtemp(ret_path) == NULL) {
        bench_fail("%s: %s", ret_path, strerror(errno));
    }
}

static int remove_one(const char *path, const struct stat *st, int kind,
                      struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

void bench_remove_ground(const char *path)
{
    if (nftw(path, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS) != 0) {
        bench_fail("%s: %s", path, strerror(errno));
    }
}

void bench_warm_memory(uint64_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

    if (memory != MAP_FAILED) {
        (void)munmap(memory, bytes);
    }
}
