/*
 * vfs.h - a disk under SQLite whose calls fail when a test wants them to.
 *
 * Registered as SQLite's default; every file goes to the real one below.
 */
#ifndef WFS_TEST_VFS_H
#define WFS_TEST_VFS_H

#include <stdbool.h>

typedef enum test_vfs_fault {
    TEST_VFS_FULL,   /* writing: the disk is full */
    TEST_VFS_BROKEN, /* writing and syncing: an I/O error */
    TEST_VFS_DEATH   /* the process is killed instead */
} test_vfs_fault;

/* Once, before the first database is opened. */
void test_vfs_register(void);

/* The call number `number` (from 1) that writes or syncs fails, and all after
 * it until test_vfs_heal. */
void test_vfs_fail_from(int number, test_vfs_fault fault);
void test_vfs_heal(void);

/* Whether a call has failed since test_vfs_fail_from. */
bool test_vfs_has_failed(void);

/* Called whenever a connection has got a file for itself alone; NULL: not. */
void test_vfs_watch(void (*watcher)(void *data), void *data);

#endif
