/*
 * describe.c - what a recording is, from its bytes, its upload and its client.
 */
#include <stdio.h>
#include <string.h>

#include "complete.h"
#include "filename.h"

/* What the container states wins over the client. */
static void fill_audio(const wfs_complete_spec *spec,
                       const wfs_container_facts *facts,
                       wfs_recording *recording)
{
    recording->has_duration = facts->has_duration || spec->has_duration;
    if (facts->has_duration) {
        recording->duration_seconds = facts->duration_seconds;
    } else if (spec->has_duration) {
        recording->duration_seconds = spec->duration_seconds;
    }
    snprintf(recording->mime_type, sizeof(recording->mime_type), "%s",
             wfs_type_get_mime(facts->type));
    snprintf(recording->codec, sizeof(recording->codec), "%s", facts->codec);
    recording->channels = facts->channels;
    recording->sample_rate = facts->sample_rate;
}

static void fill_name(const wfs_complete_spec *spec,
                      const wfs_upload_row *upload, wfs_recording *recording)
{
    const char *name = recording->filename;

    if (spec->name != NULL) {
        name = spec->name;
    } else if (upload->name[0] != '\0') {
        name = upload->name;
    }
    snprintf(recording->name, sizeof(recording->name), "%s", name);
}

void wfs_describe_recording(const wfs_complete_spec *spec,
                            const wfs_upload_row *upload,
                            const wfs_container_facts *facts,
                            const wfs_digest *digest, char *metadata,
                            wfs_recording *ret_recording)
{
    wfs_recording recording = WFS_RECORDING_INIT;

    snprintf(recording.id, sizeof(recording.id), "%s", upload->id);
    recording.timestamp_ms =
        spec->has_timestamp ? spec->timestamp_ms : upload->created_ms;
    recording.stored_ms = wfs_now_ms();
    recording.size_bytes = upload->received_bytes;
    recording.metadata = metadata;
    wfs_filename_write(recording.id, recording.timestamp_ms,
                       wfs_type_get_extension(facts->type), recording.filename);
    fill_audio(spec, facts, &recording);
    fill_name(spec, upload, &recording);
    recording.has_sha256 = digest->kind == WFS_DIGEST_SHA256;
    if (recording.has_sha256) {
        memcpy(recording.sha256, digest->bytes, WFS_SHA256_BYTES);
    }
    *ret_recording = recording;
}
