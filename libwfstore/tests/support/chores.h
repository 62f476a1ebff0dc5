/*
 * chores.h - what a store does for itself or for the one who keeps it, one
 * chore each, for tests that let each fail or die at every call: acts
 * (support/acts.h) that are looked at in other ways than a take is.
 */
#ifndef WFS_TEST_CHORES_H
#define WFS_TEST_CHORES_H

#include "support/stage.h"

typedef struct test_chore {
    test_act act;
    test_view view;
} test_chore;

/* chores_rebuild.c: three recordings */
extern const test_chore TEST_REBUILD_LOST;     /* a catalogue that is lost */
extern const test_chore TEST_REBUILD_REPLACED; /* one that is replaced */

/* chores_backup.c */
extern const test_chore TEST_BACKUP_FIRST;
extern const test_chore TEST_BACKUP_AGAIN; /* brought up to date */

/* chores_verify.c */
extern const test_chore TEST_VERIFY_ROT;    /* a recording is found bad */
extern const test_chore TEST_VERIFY_MENDED; /* and good again */

/* chores_time.c */
extern const test_chore TEST_EXPIRY_DROP;
extern const test_chore TEST_EXPIRY_SALVAGE;
extern const test_chore TEST_RETENTION;

/* chores_migrate.c */
extern const test_chore TEST_MIGRATION; /* a catalogue of version 1 */

#endif
