/*
 * backups.h - backups of the store of upkeep.h, and what must be in them.
 */
#ifndef WFS_TEST_BACKUPS_H
#define WFS_TEST_BACKUPS_H

#include "support/upkeep.h"

/* The backup of a test's store, as a store that can be asked; not open. */
test_store test_backup_of(const test_store *self);

/* Back the open store up, which must succeed; `options` and `told` may be
 * NULL. */
wfs_backup_summary test_back_up(const test_store *self,
                                const wfs_backup_options *options,
                                test_told *told);

/* The same, which may fail. */
wfs_status test_try_backup(const test_store *self,
                           const wfs_backup_options *options);

/* Fail the test unless the backup has these recordings (a letter each) as the
 * store has them, whole, and nothing else, and its list shows them. */
void test_expect_backup(test_store *self, const char *ids);

#endif
