/*
 * send.h - a client of the library: opens a store, sends chunks, completes.
 */
#ifndef BENCH_SEND_H
#define BENCH_SEND_H

#include "plan.h"
#include "wfstore/wfstore.h"

#define BENCH_ID_BYTES 32

/* The store below `folder`, made if there is none; ends with _close. */
wfs_store *bench_open_store(const char *folder, wfs_durability durability);

/* Of upload `number`. */
void bench_write_id(unsigned number, char ret_id[BENCH_ID_BYTES]);

/* Send chunk `index` of upload `number` and wait until it is accepted. */
void bench_send_chunk(wfs_store *store, const bench_plan *plan, unsigned number,
                      uint64_t index);

/* The same up to its last byte: what is open is returned. */
wfs_chunk *bench_begin_chunk(wfs_store *store, const bench_plan *plan,
                             unsigned number, uint64_t index);

void bench_complete_upload(wfs_store *store, const char *id, uint64_t chunks);

#endif
