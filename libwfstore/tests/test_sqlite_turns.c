/*
 * test_sqlite_turns.c - who waits for the writer, how long, and who is next.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "sqlite/sqlite.h"
#include "support/rows.h"

typedef struct keeper {
    wfs_catalogue *catalogue;
    atomic_bool has_begun;
    atomic_bool may_end;
} keeper;

static void await(const atomic_bool *flag)
{
    while (!atomic_load(flag)) {
        (void)usleep(1000);
    }
}

/* Keeps the writer until it is told to end. */
static void *keep_writer(void *data)
{
    keeper *self = data;
    wfs_sqlite *sqlite = wfs_sqlite_of(self->catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, NULL);

    atomic_store(&self->has_begun, true);
    if (status != WFS_OK) {
        return "refused";
    }
    await(&self->may_end);
    return wfs_sqlite_end_write(sqlite, WFS_OK, NULL) == WFS_OK ? NULL : "lost";
}

static void who_waits_too_long_for_a_writer_is_told(void **state)
{
    test_rows *t = *state;
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    keeper other = {.catalogue = t->catalogue};
    wfs_upload_row row;
    pthread_t thread;
    void *fault;

    assert_int_equal(pthread_create(&thread, NULL, keep_writer, &other), 0);
    await(&other.has_begun);
    spec.id = "late";
    assert_int_equal(
        t->api->begin_upload(t->catalogue, &spec, false, &row, NULL),
        WFS_ELOCKED);
    atomic_store(&other.may_end, true);
    assert_int_equal(pthread_join(thread, &fault), 0);
    assert_null(fault);
    (void)test_rows_begin(t, "after", 10);
}

/* One who has done work on an upload, and waits to say so. */
typedef struct saver {
    test_rows *t;
    wfs_status (*save)(const struct saver *self);
    int64_t row;
    bool is_patient;
    wfs_status status;
} saver;

static wfs_status save_digest(const saver *self)
{
    const wfs_digest_state state = {.length = 1};

    return self->t->api->put_digest(self->t->catalogue, self->row, 0, 0, 0,
                                    &state, self->is_patient, NULL);
}

static wfs_status save_places(const saver *self)
{
    wfs_upload_row row;

    return self->t->api->put_places(self->t->catalogue, self->row, 0, 0, 0,
                                    self->is_patient, &row, NULL);
}

static wfs_status save_salvaged(const saver *self)
{
    return self->t->api->put_salvaged(self->t->catalogue, self->row, NULL);
}

static void *save(void *data)
{
    saver *self = data;

    self->status = self->save(self);
    return NULL;
}

static size_t count_line(wfs_sqlite_writer *writer)
{
    size_t count = 0;

    (void)pthread_mutex_lock(&writer->mutex);
    for (const wfs_sqlite_waiter *at = writer->line; at != NULL;
         at = at->next) {
        count++;
    }
    (void)pthread_mutex_unlock(&writer->mutex);
    return count;
}

static void await_line(wfs_sqlite_writer *writer, size_t count)
{
    while (count_line(writer) != count) {
        (void)usleep(1000);
    }
}

#define SAVERS 5
#define PATIENT 3

/* Completing is patient, and what is done between receipts is not. */
static void who_would_lose_work_waits_for_its_turn(void **state)
{
    test_rows *t = *state;
    wfs_sqlite_writer *writer = &wfs_sqlite_of(t->catalogue)->writer;
    keeper other = {.catalogue = t->catalogue};
    int64_t row = test_rows_begin(t, "worked-on", 10).row;
    saver savers[SAVERS] = {{.save = save_digest, .is_patient = true},
                            {.save = save_places, .is_patient = true},
                            {.save = save_salvaged, .is_patient = true},
                            {.save = save_digest},
                            {.save = save_places}};
    pthread_t keeping;
    pthread_t threads[SAVERS];

    assert_int_equal(pthread_create(&keeping, NULL, keep_writer, &other), 0);
    await(&other.has_begun);
    for (size_t i = 0; i < SAVERS; i++) {
        savers[i].t = t;
        savers[i].row = row;
        assert_int_equal(pthread_create(&threads[i], NULL, save, &savers[i]),
                         0);
        await_line(writer, i + 1);
    }
    for (size_t i = PATIENT; i < SAVERS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(savers[i].status, WFS_ELOCKED);
    }
    assert_int_equal(count_line(writer), PATIENT);
    atomic_store(&other.may_end, true);
    assert_int_equal(pthread_join(keeping, NULL), 0);
    for (size_t i = 0; i < PATIENT; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(savers[i].status, WFS_OK);
    }
}

#define LINE 3

/* One in line; `place`: as the how many-th it had the writer. */
typedef struct stander {
    test_rows *t;
    atomic_int *turns;
    int place;
} stander;

static void *stand_in_line(void *data)
{
    stander *self = data;
    wfs_sqlite *sqlite = wfs_sqlite_of(self->t->catalogue);
    wfs_sql_connection *connection;

    if (wfs_sqlite_await_write(sqlite, WFS_SQLITE_LAZY, &connection, NULL) ==
        WFS_OK) {
        self->place = atomic_fetch_add(self->turns, 1);
        (void)wfs_sqlite_end_write(sqlite, WFS_OK, NULL);
    }
    return NULL;
}

/* Who comes back at once has to wait for those who stood there before. */
static void turns_go_by_the_line(void **state)
{
    test_rows *t = *state;
    wfs_sqlite *sqlite = wfs_sqlite_of(t->catalogue);
    wfs_sql_connection *connection;
    atomic_int turns = 0;
    stander standers[LINE];
    stander last = {t, &turns, -1};
    pthread_t threads[LINE];

    assert_int_equal(
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, NULL),
        WFS_OK);
    for (int i = 0; i < LINE; i++) {
        standers[i] = (stander){t, &turns, -1};
        assert_int_equal(
            pthread_create(&threads[i], NULL, stand_in_line, &standers[i]), 0);
        await_line(&sqlite->writer, (size_t)i + 1);
    }
    assert_int_equal(wfs_sqlite_end_write(sqlite, WFS_OK, NULL), WFS_OK);
    (void)stand_in_line(&last);
    for (int i = 0; i < LINE; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(standers[i].place, i);
    }
    assert_int_equal(last.place, LINE);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(who_waits_too_long_for_a_writer_is_told),
        TEST(who_would_lose_work_waits_for_its_turn),
        TEST(turns_go_by_the_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
