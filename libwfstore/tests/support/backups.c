/*
 * backups.c - backups of a store, and what must be in them.
 */
#include "support/backups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

test_store test_backup_of(const test_store *self)
{
    test_store backup = {.store = NULL};

    snprintf(backup.folder, sizeof backup.folder, "%s", self->folder);
    snprintf(backup.path, sizeof backup.path, "%.200s/backup", self->folder);
    return backup;
}

wfs_backup_summary test_back_up(const test_store *self,
                                const wfs_backup_options *options,
                                test_told *told)
{
    test_store backup = test_backup_of(self);
    wfs_backup_summary summary = WFS_BACKUP_SUMMARY_INIT;
    wfs_error error = WFS_ERROR_INIT;
    test_told ignored = {.log = ""};
    wfs_status status =
        wfs_store_backup(self->store, backup.path, options, test_told_keep,
                         told == NULL ? &ignored : told, &summary, &error);

    if (status != WFS_OK) {
        fail_msg("%s: %s (%s)", wfs_status_name(status), error.detail,
                 error.step == NULL ? "" : error.step);
    }
    return summary;
}

wfs_status test_try_backup(const test_store *self,
                           const wfs_backup_options *options)
{
    test_store backup = test_backup_of(self);
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = wfs_store_backup(self->store, backup.path, options,
                                         NULL, NULL, NULL, &error);

    assert_status(error.status, status);
    return status;
}

static void expect_recording(test_store *self, test_store *backup,
                             const char *id, const uint8_t *list, size_t length)
{
    char *there = test_recording_json(backup, id);
    char *here = test_recording_json(self, id);

    assert_string_equal(there, here);
    assert_true(memmem(list, length, there, strlen(there)) != NULL);
    free(there);
    free(here);
}

void test_expect_backup(test_store *self, const char *ids)
{
    test_store backup = test_backup_of(self);
    wfs_verify_summary summary = WFS_VERIFY_SUMMARY_INIT;
    test_told told = {.log = ""};
    size_t length;
    uint8_t *list =
        test_file_read(test_store_get_path(&backup, "metadata.json"), &length);

    test_store_open(&backup);
    for (const char *id = ids; *id != '\0'; id++) {
        const char name[2] = {*id, '\0'};

        expect_recording(self, &backup, name, list, length);
    }
    assert_status(wfs_store_verify(backup.store, NULL, test_told_keep, &told,
                                   &summary, NULL),
                  WFS_OK);
    assert_string_equal(told.log, "");
    assert_int_equal(summary.recordings, strlen(ids));
    test_store_close(&backup);
    free(list);
}
