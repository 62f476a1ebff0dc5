/*
 * tending.h - a thread that tends a store, as a server does.
 *
 * Without it the catalogue's journal grows for ever, which costs more than to
 * look after it.
 */
#ifndef BENCH_TENDING_H
#define BENCH_TENDING_H

#include "wfstore/store.h"

typedef struct bench_tending bench_tending;

/* Ends with bench_end_tending; the store is open until then. */
bench_tending *bench_begin_tending(wfs_store *store);
void bench_end_tending(bench_tending *tending);

#endif
