/*
 * fill.h - a store with very many recordings, made at once.
 */
#ifndef BENCH_FILL_H
#define BENCH_FILL_H

#include "ground.h"

/*
 * A store of `count` recordings or a few more below `folder`; one that an
 * earlier run has left is used again. They are in the catalogue only: nothing
 * that opens their files can be measured with them.
 *
 * `ret_path`  for bench_open_store
 */
void bench_get_filled_store(const char *folder, uint64_t count,
                            char ret_path[BENCH_PATH_BYTES]);

#endif
