/*
 * test_append_breaks.c - appends that break off, and what is kept of them.
 */
#include "support/appends.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static void what_came_before_a_break_is_kept(void **state)
{
    test_store *self = *state;
    wfs_chunk *chunk;
    wfs_receipt receipt;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    chunk = test_appends_begin(self->store, 0, TEST_APPENDS_SIZE);
    assert_status(
        wfs_chunk_write(chunk, test_appends_audio, TEST_APPENDS_PIECE, NULL),
        WFS_OK);
    assert_status(wfs_chunk_keep(chunk, &receipt, NULL), WFS_OK);
    assert_int_equal(receipt.size_bytes, TEST_APPENDS_PIECE);
    assert_int_equal(receipt.received_bytes, TEST_APPENDS_PIECE);
    test_store_reopen(self);
    assert_int_equal(test_appends_get_arrived(self->store), TEST_APPENDS_PIECE);
    test_appends_add(self->store, TEST_APPENDS_PIECE,
                     TEST_APPENDS_SIZE - TEST_APPENDS_PIECE);
    test_appends_complete_ok(self);
}

static void of_an_append_that_must_be_whole_nothing_is_kept(void **state)
{
    const test_store *self = *state;
    wfs_append_spec spec = test_appends_spec(0, TEST_APPENDS_SIZE);
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    spec.all_or_nothing = true;
    for (int i = 0; i < 2; i++) {
        assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, NULL),
                      WFS_OK);
        assert_status(wfs_chunk_write(chunk, test_appends_audio,
                                      TEST_APPENDS_PIECE, NULL),
                      WFS_OK);
        assert_status(wfs_chunk_cut(chunk, NULL), WFS_ECANCELED);
        assert_status(wfs_chunk_keep(chunk, &receipt, NULL), WFS_OK);
        assert_int_equal(receipt.size_bytes, 0);
        assert_int_equal(test_appends_get_arrived(self->store), 0);
        spec.all_or_nothing = false;
        spec.digest = test_digest(test_appends_audio, TEST_APPENDS_SIZE);
    }
    test_appends_add(self->store, 0, TEST_APPENDS_SIZE);
    test_appends_complete_ok(self);
}

static void an_append_of_another_digest_adds_nothing(void **state)
{
    const test_store *self = *state;
    wfs_append_spec spec = test_appends_spec(0, TEST_APPENDS_PIECE);
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    spec.digest = test_digest(test_appends_audio, TEST_APPENDS_SIZE);
    assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(
        wfs_chunk_write(chunk, test_appends_audio, TEST_APPENDS_PIECE, NULL),
        WFS_OK);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_EDIGEST);
    assert_int_equal(test_appends_get_arrived(self->store), 0);
    test_appends_add(self->store, 0, TEST_APPENDS_SIZE);
    test_appends_complete_ok(self);
}

static void a_break_before_the_first_byte_keeps_nothing(void **state)
{
    const test_store *self = *state;
    wfs_receipt receipt;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    test_appends_add(self->store, 0, TEST_APPENDS_PIECE);
    assert_status(
        wfs_chunk_keep(test_appends_begin(self->store, TEST_APPENDS_PIECE, 10),
                       &receipt, NULL),
        WFS_OK);
    assert_int_equal(receipt.size_bytes, 0);
    assert_int_equal(receipt.received_bytes, TEST_APPENDS_PIECE);
    test_appends_add(self->store, TEST_APPENDS_PIECE,
                     TEST_APPENDS_SIZE - TEST_APPENDS_PIECE);
    test_appends_complete_ok(self);
}

/* As a connection that has gone quiet: told to end, it keeps what it has. */
typedef struct older {
    wfs_chunk *chunk;
    wfs_status stop;
    wfs_status kept;
    wfs_receipt receipt;
} older;

static void *poll_and_keep(void *data)
{
    older *self = data;

    while ((self->stop = wfs_chunk_get_stop(self->chunk)) == WFS_OK) {
        usleep(1000);
    }
    self->kept = wfs_chunk_keep(self->chunk, &self->receipt, NULL);
    return NULL;
}

