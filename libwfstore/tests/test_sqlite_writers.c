/*
 * test_sqlite_writers.c - many writers at once, and killed ones.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sqlite/sqlite.h"
#include "support/rows.h"

#define WRITERS 4
#define WRITES 60

typedef struct writer {
    test_rows *t;
    int number;
} writer;

/* Every writer adds chunks to one upload of all, and to one of its own. */
static void *write_chunks(void *data)
{
    writer *w = data;
    wfs_upload_row shared = test_rows_begin(w->t, "shared", 10);
    wfs_upload_row own;
    char id[16];

    (void)snprintf(id, sizeof id, "own%d", w->number);
    own = test_rows_begin(w->t, id, WFS_UNKNOWN);
    for (int i = 0; i < WRITES; i++) {
        wfs_receipt_spec specs[2] = {
            test_rows_receipt(&shared, (uint64_t)(i * WRITERS + w->number), 10),
            test_rows_receipt(&own, (uint64_t)i, 5)};
        wfs_receipt_result results[2];
        wfs_status status;

        do {
            status = test_rows_put_all(w->t, specs, 2, results, NULL);
        } while (status == WFS_ELOCKED); /* the disk is slow: once more */
        if (status != WFS_OK || results[0].error.status != WFS_OK ||
            results[1].error.status != WFS_OK) {
            return "refused";
        }
        own = results[1].upload;
    }
    return NULL;
}

static void check_writers(test_rows *t)
{
    assert_int_equal(
        test_rows_ask(t, "SELECT contiguous FROM upload WHERE id = 'shared'"),
        WRITERS * WRITES);
    assert_int_equal(test_rows_ask(t, "SELECT upload_bytes FROM totals"),
                     WRITERS * WRITES * 15);
    test_rows_check_totals(t);
}

static void threads_write_at_once(void **state)
{
    pthread_t threads[WRITERS];
    writer writers[WRITERS];
    void *fault;

    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (writer){*state, i};
        assert_int_equal(
            pthread_create(&threads[i], NULL, write_chunks, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(pthread_join(threads[i], &fault), 0);
        assert_null(fault);
    }
    check_writers(*state);
}

static void a_store_opened_twice_in_a_process_is_one(void **state)
{
    test_rows *t = *state;
    test_rows twice = *t;
    pthread_t threads[WRITERS];
    writer writers[WRITERS];
    void *fault;

    test_rows_open_again(&twice);
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (writer){i % 2 == 0 ? t : &twice, i};
        assert_int_equal(
            pthread_create(&threads[i], NULL, write_chunks, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(pthread_join(threads[i], &fault), 0);
        assert_null(fault);
    }
    twice.api->close(twice.catalogue);
    check_writers(t);
}

static void processes_write_at_once(void **state)
{
    test_rows *t = *state;
    pid_t children[WRITERS];
    int status;

    test_rows_close_before_fork(t);
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            writer w = {t, i};
            wfs_catalogue *catalogue = test_rows_open_in_child(t);
            const void *fault = write_chunks(&w);

            catalogue->api->close(catalogue);
            _exit(fault == NULL ? 0 : 1);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    check_writers(t);
}

/* Begin a transaction, change something, tell so, and never end. */
static void hang_in_transaction(test_rows *t, int told)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(test_rows_open_in_child(t));
    wfs_sql_connection *connection;

    if (wfs_sqlite_begin_write(sqlite, WFS_SQLITE_FULL, &connection, NULL) !=
            WFS_OK ||
        wfs_sql_execute(connection, "DELETE FROM upload", NULL) != WFS_OK ||
        write(told, "x", 1) != 1) {
        _exit(1);
    }
    (void)pause();
    _exit(0);
}

static void a_writer_killed_in_its_transaction_leaves_nothing(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", 10);
    int told[2];
    char byte;
    pid_t child;

    (void)test_rows_accept(t, row.row, 0, 10);
    test_rows_close_before_fork(t);
    assert_int_equal(pipe(told), 0);
    child = fork();
    if (child == 0) {
        hang_in_transaction(t, told[1]);
    }
    assert_int_equal(read(told[0], &byte, 1), 1);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    (void)close(told[0]);
    (void)close(told[1]);
    (void)test_rows_open_in_child(t);
    row = test_rows_accept(t, row.row, 1, 10);
    assert_int_equal(row.contiguous_chunks, 2);
    test_rows_check_totals(t);
}

/* A receipt that was told to be accepted survives the death of its process. */
static void accept_and_die(test_rows *t, int64_t row)
{
    (void)test_rows_open_in_child(t);
    (void)test_rows_accept(t, row, 0, 10);
    (void)kill(getpid(), SIGKILL);
}

static void what_was_accepted_survives_a_kill(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", 10);
    pid_t child;

    test_rows_close_before_fork(t);
    child = fork();
    if (child == 0) {
        accept_and_die(t, row.row);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    (void)test_rows_open_in_child(t);
    assert_int_equal(t->api->get_upload(t->catalogue, row.row, &row, NULL),
                     WFS_OK);
    assert_int_equal(row.received_chunks, 1);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(threads_write_at_once),
        TEST(a_store_opened_twice_in_a_process_is_one),
        TEST(processes_write_at_once),
        TEST(a_writer_killed_in_its_transaction_leaves_nothing),
        TEST(what_was_accepted_survives_a_kill),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
