/*
 * test_maintenance_death.c - rebuilding and backing up, killed or failing at
 * every call on files, SQLite's among them: the old state or the new one, and
 * another run gets there.
 */
#include "support/told.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/calls.h"
#include "support/tree.h"

#define SIZE 1500
#define CALLS_MAX 5000
#define CATALOGUE ".wfstore/catalog.sqlite3"

/* Of a test: stores as they were made, to begin from again and again. */
typedef struct stage {
    test_store *self;
    char old[TEST_PATH_BYTES];
    char *json[3]; /* of a, b, c */
    test_told told;
} stage;

/* One kind of work. `check` opens what is there and fails the test if it is
 * neither old nor new; tells whether it is new. */
typedef struct work {
    const char *name;
    const char *told; /* when all goes well */
    void (*prepare)(stage *at);
    wfs_status (*run)(stage *at);
    bool (*check)(stage *at);
} work;

static const char *const IDS[] = {"a", "b", "c"};

static void open_store(test_store *self)
{
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_store_open(self->path, NULL, &self->store, &error) != WFS_OK) {
        fail_msg("%s does not open: %s", self->path, error.detail);
    }
}

static void close_store(test_store *self)
{
    wfs_store_close(self->store);
    self->store = NULL;
}

static void add_upload(test_store *self)
{
    wfs_chunk_spec spec = test_chunk_spec("up", 0);
    uint8_t *bytes = test_audio_make(SIZE, 7);

    test_send_ok(self->store, &spec, bytes, SIZE);
    free(bytes);
}

/* The first `count` of the recordings are what they were. */
static void expect_recordings(const stage *at, test_store *store, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *json = test_recording_json(store, IDS[i]);

        assert_string_equal(json, at->json[i]);
        free(json);
    }
}

static wfs_store_stat get_stat(test_store *store)
{
    wfs_store_stat stat;

    assert_status(wfs_store_get_stat(store->store, &stat, NULL), WFS_OK);
    return stat;
}

/* ---- a lost catalogue ---- */

static void lose_catalogue(stage *at)
{
    close_store(at->self);
    assert_int_equal(unlink(test_store_get_path(at->self, CATALOGUE)), 0);
}

static wfs_status rebuild_lost(stage *at)
{
    return wfs_store_rebuild(at->self->path, NULL, test_told_keep, &at->told,
                             NULL, NULL);
}

static bool check_lost(stage *at)
{
    wfs_status status =
        wfs_store_open(at->self->path, NULL, &at->self->store, NULL);

    if (status != WFS_OK) {
        assert_status(status, WFS_ECORRUPT); /* its catalogue is lost */
        return false;
    }
    expect_recordings(at, at->self, 3);
    assert_int_equal(get_stat(at->self).recordings, 3);
    assert_int_equal(get_stat(at->self).damaged, 0);
    close_store(at->self);
    return true;
}

/* ---- a catalogue that is to be replaced ---- */

static void keep_upload(stage *at)
{
    add_upload(at->self);
    close_store(at->self);
}

static wfs_status rebuild_replaced(stage *at)
{
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;

    options.replace = true;
    options.no_list = true;
    return wfs_store_rebuild(at->self->path, &options, test_told_keep,
                             &at->told, NULL, NULL);
}

/* With the old catalogue the upload is there, with its bytes; with the new one
 * neither is. */
static bool check_replaced(stage *at)
{
    size_t files;
    bool is_new;

    open_store(at->self);
    expect_recordings(at, at->self, 3);
    is_new = get_stat(at->self).uploads == 0;
    files = test_store_count_uploads(at->self, ".part");
    assert_int_equal(files, is_new ? 0 : 1);
    close_store(at->self);
    return is_new;
}

/* ---- a backup that is brought up to date ---- */

static test_store backup_of(const test_store *self)
{
    test_store backup = {.store = NULL};

    snprintf(backup.path, sizeof backup.path, "%.200s/backup", self->path);
    return backup;
}

/* It lies in the store, so that both are copied as one. */
static void make_backup(stage *at)
{
    test_store backup = backup_of(at->self);

    assert_status(wfs_recording_delete(at->self->store, "c", NULL), WFS_OK);
    assert_status(wfs_store_backup(at->self->store, backup.path, NULL, NULL,
                                   NULL, NULL, NULL),
                  WFS_OK);
    close_store(at->self);
    test_run_sql(at->self, "DELETE FROM gone");
    open_store(at->self);
    test_add_recording(at->self, "c", SIZE + 2);
    free(at->json[2]);
    at->json[2] = test_recording_json(at->self, "c");
    close_store(at->self);
}

static wfs_status back_up(stage *at)
{
    test_store backup = backup_of(at->self);
    wfs_status status =
        wfs_store_open(at->self->path, NULL, &at->self->store, NULL);

    if (status == WFS_OK) {
        status = wfs_store_backup(at->self->store, backup.path, NULL,
                                  test_told_keep, &at->told, NULL, NULL);
        close_store(at->self);
    }
    return status;
}

static bool keep_bad(void *data, const wfs_finding *finding)
{
    if (finding->kind != WFS_FINDING_STRAY) {
        fail_msg("%s: %s", finding->filename, finding->detail);
    }
    return data == NULL;
}

static bool check_backup(stage *at)
{
    test_store backup = backup_of(at->self);
    uint64_t count;

    open_store(&backup);
    count = get_stat(&backup).recordings;
    assert_true(count == 2 || count == 3);
    expect_recordings(at, &backup, (size_t)count);
    assert_status(
        wfs_store_verify(backup.store, NULL, keep_bad, NULL, NULL, NULL),
        WFS_OK);
    close_store(&backup);
    return count == 3;
}

