/*
 * acts_view.c - what a client can see of an act, and where it ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/acts.h"
#include "support/acts_internal.h"
#include "wfstore/append.h"

static void describe_upload(FILE *to, const wfs_upload_info *info)
{
    fprintf(to, "upload: name '%s', total %lld, %d chunks, %d of %lld bytes:",
            info->name, (long long)info->total_chunks,
            (int)info->received_chunks, (int)info->received_bytes,
            (long long)info->size_bytes);
    for (size_t i = 0; i < info->received_count; i++) {
        fprintf(to, " %d-%d", (int)info->received[i].first,
                (int)info->received[i].last);
    }
}

static void describe_recording(FILE *to, const test_store *self,
                               const wfs_recording *recording)
{
    size_t size = recording->size_bytes == PLAYS ? PLAYS : SIZE;
    uint8_t *audio = test_audio_make(size, 1);
    wfs_recording again = WFS_RECORDING_INIT;
    wfs_blob_ref blob = WFS_BLOB_REF_INIT;
    uint8_t *bytes = malloc(size);

    size = recording->size_bytes == 0 ? 0 : size;
    assert_status(
        wfs_recording_open(self->store, TEST_ACTS_ID, &again, &blob, NULL),
        WFS_OK);
    assert_int_equal(blob.size_bytes, size);
    assert_int_equal(pread(blob.fd, bytes, size, 0), size);
    assert_memory_equal(bytes, audio, size);
    fprintf(to, "recording: name '%s', %d bytes, metadata %s", recording->name,
            (int)recording->size_bytes, recording->metadata);
    wfs_blob_ref_release(&blob);
    wfs_recording_release(&again);
    free(bytes);
    free(audio);
}

static void describe_note(FILE *to, const test_store *self)
{
    char *note = NULL;

    assert_status(wfs_upload_get_note(self->store, TEST_ACTS_ID, &note, NULL),
                  WFS_OK);
    fprintf(to, ", note %s", note == NULL ? "-" : note);
    free(note);
}

char *test_acts_describe(const test_store *self)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_upload_info info;
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    wfs_status status =
        wfs_upload_get(self->store, TEST_ACTS_ID, true, &info, NULL);

    assert_non_null(to);
    if (status == WFS_OK) {
        describe_upload(to, &info);
        wfs_upload_info_release(&info);
    } else {
        fputs(wfs_status_name(status), to);
    }
    status = wfs_recording_get(self->store, TEST_ACTS_ID, &recording, NULL);
    if (status == WFS_OK) {
        fputs(", ", to);
        describe_recording(to, self, &recording);
        wfs_recording_release(&recording);
    } else {
        assert_status(status, WFS_ENORECORDING);
    }
    describe_note(to, self);
    fclose(to);
    return text;
}

/* Chunks that are there are sent again, as a client does that does not know. */
static void send_rest(const test_store *self, test_acts_layout how)
{
    for (uint64_t i = 0; i < COUNT; i++) {
        assert_status(test_acts_send(self, i, how), WFS_OK);
    }
}

static void expect_published(const test_store *self, bool is_there)
{
    size_t length = 0;
    char *text = (char *)test_file_read(
        test_store_get_path(self, "metadata.json"), &length);

    assert_memory_equal(text, "{\"recordings\":[\n", 16);
    assert_string_equal(text + length - 3, "]}\n");
    assert_int_equal(strstr(text, "\"" TEST_ACTS_ID "\"") != NULL, is_there);
    free(text);
}

/* Appending is refused to an upload of chunks. */
static void go_on(const test_store *self, const wfs_upload_info *info)
{
    if (test_acts_append_rest(self, info->received_bytes) == WFS_OK) {
        return;
    }
    send_rest(self, info->is_provisional              ? HEAD
                    : info->chunk_size == WFS_UNKNOWN ? ANY
                                                      : FIXED);
}

void test_acts_finish(const test_store *self)
{
    test_store own = *self;
    wfs_upload_info info;
    wfs_recording recording = WFS_RECORDING_INIT;
    bool is_there;
    wfs_status status =
        wfs_upload_get(self->store, TEST_ACTS_ID, false, &info, NULL);

    if (status == WFS_OK && info.size_bytes == 0) {
        assert_status(test_acts_complete_empty(&own), WFS_OK);
    } else if (status == WFS_OK) {
        go_on(self, &info);
        assert_status(test_acts_complete(&own), WFS_OK);
    }
    if (status == WFS_OK) {
        wfs_upload_info_release(&info);
    }
    test_acts_drop_parts(self);
    is_there = wfs_recording_get(self->store, TEST_ACTS_ID, &recording, NULL) ==
               WFS_OK;
    wfs_recording_release(&recording);
    test_tend(self);
    test_publish(self);
    if (is_there) {
        free(test_acts_describe(self));
    }
    expect_published(self, is_there);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}
