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

#include "support/tree.h"

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
    test_tree_remove(self->folder);
    free(self);
    return 0;
}

void test_store_open(test_store *self)
{
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_store_open(self->path, self->options, &self->store, &error) !=
        WFS_OK) {
        fail_msg("%s does not open: %s, %s (%s, %d)", self->path,
                 wfs_status_name(error.status), error.detail,
                 error.step != NULL ? error.step : "", error.os_error);
    }
}

void test_store_close(test_store *self)
{
    wfs_store_close(self->store);
    self->store = NULL;
}

void test_store_reopen(test_store *self)
{
    test_store_close(self);
    test_store_open(self);
}

void test_store_reboot(test_store *self)
{
    char command[2 * TEST_PATH_BYTES];

    test_store_close(self);
    snprintf(command, sizeof command,
             "sqlite3 '%s/.wfstore/catalog.sqlite3'"
             " \"UPDATE boot SET boot_id = 'before-' || n\"",
             self->path);
    assert_int_equal(system(command), 0);
    test_store_open(self);
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
    bytes[size] = 0;
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

void test_store_put_file(const test_store *self, const char *name,
                         const char *text)
{
    FILE *stream = fopen(test_store_get_path(self, name), "wb");

    assert_non_null(stream);
    assert_true(fputs(text, stream) >= 0);
    assert_int_equal(fclose(stream), 0);
}

void test_tend(const test_store *self)
{
    uint64_t next_ms = WFS_UNKNOWN;

    assert_status(wfs_store_tend(self->store, 60000, &next_ms, NULL), WFS_OK);
    assert_true(next_ms < WFS_UNKNOWN);
}

/*
 * A slow disk, or one that has just failed, is left some time (publish.h):
 * without the record of that nobody waits.
 */
void test_publish(const test_store *self)
{
    wfs_store_stat stat = {0};

    (void)!truncate(test_store_get_path(self, ".wfstore/published"), 0);
    for (int i = 0; !stat.is_published; i++) {
        assert_true(i < 500);
        (void)usleep(i < 2 ? 0 : 20000);
        test_tend(self);
        assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    }
}
