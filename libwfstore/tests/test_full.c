/*
 * test_full.c - a disk that is really full: a small tmpfs of our own.
 *
 * Mounting needs root, or user namespaces; without either the tests are
 * skipped (test_faults then still has ENOSPC from every single call).
 */
#include "support/store.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#define DISK "size=6m"
#define CHUNK (512 * 1024)
#define COUNT 16

typedef struct full_disk {
    char mount[64];
    test_store store;
    bool is_mounted;
} full_disk;

static bool write_text(const char *path, const char *text)
{
    FILE *stream = fopen(path, "w");
    bool is_written = stream != NULL && fputs(text, stream) >= 0;

    return stream != NULL && fclose(stream) == 0 && is_written;
}

/* A namespace of our own, in which we may mount (user_namespaces(7)). */
static bool become_root_of_namespace(void)
{
    char uid_map[64];
    char gid_map[64];

    snprintf(uid_map, sizeof(uid_map), "0 %u 1", (unsigned)geteuid());
    snprintf(gid_map, sizeof(gid_map), "0 %u 1", (unsigned)getegid());
    return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
           write_text("/proc/self/setgroups", "deny") &&
           write_text("/proc/self/uid_map", uid_map) &&
           write_text("/proc/self/gid_map", gid_map);
}

static bool mount_disk(const char *path)
{
    if (mount("wfs-test", path, "tmpfs", 0, DISK) == 0) {
        return true;
    }
    return become_root_of_namespace() &&
           mount("wfs-test", path, "tmpfs", 0, DISK) == 0;
}

static int setup(void **state)
{
    static bool is_refused; /* and this process may be nobody by now */
    full_disk *self = calloc(1, sizeof(*self));

    if (self == NULL) {
        return -1;
    }
    *state = self;
    if (is_refused) {
        return 0;
    }
    strcpy(self->mount, "/tmp/wfs-full-XXXXXX");
    if (mkdtemp(self->mount) == NULL) {
        return -1;
    }
    self->is_mounted = mount_disk(self->mount);
    if (!self->is_mounted) {
        is_refused = true;
        return 0;
    }
    snprintf(self->store.path, sizeof(self->store.path), "%s/store",
             self->mount);
    return wfs_store_open(self->store.path, NULL, &self->store.store, NULL) ==
                   WFS_OK
               ? 0
               : -1;
}

static int teardown(void **state)
{
    full_disk *self = *state;

    wfs_store_close(self->store.store);
    if (self->is_mounted) {
        umount(self->mount);
    }
    rmdir(self->mount);
    free(self);
    return 0;
}

static const test_store *get_store(void **state)
{
    const full_disk *self = *state;

    if (!self->is_mounted) {
        skip();
    }
    return &self->store;
}

static wfs_chunk_spec make_spec(const char *id, uint64_t index, bool is_fixed,
                                uint64_t reserve)
{
    wfs_chunk_spec spec = test_chunk_spec(id, index);

    spec.chunk_size = is_fixed ? CHUNK : WFS_UNKNOWN;
    spec.limits.reserve_bytes = reserve;
    return spec;
}

/* Send chunks from `first` on until one is refused; returns how many came. */
static uint64_t fill(wfs_store *store, const char *id, const uint8_t *audio,
                     bool is_fixed, uint64_t reserve)
{
    wfs_status status = WFS_OK;
    uint64_t count = 0;

    while (status == WFS_OK) {
        wfs_chunk_spec spec = make_spec(id, count, is_fixed, reserve);

        assert_true(count < COUNT);
        status = test_send(store, &spec, audio + count * CHUNK, CHUNK, NULL);
        count += status == WFS_OK ? 1 : 0;
    }
    assert_status(status, WFS_ENOSPC);
    return count;
}

static void expect_received(wfs_store *store, const char *id, uint64_t count)
{
    wfs_upload_info info;

    assert_status(wfs_upload_get(store, id, false, &info, NULL), WFS_OK);
    assert_int_equal(info.received_chunks, count);
    assert_int_equal(info.received_bytes, count * CHUNK);
    wfs_upload_info_release(&info);
}

/* Full, then another upload is deleted, and the take goes on to its end. */
static void fill_and_go_on(const test_store *self, bool is_fixed)
{
    const uint64_t reserve = 1024 * 1024;
    uint8_t *ballast = test_audio_make(COUNT * CHUNK, 1);
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 2);
    wfs_chunk_spec spec = make_spec("ballast", 0, true, reserve);
    uint64_t count;

    test_send_ok(self->store, &spec, ballast, CHUNK);
    spec.index = 1;
    test_send_ok(self->store, &spec, ballast + CHUNK, CHUNK);
    count = fill(self->store, "take", audio, is_fixed, reserve);
    assert_true(count >= 2);
    expect_received(self->store, "take", count);
    expect_received(self->store, "ballast", 2);
    assert_status(wfs_upload_delete(self->store, "ballast", NULL), WFS_OK);
    spec = make_spec("take", count, is_fixed, reserve);
    test_send_ok(self->store, &spec, audio + count * CHUNK, CHUNK);
    test_complete_ok(self, "take", count + 1, audio, (count + 1) * CHUNK);
    free(ballast);
    free(audio);
}

static void a_full_disk_refuses_and_goes_on_when_there_is_room(void **state)
{
    fill_and_go_on(get_store(state), true);
}

static void the_same_without_a_chunk_size(void **state)
{
    fill_and_go_on(get_store(state), false);
}

/* No reserve: the disk itself says no, in the middle of a write. */
static void
a_disk_that_fills_in_the_middle_of_a_chunk_loses_nothing(void **state)
{
    const test_store *self = get_store(state);
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 3);
    uint64_t count = fill(self->store, "brim", audio, false, 0);
    wfs_upload_info info;

    expect_received(self->store, "brim", count);
    assert_status(wfs_upload_get(self->store, "brim", false, &info, NULL),
                  WFS_OK);
    assert_int_equal(info.prefix_chunks, count);
    wfs_upload_info_release(&info);
    test_complete_ok(self, "brim", count, audio, count * CHUNK);
    free(audio);
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DISK(a_full_disk_refuses_and_goes_on_when_there_is_room),
        ON_DISK(the_same_without_a_chunk_size),
        ON_DISK(a_disk_that_fills_in_the_middle_of_a_chunk_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
