/*
 * aging.h - a store as it is after some use.
 *
 * A new store's journal grows with each receipt, and to sync a file that grows
 * costs more than one that is written over again, which a journal is for the
 * rest of its life. The sink's log is treated alike.
 */
#ifndef BENCH_AGING_H
#define BENCH_AGING_H

#include "wfstore/store.h"

/* As long as the catalogue lets its journal be. */
#define BENCH_JOURNAL_BYTES ((size_t)16 << 20)

/*
 * Bring the journal of a new store below `folder` to its full length. Somebody
 * has it open meanwhile, for the last one to close it removes the journal.
 */
void bench_age_store(const char *folder);

#endif
