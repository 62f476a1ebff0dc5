/*
 * rebuild_file.c - one recording's file: is it what a list says, and what is it
 * where none says so?
 */
#include "rebuild.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "container.h"
#include "error.h"
#include "file_share.h"

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

wfs_status wfs_rebuild_open_file(wfs_rebuilding *self, const char *filename,
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

int wfs_rebuild_compare_parts(const void *a, const void *b)
{
    return strcmp(((const wfs_lost_part *)a)->id,
                  ((const wfs_lost_part *)b)->id);
}

static int64_t find_part(const wfs_rebuilding *self, const char *id)
{
    wfs_lost_part key = {.row = 0};
    const wfs_lost_part *found = NULL;

    snprintf(key.id, sizeof key.id, "%s", id);
    if (self->part_count > 0) {
        found = bsearch(&key, self->parts, self->part_count, sizeof key,
                        wfs_rebuild_compare_parts);
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

wfs_status wfs_rebuild_inspect(wfs_rebuilding *self, wfs_recording *recording,
                               int64_t part, int *ret_bad, wfs_error *error)
{
    int fd = -1;
    wfs_status status =
        wfs_rebuild_open_file(self, recording->filename, &fd, NULL);

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

wfs_status wfs_rebuild_describe(wfs_rebuilding *self, int fd,
                                const char *filename, const wfs_filename *parts,
                                wfs_recording *ret_recording,
                                bool *ret_is_audio, wfs_error *error)
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
