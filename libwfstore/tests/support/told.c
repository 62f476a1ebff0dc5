/*
 * told.c - what verifying, rebuilding and backing up tell, kept for a test.
 */
#include "support/told.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool test_told_keep(void *data, const wfs_finding *finding)
{
    test_told *told = data;
    size_t used = strlen(told->log);

    assert_true(strlen(finding->detail) > 0);
    snprintf(told->log + used, sizeof told->log - used, "%s%s:%s",
             used == 0 ? "" : " ", wfs_finding_kind_name(finding->kind),
             finding->id[0] != '\0' ? finding->id : finding->filename);
    told->count++;
    return !told->stop;
}

void test_told_expect(const test_told *told, const char *finding)
{
    if (strstr(told->log, finding) == NULL) {
        fail_msg("\"%s\" is not told among \"%s\"", finding, told->log);
    }
}

void test_add_recording(test_store *self, const char *id, size_t size)
{
    wfs_chunk_spec spec = test_chunk_spec(id, 0);
    uint8_t *bytes = test_audio_make(size, (uint32_t)id[0]);

    test_send_ok(self->store, &spec, bytes, size);
    test_complete_ok(self, id, 1, bytes, size);
    free(bytes);
}

const char *test_recording_path(test_store *self, const char *id)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    const char *path;

    assert_status(wfs_recording_get(self->store, id, &recording, NULL), WFS_OK);
    path = test_store_get_path(self, recording.filename);
    wfs_recording_release(&recording);
    return path;
}

char *test_recording_json(test_store *self, const char *id)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    char *json = NULL;
    size_t length;

    assert_status(wfs_recording_get(self->store, id, &recording, NULL), WFS_OK);
    assert_status(wfs_recording_to_json(&recording, &json, &length), WFS_OK);
    wfs_recording_release(&recording);
    return json;
}

void test_flip_bit(const char *path, long at)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    uint8_t byte;

    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &byte, 1, at), 1);
    byte ^= 0x10;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    assert_int_equal(close(fd), 0);
}

void test_run_sql(const test_store *self, const char *sql)
{
    char command[2048];

    assert_null(self->store);
    snprintf(command, sizeof command,
             "sqlite3 '%s/.wfstore/catalog.sqlite3' \"%s\"", self->path, sql);
    assert_int_equal(system(command), 0);
}
