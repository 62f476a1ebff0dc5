/*
 * rebuild_take.c - one recording, once its file was looked at: told of, and put
 * into the new catalogue.
 */
#include "rebuild.h"

#include <string.h>

#include "error.h"
#include "file.h"

static wfs_status fail_memory(wfs_error *error)
{
    return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                         "the store is out of memory");
}

wfs_status wfs_rebuild_flush(wfs_rebuilding *self, wfs_error *error)
{
    bool existed[WFS_REBUILD_BATCH];
    wfs_status status = self->catalogue->api->put_recordings(
        self->catalogue, self->batch, self->batch_bad, self->batch_count,
        existed, error);

    for (size_t i = 0; i < self->batch_count; i++) {
        if (status == WFS_OK) {
            self->summary.recordings++;
            self->summary.bytes += self->batch[i].size_bytes;
            self->summary.from_catalogue +=
                self->batch_origin[i] == WFS_ORIGIN_CATALOGUE;
            self->summary.from_list += self->batch_origin[i] == WFS_ORIGIN_LIST;
            self->summary.from_files +=
                self->batch_origin[i] == WFS_ORIGIN_FILE;
        }
        wfs_recording_release(&self->batch[i]);
    }
    self->batch_count = 0;
    return status;
}

wfs_status wfs_rebuild_find(wfs_rebuilding *self, const char *id,
                            const char *filename, bool *ret_is_known,
                            bool *ret_is_same_file, wfs_error *error)
{
    wfs_recording_row row;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status;

    for (size_t i = 0; i < self->batch_count; i++) {
        if (strcmp(self->batch[i].id, id) == 0) {
            *ret_is_known = true;
            *ret_is_same_file = strcmp(self->batch[i].filename, filename) == 0;
            return WFS_OK;
        }
    }
    status =
        self->catalogue->api->get_recording(self->catalogue, id, &row, &fault);
    *ret_is_known = status == WFS_OK;
    *ret_is_same_file = false;
    if (status == WFS_OK) {
        *ret_is_same_file = strcmp(row.recording.filename, filename) == 0;
        wfs_recording_release(&row.recording);
        return WFS_OK;
    }
    return status == WFS_ENORECORDING ? WFS_OK : wfs_error_copy(error, &fault);
}

/* Takes over the recording's metadata. */
static wfs_status put(wfs_rebuilding *self, wfs_recording *recording, int bad,
                      wfs_origin origin, wfs_error *error)
{
    size_t i = self->batch_count++;

    self->batch[i] = *recording;
    self->batch_bad[i] = bad;
    self->batch_origin[i] = origin;
    *recording = (wfs_recording)WFS_RECORDING_INIT;
    return self->batch_count == WFS_REBUILD_BATCH
               ? wfs_rebuild_flush(self, error)
               : WFS_OK;
}

static wfs_status tell_bad(wfs_rebuilding *self, const wfs_recording *recording,
                           int bad, wfs_error *error)
{
    const char *detail = "the file cannot be read; taken over as listed";

    if (bad == WFS_FINDING_MISSING) {
        self->summary.missing++;
        detail = "the file is missing; taken over as listed";
    } else {
        self->summary.rotten++;
    }
    if (bad == WFS_FINDING_ROT) {
        detail = "the bytes are not those that were stored; taken over with "
                 "the digest they had";
    } else if (bad == WFS_FINDING_SIZE) {
        detail = "the file has another size than what was stored; taken over "
                 "as listed";
    }
    return wfs_tell(&self->teller, (wfs_finding_kind)bad, recording->id,
                    recording->filename, error, "%s", detail);
}

static wfs_status tell_duplicate(wfs_rebuilding *self, const char *id,
                                 const char *filename, wfs_error *error)
{
    self->summary.duplicates++;
    return wfs_tell(&self->teller, WFS_FINDING_DUPLICATE, id, filename, error,
                    "another recording has this id already; left out");
}

/* What two lists say of the same is no duplicate. */
static wfs_status check_new(wfs_rebuilding *self,
                            const wfs_recording *recording, wfs_origin origin,
                            bool *ret_is_new, wfs_error *error)
{
    bool is_known = false;
    bool is_same = false;
    wfs_status status = wfs_rebuild_find(
        self, recording->id, recording->filename, &is_known, &is_same, error);

    *ret_is_new = !is_known;
    if (status != WFS_OK || !is_known ||
        (is_same && origin == WFS_ORIGIN_LIST &&
         self->summary.from_catalogue > 0)) {
        return status;
    }
    return tell_duplicate(self, recording->id, recording->filename, error);
}

wfs_status wfs_rebuild_take(wfs_rebuilding *self,
                            const wfs_recording *recording, int64_t part,
                            wfs_origin origin, wfs_error *error)
{
    wfs_recording taken = *recording;
    int bad = 0;
    bool is_new = false;
    wfs_status status = check_new(self, recording, origin, &is_new, error);

    if (status != WFS_OK || !is_new) {
        return status;
    }
    taken.metadata =
        strdup(recording->metadata == NULL ? "{}" : recording->metadata);
    status = taken.metadata == NULL
                 ? fail_memory(error)
                 : wfs_rebuild_inspect(self, &taken, part, &bad, error);
    if (status == WFS_OK && bad != 0) {
        status = tell_bad(self, &taken, bad, error);
    }
    if (status == WFS_OK) {
        status = put(self, &taken, bad, origin, error);
    }
    wfs_recording_release(&taken);
    return status;
}

wfs_status wfs_rebuild_take_file(wfs_rebuilding *self, const char *filename,
                                 const wfs_filename *parts, wfs_error *error)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error fault = WFS_ERROR_INIT;
    bool is_audio = false;
    int fd = -1;
    wfs_status status = wfs_rebuild_open_file(self, filename, &fd, &fault);

    if (status == WFS_OK) {
        status = wfs_rebuild_describe(self, fd, filename, parts, &recording,
                                      &is_audio, &fault);
        wfs_file_close(fd);
    }
    if (status == WFS_ECANCELED || status == WFS_ENOMEM) {
        return wfs_error_copy(error, &fault);
    }
    if (status != WFS_OK) {
        self->summary.strays++;
        return wfs_tell(&self->teller, WFS_FINDING_UNREADABLE, parts->id,
                        filename, error, "in no list, and it cannot be read");
    }
    if (!is_audio) {
        self->summary.strays++;
        return wfs_tell(&self->teller, WFS_FINDING_NOT_AUDIO, parts->id,
                        filename, error, "in no list, and it holds no audio");
    }
    status = wfs_tell(&self->teller, WFS_FINDING_FOUND, parts->id, filename,
                      error, "in no list; made from the file alone");
    return status == WFS_OK ? put(self, &recording, 0, WFS_ORIGIN_FILE, error)
                            : status;
}
