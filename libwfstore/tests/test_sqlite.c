/* test_sqlite.c - many writers, killed writers, and files that are no good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sqlite/sqlite.h"
#include "support/rows.h"

static int set_up(void **state)
{
    static test_rows test;

    test_rows_open(&test);
    *state = &test;
    return 0;
}

static int tear_down(void **state)
{
    test_rows_close(*state);
    return 0;
}

/* Counts as they are kept, against counts as they are. */
static void check_totals(test_rows *t)
{
    assert_int_equal(
        test_rows_ask(t,
                      "SELECT count(*) FROM totals WHERE"
                      " recordings = (SELECT count(*) FROM recording) AND"
                      " recording_bytes = (SELECT total(size) FROM recording)"
                      " AND uploads = (SELECT count(*) FROM upload"
                      " WHERE chunks > 0) AND"
                      " upload_bytes = (SELECT total(size) FROM chunk)"),
        1);
    assert_int_equal(
        test_rows_ask(t,
                      "SELECT count(*) FROM upload u WHERE chunks <> (SELECT"
                      " count(*) FROM chunk WHERE upload = u.row) OR bytes <>"
                      " (SELECT total(size) FROM chunk WHERE upload = u.row)"
                      " OR contiguous + (SELECT total(last - first + 1) FROM"
                      " span WHERE upload = u.row) <> chunks"
                      " OR contiguous_bytes + (SELECT total(bytes) FROM span"
                      " WHERE upload = u.row) <> bytes"),
        0);
    assert_int_equal(test_rows_ask(t,
                                   "SELECT count(*) FROM pragma_integrity_check"
                                   " WHERE integrity_check <> 'ok'"),
                     0);
}

static void live(test_rows *t, unsigned *seed)
{
    char id[16];
    wfs_upload_row row;
    wfs_recording_row gone;
    wfs_id_kind kind;

    (void)snprintf(id, sizeof id, "id%02d", rand_r(seed) % 60);
    (void)t->api->find_id(t->catalogue, id, &kind, &row, NULL);
    if (kind == WFS_ID_FREE) {
        (void)test_rows_begin(t, id, rand_r(seed) % 2 ? 10 : WFS_UNKNOWN);
    } else if (kind == WFS_ID_RECORDING && rand_r(seed) % 40 == 0) {
        (void)t->api->delete_recording(t->catalogue, id, &gone, NULL);
        wfs_recording_release(&gone.recording);
        (void)t->api->finish_unlink(t->catalogue, id, NULL);
    } else if (kind == WFS_ID_UPLOAD && rand_r(seed) % 12 == 0) {
        wfs_recording recording = test_rows_recording(id, "Take");

        (void)t->api->complete(t->catalogue, row.row, row.received_chunks,
                               &recording, NULL);
        wfs_recording_release(&recording);
    } else if (kind == WFS_ID_UPLOAD && rand_r(seed) % 20 == 0) {
        (void)t->api->delete_upload(t->catalogue, id, &row, NULL);
    } else if (kind == WFS_ID_UPLOAD) {
        wfs_receipt_spec spec =
            test_rows_receipt(&row, (uint64_t)(rand_r(seed) % 12), 10);

        (void)test_rows_put(t, &spec);
    }
}

