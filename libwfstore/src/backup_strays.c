/*
 * backup_strays.c - what lies in a backup besides what its catalogue has.
 */
#include "backup.h"

#include <string.h>

#include "error.h"
#include "file.h"
#include "publish.h"

typedef struct search {
    wfs_backing_up *self;
    wfs_error *error;
} search;

static wfs_status prune(wfs_backing_up *self, const char *name,
                        wfs_error *error)
{
    wfs_status status = wfs_file_remove(self->target_root, name, error);

    self->summary.pruned += status == WFS_OK;
    return status;
}

static wfs_status check_name(void *data, const char *name)
{
    const search *all = data;
    wfs_backing_up *self = all->self;
    wfs_filename parts;
    wfs_recording_row row;
    bool is_named = wfs_filename_read(name, &parts);
    bool is_owned = strcmp(name, WFS_STORE_FOLDER) == 0 ||
                    strcmp(name, WFS_PUBLISHED_NAME) == 0;

    if (is_named && self->copy->api->get_recording(self->copy, parts.id, &row,
                                                   NULL) == WFS_OK) {
        is_owned = strcmp(row.recording.filename, name) == 0;
        wfs_recording_release(&row.recording);
    }
    if (is_owned) {
        return WFS_OK;
    }
    self->summary.strays++;
    if (is_named && self->options.prune) {
        return prune(self, name, all->error);
    }
    return wfs_tell(&self->teller, WFS_FINDING_STRAY, NULL, name, all->error,
                    "the store does not have this file; kept in the backup");
}

wfs_status wfs_backup_tell_strays(wfs_backing_up *self, wfs_error *error)
{
    search all = {self, error};

    return wfs_file_visit(self->target_root, check_name, &all, error);
}
