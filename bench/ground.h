/*
 * ground.h - folders to measure in.
 *
 * A run gets a folder of its own. What earlier runs deleted still costs: ext4
 * looks through inodes freed within the last minutes at each create, so runs
 * that make and delete many files tax those after them, of either side alike.
 */
#ifndef BENCH_GROUND_H
#define BENCH_GROUND_H

#include <stdint.h>

#define BENCH_PATH_BYTES 512

/* A new empty folder below `folder`. */
void bench_make_ground(const char *folder, char ret_path[BENCH_PATH_BYTES]);

/* Remove it with all it holds. */
void bench_remove_ground(const char *path);

/*
 * Let the kernel have that much memory at hand. On a virtual machine pages
 * that the host has not given yet cost several times what writing to them
 * does, and would be charged to whoever needs them first.
 */
void bench_warm_memory(uint64_t bytes);

#endif
