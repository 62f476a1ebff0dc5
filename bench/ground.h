/*
 * ground.h - folders to measure in.
 *
 * A run gets a folder of its own. What earlier runs deleted still costs: ext4
 * looks through inodes freed within the last minutes at each create, so runs
 * that make and delete many files tax those after them, of either side alike.
 */
#ifndef BENCH_GROUND_H
#define BENCH_GROUND_H

#define BENCH_PATH_BYTES 512

/* A new empty folder below `folder`. */
void bench_make_ground(const char *folder, char ret_path[BENCH_PATH_BYTES]);

/* Remove it with all it holds. */
void bench_remove_ground(const char *path);

#endif