/* The newer one finds what the older one kept; its offset is then wrong. */
static void an_older_append_ends_at_once_and_keeps_what_it_has(void **state)
{
    const test_store *self = *state;
    older first = {NULL, WFS_OK, WFS_EIO, {0}};
    pthread_t thread;
    wfs_status status;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    first.chunk = test_appends_begin(self->store, 0, TEST_APPENDS_SIZE);
    assert_status(wfs_chunk_write(first.chunk, test_appends_audio,
                                  TEST_APPENDS_PIECE, NULL),
                  WFS_OK);
    pthread_create(&thread, NULL, poll_and_keep, &first);
    do {
        status = test_appends_try(self->store, 0, TEST_APPENDS_SIZE);
    } while (status == WFS_EBUSY);
    assert_status(status, WFS_ECONFLICT);
    pthread_join(thread, NULL);
    assert_status(first.stop, WFS_EBUSY);
    assert_status(first.kept, WFS_OK);
    assert_int_equal(first.receipt.received_bytes, TEST_APPENDS_PIECE);
    test_appends_add(self->store, TEST_APPENDS_PIECE,
                     TEST_APPENDS_SIZE - TEST_APPENDS_PIECE);
    test_appends_complete_ok(self);
}

static void of_a_deleted_upload_nothing_is_kept(void **state)
{
    const test_store *self = *state;
    wfs_chunk *chunk;
    wfs_receipt receipt;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    chunk = test_appends_begin(self->store, 0, TEST_APPENDS_SIZE);
    assert_status(
        wfs_chunk_write(chunk, test_appends_audio, TEST_APPENDS_PIECE, NULL),
        WFS_OK);
    assert_status(wfs_upload_delete(self->store, "app", NULL), WFS_OK);
    assert_status(wfs_chunk_keep(chunk, &receipt, NULL), WFS_EGONE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void a_writer_that_dies_leaves_what_was_kept(void **state)
{
    test_store *self = *state;
    pid_t pid;
    int result = 0;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    test_appends_add(self->store, 0, TEST_APPENDS_PIECE);
    wfs_store_close(self->store);
    self->store = NULL;
    pid = fork();
    if (pid == 0) {
        wfs_store *store = NULL;

        if (wfs_store_open(self->path, NULL, &store, NULL) == WFS_OK) {
            wfs_chunk *chunk =
                test_appends_begin(store, TEST_APPENDS_PIECE,
                                   TEST_APPENDS_SIZE - TEST_APPENDS_PIECE);

            wfs_chunk_write(chunk, test_appends_audio, 1000,
                            NULL); /* other bytes */
        }
        _exit(7);
    }
    assert_int_equal(waitpid(pid, &result, 0), pid);
    assert_int_equal(WEXITSTATUS(result), 7);
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    assert_int_equal(test_appends_get_arrived(self->store), TEST_APPENDS_PIECE);
    test_appends_add(self->store, TEST_APPENDS_PIECE,
                     TEST_APPENDS_SIZE - TEST_APPENDS_PIECE);
    test_appends_complete_ok(self);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_appends_setup,                  \
                                    test_appends_teardown)
#define ON_RECORDING(test)                                                     \
    cmocka_unit_test_setup_teardown(test, test_appends_setup_recording,        \
                                    test_appends_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(what_came_before_a_break_is_kept),
        ON_RECORDING(what_came_before_a_break_is_kept),
        ON_STORE(of_an_append_that_must_be_whole_nothing_is_kept),
        ON_STORE(an_append_of_another_digest_adds_nothing),
        ON_STORE(a_break_before_the_first_byte_keeps_nothing),
        ON_STORE(an_older_append_ends_at_once_and_keeps_what_it_has),
        ON_STORE(of_a_deleted_upload_nothing_is_kept),
        ON_STORE(a_writer_that_dies_leaves_what_was_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