static const work WORKS[] = {
    {"rebuild a lost one", "", lose_catalogue, rebuild_lost, check_lost},
    {"rebuild another", "part:up", keep_upload, rebuild_replaced,
     check_replaced},
    {"back up", "", make_backup, back_up, check_backup},
};

/* ---- every call ---- */

static void take_old(const stage *at)
{
    test_tree_remove(at->self->path);
    test_tree_copy(at->old, at->self->path);
}

static void set_stage(test_store *self, const work *what, stage *ret_stage)
{
    stage at = {.self = self};

    for (size_t i = 0; i < 3; i++) {
        test_add_recording(self, IDS[i], SIZE + i);
        at.json[i] = test_recording_json(self, IDS[i]);
    }
    test_tend(self);
    what->prepare(&at);
    snprintf(at.old, sizeof at.old, "%.200s/old", self->folder);
    test_tree_copy(self->path, at.old);
    *ret_stage = at;
}

static void clear_stage(stage *at)
{
    for (size_t i = 0; i < 3; i++) {
        free(at->json[i]);
    }
}

/* Whatever it is now, another run makes it new and leaves no trace. */
static void finish(stage *at, const work *what)
{
    bool is_new = what->check(at);

    if (!is_new || what->run != rebuild_lost) {
        assert_status(what->run(at), WFS_OK);
    }
    assert_true(what->check(at));
    assert_false(
        test_file_exists(test_store_get_path(at->self, ".wfstore/rebuild")));
    assert_false(
        test_file_exists(test_store_get_path(at->self, ".wfstore/rebuilt")));
}

/* In a child. Returns whether it died. */
static bool die_at(stage *at, const work *what, int n)
{
    int ended = 0;
    pid_t child = fork();

    if (child == 0) {
        calls_reset();
        calls_include_sqlite();
        calls_kill(n, n % 2 == 0);
        _exit(what->run(at) == WFS_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    if (WIFEXITED(ended)) {
        assert_int_equal(WEXITSTATUS(ended), 0);
        return false;
    }
    assert_int_equal(WTERMSIG(ended), SIGKILL);
    return true;
}

static int get_step(void)
{
    return getenv("WAVEFORGE_LONG") != NULL ? 1 : 13;
}

static void die_everywhere(test_store *self, const work *what)
{
    stage at;
    int n = 1;

    set_stage(self, what, &at);
    take_old(&at);
    while (die_at(&at, what, n)) {
        assert_true(n < CALLS_MAX);
        finish(&at, what);
        take_old(&at);
        n += get_step();
    }
    assert_true(n > 50);
    clear_stage(&at);
}

/*
 * A source or a file that cannot be read is told, and the work goes on; what it
 * makes then is less than what could be. Returns whether there was an n-th
 * call.
 */
static bool fail_at(stage *at, const work *what, calls_fault fault, int n)
{
    wfs_status status;
    bool has_failed;

    at->told = (test_told){.log = ""};
    calls_reset();
    calls_include_sqlite();
    calls_fail(n, fault);
    status = what->run(at);
    has_failed = calls_has_failed();
    calls_stop();
    if (status == WFS_OK && strcmp(at->told.log, what->told) != 0) {
        return has_failed;
    }
    if (status == WFS_OK && !what->check(at)) {
        fail_msg("%s: says it is done, but is not (%s)", what->name,
                 calls_get_failed());
    }
    finish(at, what);
    return has_failed;
}

static void fail_everywhere(test_store *self, const work *what,
                            calls_fault fault)
{
    stage at;
    int n = 2;

    set_stage(self, what, &at);
    take_old(&at);
    while (fail_at(&at, what, fault, n)) {
        assert_true(n < CALLS_MAX);
        take_old(&at);
        n += get_step();
    }
    clear_stage(&at);
}

static void death_leaves_a_lost_catalogue_or_a_new_one(void **state)
{
    die_everywhere(*state, &WORKS[0]);
}

static void death_leaves_the_old_catalogue_or_the_new_one(void **state)
{
    die_everywhere(*state, &WORKS[1]);
}

static void death_leaves_the_old_backup_or_the_new_one(void **state)
{
    die_everywhere(*state, &WORKS[2]);
}

static void a_fault_leaves_a_lost_catalogue_or_a_new_one(void **state)
{
    fail_everywhere(*state, &WORKS[0], CALLS_EIO);
}

static void a_fault_leaves_the_old_catalogue_or_the_new_one(void **state)
{
    fail_everywhere(*state, &WORKS[1], CALLS_EIO);
}

static void a_fault_leaves_the_old_backup_or_the_new_one(void **state)
{
    fail_everywhere(*state, &WORKS[2], CALLS_EIO);
}

static void a_full_disk_leaves_the_old_backup_or_the_new_one(void **state)
{
    fail_everywhere(*state, &WORKS[2], CALLS_ENOSPC);
}

static void a_disk_that_shares_nothing_is_copied(void **state)
{
    fail_everywhere(*state, &WORKS[2], CALLS_UNABLE);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_store_setup, test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(death_leaves_a_lost_catalogue_or_a_new_one),
        TEST(death_leaves_the_old_catalogue_or_the_new_one),
        TEST(death_leaves_the_old_backup_or_the_new_one),
        TEST(a_fault_leaves_a_lost_catalogue_or_a_new_one),
        TEST(a_fault_leaves_the_old_catalogue_or_the_new_one),
        TEST(a_fault_leaves_the_old_backup_or_the_new_one),
        TEST(a_full_disk_leaves_the_old_backup_or_the_new_one),
        TEST(a_disk_that_shares_nothing_is_copied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
