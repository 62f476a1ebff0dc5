/*
 * journal.h - the least a receipt can cost: a record in a log, synced in
 * groups.
 *
 * Whoever puts a receipt waits until it is on stable storage. One thread
 * writes all that wait and syncs once, so the syncs are as many as those of
 * the library's committer.
 */
#ifndef BENCH_JOURNAL_H
#define BENCH_JOURNAL_H

#include <stdbool.h>

typedef struct bench_journal bench_journal;

/* A log of that name; ends with _close. */
bench_journal *bench_open_journal(const char *path);
void bench_close_journal(bench_journal *journal);

/* Returns when a record is written, and synced if it is to be. */
void bench_put_receipt(bench_journal *journal, bool is_synced);

#endif
