/*
 * check.c - a store after a power cut.
 */
#include "check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot.h"

#define TEND_MS 5000

bool check_fail(check *self, const char *format, ...)
{
    va_list list;

    if (!self->has_failed) {
        va_start(list, format);
        (void)vsnprintf(self->why, sizeof self->why, format, list);
        va_end(list);
    }
    self->has_failed = true;
    return false;
}

bool check_status(check *self, wfs_status status, const char *what,
                  const char *id)
{
    if (status == WFS_OK) {
        return true;
    }
    return check_fail(self, "%s %s: %s", what, id, wfs_status_name(status));
}

static wfs_status rebuild(check *self, wfs_error *error)
{
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    wfs_rebuild_summary summary;

    options.replace = true;
    return wfs_store_rebuild(self->path, &options, NULL, NULL, &summary, error);
}

static bool open_store(check *self)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status;

    options.existing = self->promised->has_store;
    status = wfs_store_open(self->path, &options, &self->store, &error);
    if (status == WFS_ECORRUPT && self->promised->is_rebuilding) {
        status = rebuild(self, &error);
        if (status == WFS_OK) {
            status = wfs_store_open(self->path, &options, &self->store, &error);
        }
    }
    if (status == WFS_OK) {
        return true;
    }
    return check_fail(self, "the store cannot be opened: %s: %s",
                      wfs_status_name(error.status), error.detail);
}

static bool tend(check *self)
{
    wfs_error error = WFS_ERROR_INIT;
    uint64_t next_ms;

    if (wfs_store_tend(self->store, TEND_MS, &next_ms, &error) == WFS_OK) {
        return true;
    }
    return check_fail(self, "tending: %s: %s", wfs_status_name(error.status),
                      error.detail);
}

static bool for_each(check *self, bool (*look)(check *self, const promise *it))
{
    const promises *all = self->promised;

    for (size_t i = 0; i < all->count && !self->has_failed; i++) {
        if (all->all[i].is_known) {
            (void)look(self, &all->all[i]);
        }
    }
    return !self->has_failed;
}

static bool run(check *self)
{
    return check_published(self) && check_backup(self) && open_store(self) &&
           for_each(self, check_promise) && tend(self) &&
           for_each(self, check_promise) && for_each(self, check_going_on) &&
           tend(self) && for_each(self, check_recording) &&
           check_agreement(self) && check_next_backup(self) &&
           check_aside(self);
}

bool check_store(const promises *promised, const char *root,
                 char why[CHECK_WHY_BYTES])
{
    char path[4096];
    char backup[4096];
    check self = {.promised = promised, .path = path, .backup = backup};
    bool is_well;

    (void)snprintf(path, sizeof path, "%s/store", root);
    (void)snprintf(backup, sizeof backup, "%s/backup", root);
    boot_set(1000);
    is_well = run(&self);
    wfs_store_close(self.store);
    is_well = is_well && check_catalogue(&self);
    memcpy(why, self.why, CHECK_WHY_BYTES);
    return is_well;
}
