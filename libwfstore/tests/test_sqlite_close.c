/*
 * test_sqlite_close.c - closing the catalogue, beside others who open it.
 */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "store_internal.h"
#include "support/rows.h"
#include "support/vfs.h"

#define PROCESSES 4
#define ROUNDS 10

/* Who has the file alone has the lock that everybody waits for. */
typedef struct witness {
    int lock; /* as another process has it open */
    int times;
    int times_unlocked;
} witness;

static void look(void *data)
{
    witness *self = data;
    bool is_locked = false;

    (void)wfs_file_is_locked(self->lock, WFS_STORE_LOCK_WRITE, 1, &is_locked,
                             NULL);
    self->times++;
    self->times_unlocked += is_locked ? 0 : 1;
}

static void open_lock(const test_rows *t, witness *self)
{
    int folder = -1;

    assert_int_equal(
        wfs_file_open_directory(-1, t->folder, false, &folder, NULL), WFS_OK);
    assert_int_equal(wfs_file_open(folder, WFS_STORE_LOCK_FILE, WFS_FILE_CREATE,
                                   &self->lock, NULL),
                     WFS_OK);
    wfs_file_close(folder);
}

static void the_journal_is_moved_into_the_file_under_the_lock(void **state)
{
    test_rows *t = *state;
    witness self = {.lock = -1};
    bool is_locked = true;

    open_lock(t, &self);
    (void)test_rows_begin(t, "abc", 10);
    test_vfs_watch(look, &self);
    test_rows_close_before_fork(t);
    test_vfs_watch(NULL, NULL);
    assert_true(self.times > 0);
    assert_int_equal(self.times_unlocked, 0);
    assert_int_equal(wfs_file_is_locked(self.lock, WFS_STORE_LOCK_WRITE, 1,
                                        &is_locked, NULL),
                     WFS_OK);
    assert_false(is_locked);
    wfs_file_close(self.lock);
    (void)test_rows_open_in_child(t);
}

static int open_and_close(test_rows *t, int number)
{
    for (int i = 0; i < ROUNDS; i++) {
        char id[] = {'p', (char)('0' + number), (char)('0' + i), '\0'};

        (void)test_rows_open_in_child(t);
        (void)test_rows_begin(t, id, 10);
        t->api->close(t->catalogue);
    }
    return 0;
}

static void processes_that_open_and_close_at_once_all_can(void **state)
{
    test_rows *t = *state;

    test_rows_close_before_fork(t);
    for (int i = 0; i < PROCESSES; i++) {
        pid_t pid = fork();

        assert_true(pid >= 0);
        if (pid == 0) {
            _exit(open_and_close(t, i));
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = 0;

        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    (void)test_rows_open_in_child(t);
    assert_int_equal(test_rows_ask(t, "SELECT count(*) FROM upload"),
                     PROCESSES * ROUNDS);
}

static int register_vfs(void **state)
{
    (void)state;
    test_vfs_register();
    return 0;
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_journal_is_moved_into_the_file_under_the_lock),
        TEST(processes_that_open_and_close_at_once_all_can),
    };

    return cmocka_run_group_tests(tests, register_vfs, NULL);
}
