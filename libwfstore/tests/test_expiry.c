/*
 * test_expiry.c - idle uploads and old recordings go by themselves, and
 * nothing else does.
 */
#include "support/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "store_internal.h"
#include "support/clock.h"

#define SIZE 3000
#define DAY_MS INT64_C(86400000)
#define SECOND_BYTES (44 + 96000)

static int setup_with(void **state, uint64_t retention_ms, bool salvage)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    test_store *self;

    test_clock_reset();
    if (test_store_setup(state) != 0) {
        return -1;
    }
    self = *state;
    wfs_store_close(self->store);
    options.retention_ms = retention_ms;
    options.salvage_expired = salvage;
    return wfs_store_open(self->path, &options, &self->store, NULL);
}

static int setup(void **state)
{
    return setup_with(state, 0, true);
}

static int setup_delete(void **state)
{
    return setup_with(state, 0, false);
}

static int setup_retention(void **state)
{
    return setup_with(state, 7 * DAY_MS, true);
}

static void tend(const test_store *self)
{
    uint64_t next_ms;
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_store_tend(self->store, 10000, &next_ms, &error) != WFS_OK) {
        fail_msg("tend: %s %s", wfs_status_name(error.status), error.detail);
    }
}

/* A tended store, then that much time, in which it was tended, too. */
static void pass(const test_store *self, int64_t ms)
{
    tend(self);
    test_clock_pass(ms);
    tend(self);
}

static void send(const test_store *self, const char *id, uint64_t index,
                 size_t length)
{
    uint8_t *bytes = test_audio_make(length, 1);
    wfs_chunk_spec spec = test_chunk_spec(id, index);

    test_send_ok(self->store, &spec, bytes, length);
    free(bytes);
}

static bool has_upload(const test_store *self, const char *id)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_status status = wfs_upload_get(self->store, id, false, &info, NULL);

    wfs_upload_info_release(&info);
    assert_true(status == WFS_OK || status == WFS_ENOUPLOAD ||
                status == WFS_ECOMPLETE);
    return status == WFS_OK;
}

static bool has_recording(const test_store *self, const char *id)
{
    wfs_recording recording;
    wfs_status status = wfs_recording_get(self->store, id, &recording, NULL);

    if (status == WFS_OK) {
        wfs_recording_release(&recording);
    }
    return status == WFS_OK;
}

static wfs_store_stat get_stat(const test_store *self)
{
    wfs_store_stat stat;

    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    return stat;
}

static void an_idle_upload_goes_and_leaves_nothing(void **state)
{
    const test_store *self = *state;

    send(self, "idle", 0, SIZE);
    send(self, "idle", 5, SIZE); /* loose: a file of its own */
    pass(self, DAY_MS - 60000);
    assert_true(has_upload(self, "idle"));
    pass(self, 120000);
    assert_false(has_upload(self, "idle"));
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    assert_int_equal(get_stat(self).uploads, 0);
    assert_int_equal(get_stat(self).upload_bytes, 0);
    assert_int_equal(get_stat(self).reserved_bytes, 0);
    send(self, "idle", 0, SIZE); /* no tombstone refuses it */
}

static void each_chunk_puts_the_end_off(void **state)
{
    const test_store *self = *state;

    send(self, "slow", 0, SIZE);
    pass(self, DAY_MS - 60000);
    send(self, "slow", 1, SIZE);
    pass(self, DAY_MS - 60000);
    assert_true(has_upload(self, "slow"));
}