static void totals_are_what_counting_would_tell(void **state)
{
    unsigned seed = 7;

    for (int i = 0; i < 1500; i++) {
        live(*state, &seed);
    }
    check_totals(*state);
    assert_true(test_rows_ask(*state, "SELECT recordings FROM totals") > 0);
    assert_true(test_rows_ask(*state, "SELECT uploads FROM totals") > 0);
    assert_true(test_rows_ask(*state, "SELECT count(*) FROM gone") > 0);
}

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

        if (w->t->api->put_receipts(w->t->catalogue, specs, 2, results, NULL) !=
                WFS_OK ||
            results[0].error.status != WFS_OK ||
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
    check_totals(t);
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

/* A child that opens the catalogue for itself, after the fork. */
static wfs_catalogue *open_in_child(test_rows *t)
{
    wfs_catalogue_options options = TEST_ROWS_OPTIONS;
    wfs_catalogue *catalogue;

    if (wfs_catalogue_open_sqlite(t->folder, &options, &catalogue, NULL) !=
        WFS_OK) {
        _exit(2);
    }
    t->catalogue = catalogue;
    t->api = catalogue->api;
    return catalogue;
}

/* Nothing may be open across a fork. */
static void close_before_fork(test_rows *t)
{
    t->api->close(t->catalogue);
    t->catalogue = NULL;
}

static void processes_write_at_once(void **state)
{
    test_rows *t = *state;
    pid_t children[WRITERS];
    int status;

    close_before_fork(t);
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            writer w = {t, i};
            wfs_catalogue *catalogue = open_in_child(t);
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
    wfs_sqlite *sqlite = wfs_sqlite_of(open_in_child(t));
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
    close_before_fork(t);
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
    (void)open_in_child(t);
    row = test_rows_accept(t, row.row, 1, 10);
    assert_int_equal(row.contiguous_chunks, 2);
    check_totals(t);
}

/* A receipt that was told to be accepted survives the death of its process. */
static void accept_and_die(test_rows *t, int64_t row)
{
    (void)open_in_child(t);
    (void)test_rows_accept(t, row, 0, 10);
    (void)kill(getpid(), SIGKILL);
}

static void what_was_accepted_survives_a_kill(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", 10);
    pid_t child;

    close_before_fork(t);
    child = fork();
    if (child == 0) {
        accept_and_die(t, row.row);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    (void)open_in_child(t);
    assert_int_equal(t->api->get_upload(t->catalogue, row.row, &row, NULL),
                     WFS_OK);
    assert_int_equal(row.received_chunks, 1);
}

/* Keeps the writer until it is told to end. */
static void *keep_writer(void *data)
{
    test_rows *t = data;
    wfs_sqlite *sqlite = wfs_sqlite_of(t->catalogue);
    wfs_sql_connection *connection;

    if (wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, NULL) !=
        WFS_OK) {
        return "refused";
    }
    (void)sleep(6);
    return wfs_sqlite_end_write(sqlite, WFS_OK, NULL) == WFS_OK ? NULL : "lost";
}

static void who_waits_too_long_for_a_writer_is_told(void **state)
{
    test_rows *t = *state;
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_upload_row row;
    pthread_t thread;
    void *fault;
    wfs_status status = WFS_OK;

    assert_int_equal(pthread_create(&thread, NULL, keep_writer, t), 0);
    for (int i = 0; i < 20 && status == WFS_OK; i++) {
        char id[32];

        (void)snprintf(id, sizeof id, "u%d", i);
        spec.id = id;
        status = t->api->begin_upload(t->catalogue, &spec, false, &row, NULL);
        (void)usleep(50000);
    }
    assert_int_equal(status, WFS_ELOCKED);
    assert_int_equal(pthread_join(thread, &fault), 0);
    assert_null(fault);
    (void)test_rows_begin(t, "after", 10);
}

static wfs_status try_open(test_rows *t, bool may_create, wfs_error *error)
{
    wfs_catalogue_options options = {.may_create = may_create};
    wfs_catalogue *catalogue = NULL;
    wfs_status status =
        wfs_catalogue_open_sqlite(t->folder, &options, &catalogue, error);

    if (status == WFS_OK) {
        catalogue->api->close(catalogue);
    }
    return status;
}

static int open_file(test_rows *t, int flags)
{
    char path[256];

    (void)snprintf(path, sizeof path, "%s/catalog.sqlite3", t->folder);
    return open(path, flags | O_CLOEXEC, 0640);
}

static void damage(test_rows *t, off_t from, size_t length)
{
    char noise[4096];
    int fd = open_file(t, O_WRONLY);

    memset(noise, 0x5a, sizeof noise);
    assert_int_equal(pwrite(fd, noise, length, from), (ssize_t)length);
    (void)close(fd);
}

static void a_damaged_catalogue_is_refused(void **state)
{
    test_rows *t = *state;
    wfs_error error = WFS_ERROR_INIT;

    test_rows_complete(t, "abc", "Take", 10);
    close_before_fork(t);
    damage(t, 0, 16);
    assert_int_equal(try_open(t, true, &error), WFS_ECORRUPT);
    assert_int_equal(error.status, WFS_ECORRUPT);
    assert_string_equal(error.detail, "the catalogue is damaged");
    damage(t, 0, 4096);
    assert_int_equal(try_open(t, true, NULL), WFS_ECORRUPT);
}

static void damage_inside_is_told_when_it_is_met(void **state)
{
    test_rows *t = *state;
    wfs_recording_row row;
    long page = (long)test_rows_ask(t, "SELECT rootpage FROM sqlite_schema"
                                       " WHERE name = 'recording'");

    test_rows_complete(t, "abc", "Take", 10);
    close_before_fork(t);
    damage(t, (page - 1) * 4096, 4096);
    (void)open_in_child(t);
    assert_int_equal(t->api->get_recording(t->catalogue, "abc", &row, NULL),
                     WFS_ECORRUPT);
    assert_int_equal(t->api->finish_rename(t->catalogue, "abc", NULL),
                     WFS_ECORRUPT);
    (void)test_rows_begin(t, "new", 10); /* no transaction stayed open */
}

static void a_missing_catalogue_is_made_only_if_it_may_be(void **state)
{
    test_rows *t = *state;
    char path[256];

    close_before_fork(t);
    (void)snprintf(path, sizeof path, "%s/catalog.sqlite3", t->folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(try_open(t, false, NULL), WFS_ENOSTORE);
    (void)close(open_file(t, O_WRONLY | O_CREAT));
    assert_int_equal(try_open(t, false, NULL), WFS_ECORRUPT);
    assert_int_equal(try_open(t, true, NULL), WFS_OK);
    assert_int_equal(try_open(t, false, NULL), WFS_OK);
}

static void a_newer_catalogue_is_refused(void **state)
{
    test_rows *t = *state;
    wfs_error error = WFS_ERROR_INIT;

    close_before_fork(t);
    (void)test_rows_ask(t, "PRAGMA user_version=2");
    assert_int_equal(try_open(t, true, &error), WFS_EVERSION);
    assert_int_equal(error.got, 2);
}

static void another_programs_database_is_refused(void **state)
{
    test_rows *t = *state;

    close_before_fork(t);
    (void)test_rows_ask(t, "PRAGMA application_id=1");
    assert_int_equal(try_open(t, true, NULL), WFS_ECORRUPT);
}

/* A file size limit stands for a full disk. */
static void limit_files(rlim_t bytes)
{
    const struct rlimit limit = {bytes, RLIM_INFINITY};

    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_refuses_and_loses_nothing(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", 10);
    wfs_receipt_spec spec = test_rows_receipt(&row, 1, 10);
    wfs_receipt_result result;
    wfs_error error = WFS_ERROR_INIT;

    (void)test_rows_accept(t, row.row, 0, 10);
    (void)signal(SIGXFSZ, SIG_IGN);
    limit_files(8192);
    assert_int_equal(
        t->api->put_receipts(t->catalogue, &spec, 1, &result, &error),
        WFS_ENOSPC);
    limit_files(RLIM_INFINITY);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_string_equal(error.detail, "the store's disk is full");
    assert_int_equal(t->api->get_upload(t->catalogue, row.row, &row, NULL),
                     WFS_OK);
    assert_int_equal(row.received_chunks, 1);
    (void)test_rows_accept(t, row.row, 1, 10);
    check_totals(t);
}

static off_t size_of(test_rows *t, const char *name)
{
    char path[256];
    struct stat st;

    (void)snprintf(path, sizeof path, "%s/%s", t->folder, name);
    return stat(path, &st) == 0 ? st.st_size : 0;
}

static void write_much(test_rows *t)
{
    static uint8_t bytes[WFS_HEAD_MAX_BYTES];
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);
    wfs_receipt_spec spec = test_rows_receipt(&row, 0, sizeof bytes);

    spec.place = WFS_PLACE_HEAD;
    spec.head = bytes;
    for (uint8_t i = 0; i < 200; i++) {
        bytes[0] = i;
        spec.is_synced = false;
        assert_int_equal(test_rows_put(t, &spec).error.status, WFS_OK);
    }
}

static void tending_keeps_the_journal_short(void **state)
{
    test_rows *t = *state;
    off_t once;

    assert_int_equal(t->api->tend(t->catalogue, NULL), WFS_OK);
    write_much(t);
    once = size_of(t, "catalog.sqlite3-wal");
    assert_true(once > 8 << 20);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(t->api->tend(t->catalogue, NULL), WFS_OK);
        write_much(t);
    }
    assert_true(size_of(t, "catalog.sqlite3-wal") < 2 * once);
    check_totals(t);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(totals_are_what_counting_would_tell),
        TEST(threads_write_at_once),
        TEST(a_store_opened_twice_in_a_process_is_one),
        TEST(processes_write_at_once),
        TEST(a_writer_killed_in_its_transaction_leaves_nothing),
        TEST(what_was_accepted_survives_a_kill),
        TEST(who_waits_too_long_for_a_writer_is_told),
        TEST(a_damaged_catalogue_is_refused),
        TEST(damage_inside_is_told_when_it_is_met),
        TEST(a_missing_catalogue_is_made_only_if_it_may_be),
        TEST(a_newer_catalogue_is_refused),
        TEST(another_programs_database_is_refused),
        TEST(a_full_disk_refuses_and_loses_nothing),
        TEST(tending_keeps_the_journal_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
