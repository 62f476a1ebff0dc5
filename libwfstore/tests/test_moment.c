/*
 * test_moment.c - whether anything has been committed, as an event loop asks.
 */
#include "support/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sqlite/sqlite.h"
#include "store_internal.h"

#define SIZE 3000
#define COUNTER 8 /* of commits, in each of the two headers */
#define HEADER_BYTES ((off_t)sizeof(wfs_moment))

static void store_recording(const test_store *self, const char *id)
{
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec(id, 0);

    test_send_ok(self->store, &spec, audio, SIZE);
    test_complete_ok(self, id, 1, audio, SIZE);
    free(audio);
}

/* Whether it has moved since `moment`, which it is now. */
static bool has_moved(const test_store *self, wfs_moment *moment)
{
    wfs_moment before = *moment;

    assert_true(wfs_store_get_moment(self->store, moment));
    return !wfs_moment_is_same(&before, moment);
}

static void rename_recording(wfs_store *store, const char *id)
{
    wfs_recording_change change = WFS_RECORDING_CHANGE_INIT;
    wfs_recording recording;

    change.name = "Other";
    assert_status(wfs_recording_update(store, id, &change, &recording, NULL),
                  WFS_OK);
    wfs_recording_release(&recording);
}

static void every_commit_moves_it(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("one", 0);
    wfs_moment moment = {{0}};

    assert_true(has_moved(self, &moment));
    test_send_ok(self->store, &spec, audio, SIZE);
    assert_true(has_moved(self, &moment));
    test_complete_ok(self, "one", 1, audio, SIZE);
    assert_true(has_moved(self, &moment));
    rename_recording(self->store, "one");
    assert_true(has_moved(self, &moment));
    assert_status(wfs_recording_delete(self->store, "one", NULL, NULL), WFS_OK);
    assert_true(has_moved(self, &moment));
    free(audio);
}

static void reading_and_what_is_refused_leave_it(void **state)
{
    const test_store *self = *state;
    wfs_recording recording;
    wfs_blob_ref blob;
    wfs_store_stat stat;
    wfs_moment moment = {{0}};

    store_recording(self, "one");
    assert_true(has_moved(self, &moment));
    assert_status(
        wfs_recording_open(self->store, "one", &recording, &blob, NULL),
        WFS_OK);
    wfs_blob_ref_release(&blob);
    wfs_recording_release(&recording);
    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    assert_status(wfs_recording_delete(self->store, "two", NULL, NULL),
                  WFS_ENORECORDING);
    assert_false(has_moved(self, &moment));
}

/* In a child that was made before the store was opened. */
static void delete_when_told(const test_store *self, int told)
{
    wfs_store *store = NULL;
    char byte;

    if (read(told, &byte, 1) == 1 &&
        wfs_store_open(self->path, NULL, &store, NULL) == WFS_OK &&
        wfs_recording_delete(store, "one", NULL, NULL) == WFS_OK) {
        _exit(0); /* without closing: as one who is killed */
    }
    _exit(1);
}

static void another_process_moves_it(void **state)
{
    test_store *self = *state;
    wfs_moment moment = {{0}};
    int told[2];
    int result;
    pid_t child;

    store_recording(self, "one");
    test_store_close(self);
    assert_int_equal(pipe(told), 0);
    child = fork();
    if (child == 0) {
        delete_when_told(self, told[0]);
    }
    test_store_open(self);
    assert_true(has_moved(self, &moment));
    assert_false(has_moved(self, &moment));
    assert_int_equal(write(told[1], "x", 1), 1);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    assert_true(has_moved(self, &moment));
    (void)close(told[0]);
    (void)close(told[1]);
}

/*
 * By a child, since closing the file would drop SQLite's locks of this process.
 * Returns the number that was there.
 */
static uint8_t write_header(const test_store *self, off_t place, uint8_t byte)
{
    const char *path =
        test_store_get_path(self, ".wfstore/catalog.sqlite3-shm");
    uint8_t before = 0;
    int result;
    pid_t child = fork();

    if (child == 0) {
        int fd = open(path, O_RDWR | O_CLOEXEC);

        (void)!pread(fd, &before, 1, place);
        _exit(pwrite(fd, &byte, 1, place) == 1 ? before : 255);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    return (uint8_t)WEXITSTATUS(result);
}

static void what_is_half_told_is_not_told(void **state)
{
    const test_store *self = *state;
    wfs_moment moment = {{0}};
    wfs_moment half;
    uint8_t before;

    assert_true(has_moved(self, &moment));
    before = write_header(self, COUNTER, 200);
    assert_false(wfs_store_get_moment(self->store, &half));
    (void)write_header(self, HEADER_BYTES + COUNTER, 200);
    assert_true(wfs_store_get_moment(self->store, &half));
    assert_false(wfs_moment_is_same(&half, &moment));
    (void)write_header(self, COUNTER, before);
    (void)write_header(self, HEADER_BYTES + COUNTER, before);
    assert_false(has_moved(self, &moment));
}

static void an_index_that_is_not_in_use_or_not_there_tells_nothing(void **state)
{
    const test_store *self = *state;
    wfs_sqlite *sqlite = wfs_sqlite_of(self->store->catalogue);
    uint32_t unknown[2 * WFS_MOMENT_WORDS] = {0};
    const volatile uint32_t *index = sqlite->index;
    wfs_moment moment;

    sqlite->index = unknown;
    assert_false(wfs_store_get_moment(self->store, &moment));
    sqlite->index = NULL;
    assert_false(wfs_store_get_moment(self->store, &moment));
    sqlite->index = index;
    assert_true(wfs_store_get_moment(self->store, &moment));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_commit_moves_it),
        TEST(reading_and_what_is_refused_leave_it),
        TEST(another_process_moves_it),
        TEST(what_is_half_told_is_not_told),
        TEST(an_index_that_is_not_in_use_or_not_there_tells_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
