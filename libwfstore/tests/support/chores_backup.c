/*
 * chores_backup.c - backing up a store of three recordings.
 *
 * The backup lies in the store's folder, so that both are copied as one.
 */
#include "support/chores_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static test_store backup_of(const test_store *self)
{
    test_store backup = {.store = NULL};

    snprintf(backup.path, sizeof(backup.path), "%.200s/backup", self->path);
    return backup;
}

static wfs_status back_up(test_store *self)
{
    test_store backup = backup_of(self);

    return wfs_store_backup(self->store, backup.path, NULL, test_told_keep,
                            test_chores_begin_told(), NULL, NULL);
}

/* The backup has a recording that the store has no more, but not its last. */
static void have_backup(test_store *self)
{
    test_add_recording(self, "old", TEST_SIZE);
    test_add_recording(self, "a", TEST_SIZE);
    assert_status(back_up(self), WFS_OK);
    assert_status(wfs_recording_delete(self->store, "old", NULL, NULL), WFS_OK);
    test_add_recording(self, "b", TEST_SIZE);
    test_add_recording(self, "c", TEST_SIZE);
    test_publish(self);
}

static bool has_catalogue(const test_store *backup)
{
    return test_file_exists(test_store_get_path(backup, TEST_CATALOGUE));
}

/* The first one is nothing until it has a catalogue. */
static char *describe(const test_store *self)
{
    test_store backup = backup_of(self);

    return has_catalogue(&backup) ? test_chores_describe_closed(&backup)
                                  : strdup("no backup");
}

static void finish(const test_store *self)
{
    test_store backup = backup_of(self);

    test_chores_expect_built(&backup);
    test_chores_use(&backup);
    test_tend(self);
    test_publish(self);
    assert_int_equal(test_store_get_stat(self).recordings, TEST_COUNT);
}

/* More than the file of the one that is gone. */
static bool has_told_more(void)
{
    const char *told = test_chores_get_told();

    return told[0] != '\0' && (strncmp(told, "stray:recording_", 16) != 0 ||
                               strchr(told, ' ') != NULL);
}

/* A file that could not be read is told: the next run makes up for it. */
static void expect_next(const test_store *self)
{
    test_store own = *self;
    test_store backup = backup_of(self);
    char *text;

    assert_status(back_up(&own), WFS_OK);
    text = test_chores_describe_closed(&backup);
    assert_non_null(strstr(text, "findings: \n3 recordings, 0 damaged"));
    free(text);
}

const test_chore TEST_BACKUP_FIRST = {
    {"the first backup", test_chores_have_recordings, back_up, false},
    {false, describe, finish, has_told_more, expect_next}};

const test_chore TEST_BACKUP_AGAIN = {
    {"bringing a backup up to date", have_backup, back_up, false},
    {false, describe, finish, has_told_more, expect_next}};
