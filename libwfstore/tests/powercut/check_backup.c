/*
 * check_backup.c - a backup is one of the store as it was at some moment, whole
 * or none at all.
 */
#include "check.h"

#include <stdio.h>
#include <string.h>

/* What a backup of one moment has of a promise; in the end: all. */
typedef backed_up (*moment)(const promise *it);

static backed_up get_last(const promise *it)
{
    return it->backed_up;
}

static backed_up get_next(const promise *it)
{
    return it->next_backed_up;
}

/* `why` is what does not match. */
static bool has_recording(wfs_store *backup, const promise *it,
                          const backed_up *expected, char why[CHECK_WHY_BYTES])
{
    const char *id = it->planned->id;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_blob_ref blob = WFS_BLOB_REF_INIT;
    wfs_status status = wfs_recording_open(backup, id, &recording, &blob, NULL);
    bool is_well = false;

    if (status == WFS_ENORECORDING) {
        is_well = !expected->is_there;
        (void)snprintf(why, CHECK_WHY_BYTES, "it has not %s", id);
    } else if (status != WFS_OK) {
        (void)snprintf(why, CHECK_WHY_BYTES, "%s: %s", id,
                       wfs_status_name(status));
    } else if (!expected->is_there || !check_bytes(&blob, it)) {
        (void)snprintf(why, CHECK_WHY_BYTES, "it has %s %s", id,
                       expected->is_there ? "with wrong bytes" : "too early");
    } else {
        is_well = strcmp(recording.name, expected->name) == 0;
        (void)snprintf(why, CHECK_WHY_BYTES, "%s is called %s", id,
                       recording.name);
    }
    wfs_recording_release(&recording);
    wfs_blob_ref_release(&blob);
    return is_well;
}

static bool is_of(const check *self, wfs_store *backup, moment when,
                  char why[CHECK_WHY_BYTES])
{
    const promises *all = self->promised;

    for (size_t i = 0; i < all->count; i++) {
        backed_up expected = when(&all->all[i]);

        if (!has_recording(backup, &all->all[i], &expected, why)) {
            return false;
        }
    }
    return true;
}

/* Nobody changes it any more, so what was said of its list holds. */
static bool check_its_list(check *self, wfs_store *backup)
{
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    bool is_well =
        check_status(self, wfs_recording_list(backup, &query, &page, NULL),
                     "list", "of the backup") &&
        check_listed(self, self->backup, &page);

    wfs_recording_page_release(&page);
    return is_well;
}

static bool check_opened(check *self, wfs_store *backup)
{
    const promises *all = self->promised;
    char why[CHECK_WHY_BYTES] = "";

    if ((all->has_backup && is_of(self, backup, get_last, why)) ||
        (all->is_backing_up && is_of(self, backup, get_next, why))) {
        return true;
    }
    return check_fail(self, "the backup is neither the last nor the next: %s",
                      why);
}

static wfs_status open_backup(const check *self, wfs_store **ret_backup)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;

    options.existing = true;
    return wfs_store_open(self->backup, &options, ret_backup, NULL);
}

bool check_backup(check *self)
{
    const promises *all = self->promised;
    wfs_store *backup = NULL;
    wfs_status status;
    bool is_well;

    if (!all->has_backup && !all->is_backing_up) {
        return true;
    }
    status = open_backup(self, &backup);
    if (status != WFS_OK) {
        return !all->has_backup ||
               check_fail(self, "the backup cannot be opened: %s",
                          wfs_status_name(status));
    }
    is_well = check_opened(self, backup) &&
              (all->is_backing_up || check_its_list(self, backup));
    wfs_store_close(backup);
    return is_well;
}

static bool back_up(check *self)
{
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;
    wfs_backup_summary summary;
    wfs_error error = WFS_ERROR_INIT;

    options.prune = true;
    if (wfs_store_backup(self->store, self->backup, &options, NULL, NULL,
                         &summary, &error) == WFS_OK) {
        return true;
    }
    return check_fail(self, "backing up after the cut: %s: %s",
                      wfs_status_name(error.status), error.detail);
}

static bool check_same(check *self, wfs_store *backup)
{
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    char why[CHECK_WHY_BYTES] = "";
    bool is_well =
        check_status(self, wfs_recording_list(self->store, &query, &page, NULL),
                     "list", "") &&
        check_its_list(self, backup);

    for (size_t i = 0; i < page.count && is_well; i++) {
        backed_up expected = {true, page.recordings[i].name};

        is_well =
            has_recording(backup,
                          promises_find(self->promised, page.recordings[i].id),
                          &expected, why) ||
            check_fail(self, "the backup made after the cut: %s", why);
    }
    wfs_recording_page_release(&page);
    return is_well;
}

bool check_next_backup(check *self)
{
    wfs_store *backup = NULL;
    bool is_well;

    if (!self->promised->has_backup && !self->promised->is_backing_up) {
        return true;
    }
    is_well = back_up(self) &&
              check_status(self, open_backup(self, &backup), "opening",
                           "the backup made after the cut") &&
              check_same(self, backup);
    wfs_store_close(backup);
    return is_well;
}
