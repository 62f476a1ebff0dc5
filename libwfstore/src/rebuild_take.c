/*
 * rebuild_take.c - one recording: its file, then into the new catalogue.
 */
#include "rebuild.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "container.h"
#include "error.h"
#include "file_share.h"

static wfs_status fail_memory(wfs_error *error)
{
    return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                         "the store is out of memory");
}

/* ---- the file ---- */

static wfs_status read_file(void *data, uint64_t offset, void *buffer,
                            size_t length, size_t *ret_length)
{
    const int *fd = data;

    return wfs_file_read(*fd, offset, buffer, length, ret_length, NULL);
}

static wfs_status read_facts(int fd, uint64_t size_bytes,
                             wfs_container_facts *ret_facts)
{
    wfs_reader reader = {read_file, &fd, size_bytes};

    return wfs_container_read(&reader, ret_facts);
}

static void fill_facts(const wfs_container_facts *facts,
                       wfs_recording *recording)
{
    snprintf(recording->mime_type, sizeof recording->mime_type, "%s",
             wfs_type_get_mime(facts->type));
    snprintf(recording->codec, sizeof recording->codec, "%s", facts->codec);
    recording->channels = facts->channels;
    recording->sample_rate = facts->sample_rate;
    if (facts->has_duration) {
        recording->has_duration = true;
        recording->duration_seconds = facts->duration_seconds;
    }
}

static int64_t get_ms(struct timespec moment)
{
    return (int64_t)moment.tv_sec * 1000 + moment.tv_nsec / 1000000;
}

/* What the source did not tell. */
static void fill_gaps(int fd, const wfs_file_identity *identity,
                      wfs_recording *recording)
{
    wfs_container_facts facts;

    if (recording->size_bytes == 0) {
        recording->size_bytes = identity->size_bytes;
    }
    if (recording->stored_ms == 0) {
        recording->stored_ms = get_ms(identity->modified);
    }
    if (recording->mime_type[0] == '\0') {
        memset(&facts, 0, sizeof facts);
        (void)read_facts(fd, identity->size_bytes, &facts);
        fill_facts(&facts, recording);
    }
}

/* What is wrong with the open file, by its size and digest; 0: nothing. */
static wfs_status examine(wfs_rebuilding *self, int fd,
                          wfs_recording *recording, int *ret_bad,
                          wfs_error *error)
{
    wfs_file_identity identity;
    wfs_error fault = WFS_ERROR_INIT;
    uint8_t sha256[WFS_SHA256_BYTES];
    wfs_status status = wfs_file_get_identity(fd, &identity, error);

    if (status != WFS_OK) {
        return status;
    }
    fill_gaps(fd, &identity, recording);
    if (identity.size_bytes != recording->size_bytes) {
        *ret_bad = WFS_FINDING_SIZE;
        return wfs_pace_add(&self->pace, identity.size_bytes, 0, error);
    }
    if (self->options.no_digest || !recording->has_sha256) {
        return wfs_pace_add(&self->pace, identity.size_bytes, 0, error);
    }
    status =
        wfs_digest_file(fd, identity.size_bytes, &self->pace, sha256, &fault);
    if (status == WFS_ECANCELED || status == WFS_ENOMEM) {
        return wfs_error_copy(error, &fault);
    }
    if (status != WFS_OK) {
        *ret_bad = WFS_FINDING_UNREADABLE;
    } else if (memcmp(sha256, recording->sha256, sizeof sha256) != 0) {
        *ret_bad = WFS_FINDING_ROT;
    }
    return WFS_OK;
}

/* Nothing but a plain file is opened: a pipe would wait for ever. */
static wfs_status open_plain(wfs_rebuilding *self, const char *filename,
                             int *ret_fd, wfs_error *error)
{
    wfs_file_identity identity;
    wfs_status status =
        wfs_file_look(self->root_dir, filename, &identity, error);

    if (status == WFS_OK) {
        status = wfs_file_open(self->root_dir, filename, WFS_FILE_READ, ret_fd,
                               error);
    }
    return status;
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(((const wfs_lost_part *)a)->id,
                  ((const wfs_lost_part *)b)->id);
}

static int64_t find_part(const wfs_rebuilding *self, const char *id)
{
    wfs_lost_part key;
    const wfs_lost_part *found = NULL;

    snprintf(key.id, sizeof key.id, "%s", id);
    if (self->part_count > 0) {
        found = bsearch(&key, self->parts, self->part_count, sizeof key,
                        compare_ids);
    }
    return found == NULL ? 0 : found->row;
}