static void an_upload_that_waits_for_its_first_chunk_goes_too(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_upload_spec spec = WFS_UPLOAD_SPEC_INIT;
    wfs_upload_row row;

    spec.id = "created";
    assert_status(catalogue->api->create_upload(catalogue, &spec, &row, NULL),
                  WFS_OK);
    pass(self, DAY_MS - 60000);
    assert_int_equal(get_stat(self).uploads, 1);
    pass(self, 120000);
    assert_int_equal(get_stat(self).uploads, 0);
    assert_int_equal(get_stat(self).reserved_bytes, 0);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

/* Holds a chunk until it is told by a byte. */
static int write_slowly(const char *path, int ready, int go)
{
    wfs_chunk_spec spec = test_chunk_spec("alive", 1);
    uint8_t *bytes = test_audio_make(SIZE, 1);
    wfs_chunk *chunk = NULL;
    wfs_store *store = NULL;
    wfs_receipt receipt;
    char byte = 'x';

    if (wfs_store_open(path, NULL, &store, NULL) != WFS_OK ||
        wfs_upload_begin_chunk(store, &spec, &chunk, NULL) != WFS_OK ||
        wfs_chunk_write(chunk, bytes, SIZE, NULL) != WFS_OK ||
        write(ready, &byte, 1) != 1 || read(go, &byte, 1) != 1) {
        return 1;
    }
    if (wfs_chunk_commit(chunk, &receipt, NULL) != WFS_OK) {
        return 2;
    }
    free(bytes);
    wfs_store_close(store);
    return 0;
}

static void an_upload_with_a_writer_in_another_process_stays(void **state)
{
    test_store *self = *state;
    int ready[2];
    int go[2];
    int status = 0;
    char byte;
    pid_t pid;

    send(self, "alive", 0, SIZE);
    assert_int_equal(pipe(ready) + pipe(go), 0);
    wfs_store_close(self->store);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        _exit(write_slowly(self->path, ready[1], go[0]));
    }
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    pass(self, 2 * DAY_MS);
    assert_true(has_upload(self, "alive"));
    assert_int_equal(write(go[1], "x", 1), 1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_true(has_upload(self, "alive"));
    pass(self, 2 * DAY_MS);
    assert_false(has_upload(self, "alive"));
    (void)close(ready[0]);
    (void)close(ready[1]);
    (void)close(go[0]);
    (void)close(go[1]);
}

static void audio_of_an_idle_upload_becomes_a_recording(void **state)
{
    const test_store *self = *state;
    wfs_recording recording;

    send(self, "audio", 0, SECOND_BYTES + 1000);
    send(self, "audio", 2, SIZE); /* behind a gap: it cannot be kept */
    send(self, "short", 0, SECOND_BYTES - 1000);
    pass(self, DAY_MS + 60000);
    assert_false(has_upload(self, "audio"));
    assert_false(has_upload(self, "short"));
    assert_false(has_recording(self, "short"));
    assert_status(wfs_recording_get(self->store, "audio", &recording, NULL),
                  WFS_OK);
    assert_int_equal(recording.size_bytes, SECOND_BYTES + 1000);
    assert_non_null(strstr(recording.metadata, "\"salvaged\":true"));
    wfs_recording_release(&recording);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    assert_int_equal(get_stat(self).reserved_bytes, 0);
}

static void audio_is_not_kept_where_that_is_not_wanted(void **state)
{
    const test_store *self = *state;

    send(self, "audio", 0, SECOND_BYTES);
    pass(self, DAY_MS + 60000);
    assert_false(has_upload(self, "audio"));
    assert_false(has_recording(self, "audio"));
}

static void a_clock_set_ahead_deletes_nothing_and_says_so(void **state)
{
    const test_store *self = *state;

    send(self, "idle", 0, SIZE);
    tend(self);
    assert_false(get_stat(self).is_clock_doubtful);
    test_clock_jump(30 * DAY_MS);
    tend(self);
    assert_true(get_stat(self).is_clock_doubtful);
    assert_true(has_upload(self, "idle"));
    test_clock_jump(-30 * DAY_MS); /* and back */
    tend(self);
    assert_true(get_stat(self).is_clock_doubtful);
    pass(self, DAY_MS / 2);
    assert_true(has_upload(self, "idle"));
    pass(self, DAY_MS);
    assert_false(get_stat(self).is_clock_doubtful);
    assert_false(has_upload(self, "idle"));
}

static void recordings_go_when_they_were_kept_long_enough(void **state)
{
    const test_store *self = *state;
    wfs_recording recording;
    char *listed;
    size_t length;

    send(self, "old", 0, SIZE);
    assert_status(test_complete(self->store, "old", 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
    pass(self, 6 * DAY_MS);
    send(self, "new", 0, SIZE);
    assert_status(test_complete(self->store, "new", 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
    assert_true(has_recording(self, "old"));
    pass(self, DAY_MS + 60000);
    assert_false(has_recording(self, "old"));
    assert_true(has_recording(self, "new"));
    assert_int_equal(get_stat(self).recordings, 1);
    listed = (char *)test_file_read(test_store_get_path(self, "metadata.json"),
                                    &length);
    listed[length - 1] = '\0';
    assert_non_null(strstr(listed, "_new.wav"));
    assert_null(strstr(listed, "_old.wav"));
    free(listed);
}

static void without_retention_recordings_stay(void **state)
{
    const test_store *self = *state;
    wfs_recording recording;

    send(self, "old", 0, SIZE);
    assert_status(test_complete(self->store, "old", 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
    for (int i = 0; i < 3; i++) {
        pass(self, 400 * DAY_MS);
    }
    assert_true(has_recording(self, "old"));
}

static void a_store_told_to_quit_lets_nothing_go_any_more(void **state)
{
    const test_store *self = *state;

    send(self, "idle", 0, SIZE);
    tend(self);
    wfs_store_quit(self->store);
    test_clock_pass(2 * DAY_MS);
    tend(self);
    assert_true(has_upload(self, "idle"));
}

static const char *put_temporary(const test_store *self, int age_s)
{
    const char *path =
        test_store_get_path(self, ".wfstore/uploads/.new.0123456789abcdef");
    struct timespec now;
    struct timespec times[2];
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0640);

    assert_true(fd >= 0);
    (void)clock_gettime(CLOCK_REALTIME, &now);
    now.tv_sec -= age_s;
    times[0] = now;
    times[1] = now;
    assert_int_equal(futimens(fd, times), 0);
    (void)close(fd);
    return path;
}

static void
files_that_stand_in_for_nameless_ones_go_with_their_writer(void **state)
{
    const test_store *self = *state;
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = (off_t)1 << 62,
                         .l_len = 1};
    const char *path = put_temporary(self, 10);
    int fd;

    tend(self);
    assert_true(test_file_exists(path)); /* too young to tell */
    path = put_temporary(self, 1000);
    fd = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(fcntl(fd, F_OFD_SETLK, &lock), 0);
    tend(self);
    assert_true(test_file_exists(path));
    (void)close(fd);
    tend(self);
    assert_false(test_file_exists(path));
}

/* What is seen of the clocks, and what follows. */
static int64_t judge(int64_t boot, int64_t boottime, int64_t realtime,
                     int64_t doubt)
{
    wfs_clock_state before = {1, 1000000, 9000000, doubt};
    wfs_clock_state now = {boot, boottime, realtime, -1};

    wfs_clock_judge(&before, &now);
    return now.doubt_ms;
}

static void
a_clock_is_doubted_when_it_jumps_and_not_when_it_drifts(void **state)
{
    const int64_t hour = 3600000;

    (void)state;
    assert_int_equal(judge(1, 1000000 + hour, 9000000 + hour + 60000, 0), 0);
    assert_int_equal(judge(1, 1000000 + hour, 9000000 + 2 * hour, 0), DAY_MS);
    assert_int_equal(judge(1, 1000000 + hour, 9000000, 0), DAY_MS);
    assert_int_equal(judge(1, 1000000 + hour, 9000000 + hour, 2 * hour), hour);
    assert_int_equal(judge(1, 1000000 + hour, 9000000 + hour, hour), 0);
    assert_int_equal(judge(2, 5000, 9000000 + hour, 0), 0); /* a restart */
    assert_int_equal(judge(2, 5000, 9000000 + hour, 7), 7);
    assert_int_equal(judge(2, 5000, 9000000 - hour, 0), DAY_MS);
    assert_int_equal(judge(2, 5000, 9000000 + 30 * DAY_MS, 0), DAY_MS);
    assert_int_equal(judge(0, 1000000 + hour, 9000000 + hour, 0), 0);
}

#define TEST(name, setup)                                                      \
    cmocka_unit_test_setup_teardown(name, setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_idle_upload_goes_and_leaves_nothing, setup),
        TEST(each_chunk_puts_the_end_off, setup),
        TEST(an_upload_that_waits_for_its_first_chunk_goes_too, setup),
        TEST(an_upload_with_a_writer_in_another_process_stays, setup),
        TEST(audio_of_an_idle_upload_becomes_a_recording, setup),
        TEST(audio_is_not_kept_where_that_is_not_wanted, setup_delete),
        TEST(a_clock_set_ahead_deletes_nothing_and_says_so, setup),
        TEST(recordings_go_when_they_were_kept_long_enough, setup_retention),
        TEST(without_retention_recordings_stay, setup),
        TEST(a_store_told_to_quit_lets_nothing_go_any_more, setup),
        TEST(files_that_stand_in_for_nameless_ones_go_with_their_writer, setup),
        cmocka_unit_test(
            a_clock_is_doubted_when_it_jumps_and_not_when_it_drifts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
