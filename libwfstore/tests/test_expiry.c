/*
 * test_expiry.c - idle uploads go by themselves, and no others do.
 */
#include "support/ageing.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store_internal.h"
#include "support/clock.h"

#define SIZE 3000

static void an_idle_upload_goes_and_leaves_nothing(void **state)
{
    const test_store *self = *state;

    test_ageing_send(self, "idle", 0, SIZE);
    test_ageing_send(self, "idle", 5, SIZE); /* loose: a file of its own */
    test_ageing_pass(self, TEST_DAY_MS - 60000);
    assert_true(test_has_upload(self, "idle"));
    test_ageing_pass(self, 120000);
    assert_false(test_has_upload(self, "idle"));
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    assert_int_equal(test_get_stat(self).uploads, 0);
    assert_int_equal(test_get_stat(self).upload_bytes, 0);
    assert_int_equal(test_get_stat(self).reserved_bytes, 0);
    test_ageing_send(self, "idle", 0, SIZE); /* no tombstone refuses it */
}

static void each_chunk_puts_the_end_off(void **state)
{
    const test_store *self = *state;

    test_ageing_send(self, "slow", 0, SIZE);
    test_ageing_pass(self, TEST_DAY_MS - 60000);
    test_ageing_send(self, "slow", 1, SIZE);
    test_ageing_pass(self, TEST_DAY_MS - 60000);
    assert_true(test_has_upload(self, "slow"));
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
    test_ageing_pass(self, TEST_DAY_MS - 60000);
    assert_int_equal(test_get_stat(self).uploads, 1);
    test_ageing_pass(self, 120000);
    assert_int_equal(test_get_stat(self).uploads, 0);
    assert_int_equal(test_get_stat(self).reserved_bytes, 0);
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

    test_ageing_send(self, "alive", 0, SIZE);
    assert_int_equal(pipe(ready) + pipe(go), 0);
    wfs_store_close(self->store);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        _exit(write_slowly(self->path, ready[1], go[0]));
    }
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    test_ageing_pass(self, 2 * TEST_DAY_MS);
    assert_true(test_has_upload(self, "alive"));
    assert_int_equal(write(go[1], "x", 1), 1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_true(test_has_upload(self, "alive"));
    test_ageing_pass(self, 2 * TEST_DAY_MS);
    assert_false(test_has_upload(self, "alive"));
    (void)close(ready[0]);
    (void)close(ready[1]);
    (void)close(go[0]);
    (void)close(go[1]);
}

static void a_clock_set_ahead_deletes_nothing_and_says_so(void **state)
{
    const test_store *self = *state;

    test_ageing_send(self, "idle", 0, SIZE);
    test_ageing_tend(self);
    assert_false(test_get_stat(self).is_clock_doubtful);
    test_clock_jump(30 * TEST_DAY_MS);
    test_ageing_tend(self);
    assert_true(test_get_stat(self).is_clock_doubtful);
    assert_true(test_has_upload(self, "idle"));
    test_clock_jump(-30 * TEST_DAY_MS); /* and back */
    test_ageing_tend(self);
    assert_true(test_get_stat(self).is_clock_doubtful);
    test_ageing_pass(self, TEST_DAY_MS / 2);
    assert_true(test_has_upload(self, "idle"));
    test_ageing_pass(self, TEST_DAY_MS);
    assert_false(test_get_stat(self).is_clock_doubtful);
    assert_false(test_has_upload(self, "idle"));
}

static void a_store_told_to_quit_lets_nothing_go_any_more(void **state)
{
    const test_store *self = *state;

    test_ageing_send(self, "idle", 0, SIZE);
    test_ageing_tend(self);
    wfs_store_quit(self->store);
    test_clock_pass(2 * TEST_DAY_MS);
    test_ageing_tend(self);
    assert_true(test_has_upload(self, "idle"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_ageing_setup,                   \
                                    test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_idle_upload_goes_and_leaves_nothing),
        TEST(each_chunk_puts_the_end_off),
        TEST(an_upload_that_waits_for_its_first_chunk_goes_too),
        TEST(an_upload_with_a_writer_in_another_process_stays),
        TEST(a_clock_set_ahead_deletes_nothing_and_says_so),
        TEST(a_store_told_to_quit_lets_nothing_go_any_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
