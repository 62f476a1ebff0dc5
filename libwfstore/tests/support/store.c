/*
 * store.c - what tests of a whole store share.
 */
#include "support/store.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void remove_tree(const char *path)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        char child[2 * TEST_PATH_BYTES];
        struct stat st;

        if (strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        snprintf(child, sizeof(child), "%s/%s", path, entry->d_name);
        if (lstat(child, &st) == 0 && S_ISDIR(st.st_mode)) {
            remove_tree(child);
        } else {
            unlink(child);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
    rmdir(path);
}

static int setup(void **state, wfs_durability durability)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    wfs_error error = WFS_ERROR_INIT;
    test_store *self = calloc(1, sizeof(*self));
    const char *base = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";

    if (self == NULL) {
        return -1;
    }
    options.durability = durability;
    snprintf(self->folder, sizeof(self->folder), "%s/wfs-test-XXXXXX", base);
    if (mkdtemp(self->folder) == NULL) {
        return -1;
    }
    snprintf(self->path, sizeof(self->path), "%.200s/store", self->folder);
    if (wfs_store_open(self->path, &options, &self->store, &error) != WFS_OK) {
        print_error("open: %s (%s, %d)\n", error.detail,
                    error.step != NULL ? error.step : "", error.os_error);
        return -1;
    }
    *state = self;
    return 0;
}

int test_store_setup(void **state)
{
    return setup(state, WFS_DURABILITY_CHUNK);
}

int test_store_setup_recording(void **state)
{
    return setup(state, WFS_DURABILITY_RECORDING);
}

int test_store_teardown(void **state)
{
    test_store *self = *state;

    wfs_store_close(self->store);
    remove_tree(self->folder);
    free(self);
    return 0;
}

void test_store_reopen(test_store *self)
{
    wfs_store_close(self->store);
    self->store = NULL;
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
}

const char *test_store_get_path(const test_store *self, const char *name)
{
    static char path[2 * TEST_PATH_BYTES];

    snprintf(path, sizeof(path), "%s/%s", self->path, name);
    return path;
}

size_t test_store_count_uploads(const test_store *self, const char *suffix)
{
    DIR *stream = opendir(test_store_get_path(self, ".wfstore/uploads"));
    const struct dirent *entry;
    size_t count = 0;

    assert_non_null(stream);
    while ((entry = readdir(stream)) != NULL) {
        size_t length = strlen(entry->d_name);
        size_t wanted = strlen(suffix);

        if (entry->d_name[0] != '.' && length >= wanted &&
            strcmp(entry->d_name + length - wanted, suffix) == 0) {
            count++;
        }
    }
    closedir(stream);
    return count;
}

bool test_file_exists(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

uint8_t *test_file_read(const char *path, size_t *ret_length)
{
    FILE *stream = fopen(path, "rb");
    uint8_t *bytes;
    long size;

    if (stream == NULL) {
        fail_msg("there is no file %s", path);
        return NULL;
    }
    fseek(stream, 0, SEEK_END);
    size = ftell(stream);
    rewind(stream);
    bytes = malloc((size_t)size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)size, stream), (size_t)size);
    fclose(stream);
    *ret_length = (size_t)size;
    return bytes;
}

static void put_number(uint8_t *bytes, uint32_t number, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)(number >> (8 * i));
    }
}

/* RIFF, 48 kHz, one channel, 16 bits. */
uint8_t *test_audio_make(size_t length, uint32_t seed)
{
    uint8_t *bytes = malloc(length);
    uint32_t state = seed * 2654435761u + 1;

    assert_non_null(bytes);
    assert_true(length >= 44);
    memcpy(bytes, "RIFF....WAVEfmt ", 16);
    put_number(bytes + 4, (uint32_t)length - 8, 4);
    put_number(bytes + 16, 16, 4);
    put_number(bytes + 20, 1, 2);
    put_number(bytes + 22, 1, 2);
    put_number(bytes + 24, 48000, 4);
    put_number(bytes + 28, 96000, 4);
    put_number(bytes + 32, 2, 2);
    put_number(bytes + 34, 16, 2);
    memcpy(bytes + 36, "data", 4);
    put_number(bytes + 40, (uint32_t)length - 44, 4);
    for (size_t i = 44; i < length; i++) {
        state = state * 1664525u + 1013904223u;
        bytes[i] = (uint8_t)(state >> 24);
    }
    return bytes;
}

wfs_digest test_digest(const void *bytes, size_t length)
{
    wfs_hasher *hasher = wfs_hasher_open(WFS_DIGEST_SHA256);
    wfs_digest digest;

    assert_non_null(hasher);
    wfs_hasher_update(hasher, bytes, length);
    wfs_hasher_finish(hasher, &digest);
    wfs_hasher_close(hasher);
    return digest;
}

wfs_chunk_spec test_chunk_spec(const char *id, uint64_t index)
{
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;

    spec.id = id;
    spec.index = index;
    return spec;
}

wfs_status test_send(wfs_store *store, const wfs_chunk_spec *spec,
                     const void *bytes, size_t length, wfs_receipt *receipt)
{
    wfs_receipt local;
    wfs_chunk *chunk = NULL;
    wfs_status status = wfs_upload_begin_chunk(store, spec, &chunk, NULL);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_chunk_write(chunk, bytes, length, NULL);
    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    return wfs_chunk_commit(chunk, receipt != NULL ? receipt : &local, NULL);
}

void test_send_ok(wfs_store *store, const wfs_chunk_spec *spec,
                  const void *bytes, size_t length)
{
    assert_status(test_send(store, spec, bytes, length, NULL), WFS_OK);
}

wfs_status test_complete(wfs_store *store, const char *id, uint64_t total,
                         wfs_recording *ret_recording)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    bool was_complete = false;
    wfs_status status;

    spec.id = id;
    spec.total_chunks = total;
    status =
        wfs_upload_complete(store, &spec, ret_recording, &was_complete, &error);
    if (status != WFS_OK && error.step != NULL) {
        print_message("complete: %s (%s, %d)\n", error.detail, error.step,
                      error.os_error);
    }
    return status;
}

void test_expect_recording(const test_store *self, const char *id,
                           const uint8_t *bytes, size_t length)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_digest digest = test_digest(bytes, length);
    size_t found_length = 0;
    uint8_t *found;

    assert_status(wfs_recording_get(self->store, id, &recording, NULL), WFS_OK);
    found = test_file_read(test_store_get_path(self, recording.filename),
                           &found_length);
    assert_int_equal(found_length, length);
    assert_memory_equal(found, bytes, length);
    assert_int_equal(recording.size_bytes, length);
    assert_true(recording.has_sha256);
    assert_memory_equal(recording.sha256, digest.bytes, WFS_SHA256_BYTES);
    free(found);
    wfs_recording_release(&recording);
}

void test_complete_ok(const test_store *self, const char *id, uint64_t total,
                      const uint8_t *bytes, size_t length)
{
    wfs_recording recording = WFS_RECORDING_INIT;

    assert_status(test_complete(self->store, id, total, &recording), WFS_OK);
    wfs_recording_release(&recording);
    test_expect_recording(self, id, bytes, length);
}