/*
 * A recording whose file still lies in uploads/ under its upload's name gets
 * its own: the old catalogue, if it is still there, allows for that. Which part
 * it is, is known, or shown by digest and size.
 */
static wfs_status adopt_part(wfs_rebuilding *self, wfs_recording *recording,
                             int64_t part, int *ret_bad, wfs_error *error)
{
    wfs_blob_owner owner = {recording->id, part};
    wfs_blob_ref ref = WFS_BLOB_REF_INIT;
    bool is_told = part != 0;
    int bad = 0;
    wfs_status status;

    owner.row = is_told ? part : find_part(self, recording->id);
    if (owner.row == 0 || (!is_told && recording->size_bytes == 0) ||
        self->blobs->api->open_recording(
            self->blobs, owner, recording->filename, &ref, NULL) != WFS_OK) {
        return WFS_OK;
    }
    status = examine(self, ref.fd, recording, &bad, error);
    wfs_blob_ref_release(&ref);
    if (status != WFS_OK || (bad != 0 && !is_told)) {
        return status;
    }
    status = self->blobs->api->put_recording(self->blobs, owner,
                                             recording->filename, error);
    if (status == WFS_OK) {
        *ret_bad = bad;
    }
    return status;
}

static wfs_status inspect(wfs_rebuilding *self, wfs_recording *recording,
                          int64_t part, int *ret_bad, wfs_error *error)
{
    int fd = -1;
    wfs_status status = open_plain(self, recording->filename, &fd, NULL);

    if (status == WFS_OK) {
        status = examine(self, fd, recording, ret_bad, error);
        wfs_file_close(fd);
        return status;
    }
    *ret_bad =
        status == WFS_ENOSTORE ? WFS_FINDING_MISSING : WFS_FINDING_UNREADABLE;
    return status == WFS_ENOSTORE
               ? adopt_part(self, recording, part, ret_bad, error)
               : WFS_OK;
}

/* ---- the catalogue ---- */

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
    status = taken.metadata == NULL ? fail_memory(error)
                                    : inspect(self, &taken, part, &bad, error);
    if (status == WFS_OK && bad != 0) {
        status = tell_bad(self, &taken, bad, error);
    }
    if (status == WFS_OK) {
        status = put(self, &taken, bad, origin, error);
    }
    wfs_recording_release(&taken);
    return status;
}

/* ---- files that no list has ---- */

static wfs_status describe(wfs_rebuilding *self, int fd, const char *filename,
                           const wfs_filename *parts,
                           wfs_recording *ret_recording, bool *ret_is_audio,
                           wfs_error *error)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_container_facts facts;
    wfs_file_identity identity;
    wfs_status status = wfs_file_get_identity(fd, &identity, error);

    if (status != WFS_OK) {
        return status;
    }
    memset(&facts, 0, sizeof facts);
    status = read_facts(fd, identity.size_bytes, &facts);
    *ret_is_audio = status == WFS_OK && facts.type != WFS_TYPE_UNKNOWN &&
                    !facts.is_not_audio;
    if (!*ret_is_audio &&
        (!self->options.accept_any || identity.size_bytes == 0)) {
        return wfs_pace_add(&self->pace, identity.size_bytes, 0, error);
    }
    *ret_is_audio = true;
    snprintf(recording.id, sizeof recording.id, "%s", parts->id);
    snprintf(recording.filename, sizeof recording.filename, "%s", filename);
    snprintf(recording.name, sizeof recording.name, "%s", filename);
    recording.timestamp_ms = parts->timestamp_ms;
    recording.stored_ms = get_ms(identity.modified);
    recording.size_bytes = identity.size_bytes;
    fill_facts(&facts, &recording);
    status = wfs_digest_file(fd, identity.size_bytes, &self->pace,
                             recording.sha256, error);
    recording.has_sha256 = true;
    *ret_recording = recording;
    return status;
}

wfs_status wfs_rebuild_take_file(wfs_rebuilding *self, const char *filename,
                                 const wfs_filename *parts, wfs_error *error)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error fault = WFS_ERROR_INIT;
    bool is_audio = false;
    int fd = -1;
    wfs_status status = open_plain(self, filename, &fd, &fault);

    if (status == WFS_OK) {
        status =
            describe(self, fd, filename, parts, &recording, &is_audio, &fault);
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
