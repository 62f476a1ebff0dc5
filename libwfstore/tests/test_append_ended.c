/*
 * test_append_ended.c - appends of several chunks, ended between two of them,
 * where they hold no lock.
 */
#include "support/appends.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static wfs_status begin_next(wfs_store *store, wfs_append *append,
                             uint64_t offset, wfs_chunk **ret_chunk)
{
    wfs_append_spec spec = test_appends_spec(offset, WFS_UNKNOWN);

    spec.append = append;
    spec.goes_on = offset > 0;
    return wfs_upload_begin_append(store, &spec, ret_chunk, NULL);
}

/* An append whose first chunk has its receipt. */
static wfs_append *append_first(wfs_store *store)
{
    wfs_append *append = NULL;
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    assert_status(wfs_append_open(store, &append, NULL), WFS_OK);
    assert_status(wfs_append_get_stop(append), WFS_OK);
    assert_status(begin_next(store, append, 0, &chunk), WFS_OK);
    assert_status(
        wfs_chunk_write(chunk, test_appends_audio, TEST_APPENDS_PIECE, NULL),
        WFS_OK);
    assert_status(wfs_chunk_keep(chunk, &receipt, NULL), WFS_OK);
    return append;
}

static void await_stop(const wfs_append *append)
{
    while (wfs_append_get_stop(append) == WFS_OK) {
        usleep(1000);
    }
}

typedef struct looker {
    wfs_store *store;
    wfs_status status;
} looker;

static void *end_it(void *data)
{
    looker *self = data;

    do {
        self->status = wfs_upload_end_append(self->store, "app", NULL);
    } while (self->status == WFS_EBUSY);
    return NULL;
}

static void nothing_is_begun_after_an_append_was_ended(void **state)
{
    const test_store *self = *state;
    looker other = {self->store, WFS_EIO};
    wfs_chunk *chunk = NULL;
    wfs_append *append;
    pthread_t thread;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    append = append_first(self->store);
    pthread_create(&thread, NULL, end_it, &other);
    await_stop(append);
    assert_status(begin_next(self->store, append, TEST_APPENDS_PIECE, &chunk),
                  WFS_EBUSY);
    wfs_append_close(append);
    pthread_join(thread, NULL);
    assert_status(other.status, WFS_OK);
    test_appends_add(self->store, TEST_APPENDS_PIECE,
                     TEST_APPENDS_SIZE - TEST_APPENDS_PIECE);
    test_appends_complete_ok(self);
}

static void what_arrived_is_not_told_before_the_append_is_closed(void **state)
{
    const test_store *self = *state;
    wfs_append *append;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    append = append_first(self->store);
    assert_status(wfs_upload_end_append(self->store, "app", NULL), WFS_EBUSY);
    wfs_append_close(append);
    assert_status(wfs_upload_end_append(self->store, "app", NULL), WFS_OK);
}

/* It says by a byte that its first chunk is there; the result is what its next
 * one is refused with. */
static void append_and_go_on(const test_store *self, int ready)
{
    wfs_append *append = NULL;
    wfs_chunk *chunk = NULL;
    wfs_store *store = NULL;
    wfs_status status;

    if (wfs_store_open(self->path, NULL, &store, NULL) != WFS_OK) {
        _exit(100);
    }
    append = append_first(store);
    if (write(ready, "x", 1) != 1) {
        _exit(101);
    }
    await_stop(append);
    status = begin_next(store, append, TEST_APPENDS_PIECE, &chunk);
    wfs_append_close(append);
    wfs_store_close(store);
    _exit(-status);
}

static void an_append_of_another_process_is_ended_too(void **state)
{
    test_store *self = *state;
    int ready[2];
    int result = 0;
    char byte;
    pid_t pid;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    wfs_store_close(self->store);
    self->store = NULL;
    assert_int_equal(pipe(ready), 0);
    pid = fork();
    if (pid == 0) {
        append_and_go_on(self, ready[1]);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    end_it(&(looker){self->store, WFS_OK});
    assert_int_equal(waitpid(pid, &result, 0), pid);
    assert_int_equal(-WEXITSTATUS(result), WFS_EBUSY);
    assert_int_equal(test_appends_get_arrived(self->store), TEST_APPENDS_PIECE);
    close(ready[0]);
    close(ready[1]);
}

static void a_newer_append_ends_one_that_has_no_chunk_begun(void **state)
{
    const test_store *self = *state;
    wfs_chunk *chunk = NULL;
    wfs_append *older;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    older = append_first(self->store);
    assert_status(
        test_appends_try(self->store, TEST_APPENDS_PIECE, WFS_UNKNOWN), WFS_OK);
    assert_status(wfs_append_get_stop(older), WFS_EBUSY);
    assert_status(begin_next(self->store, older, TEST_APPENDS_PIECE, &chunk),
                  WFS_EBUSY);
    wfs_append_close(older);
}

static void an_append_does_not_end_itself(void **state)
{
    const test_store *self = *state;
    wfs_chunk *chunk = NULL;
    wfs_append *append;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    append = append_first(self->store);
    assert_status(begin_next(self->store, append, TEST_APPENDS_PIECE, &chunk),
                  WFS_OK);
    assert_status(wfs_append_get_stop(append), WFS_OK);
    wfs_chunk_discard(chunk);
    wfs_append_close(append);
}

static void an_append_between_two_chunks_hears_of_deleting(void **state)
{
    const test_store *self = *state;
    wfs_append *append;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    append = append_first(self->store);
    assert_status(wfs_upload_delete(self->store, "app", NULL), WFS_OK);
    assert_status(wfs_append_get_stop(append), WFS_EGONE);
    wfs_append_close(append);
    wfs_append_close(NULL);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_appends_setup,                  \
                                    test_appends_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(nothing_is_begun_after_an_append_was_ended),
        ON_STORE(what_arrived_is_not_told_before_the_append_is_closed),
        ON_STORE(an_append_of_another_process_is_ended_too),
        ON_STORE(a_newer_append_ends_one_that_has_no_chunk_begun),
        ON_STORE(an_append_does_not_end_itself),
        ON_STORE(an_append_between_two_chunks_hears_of_deleting),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
