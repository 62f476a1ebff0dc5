/*
 * test_live.c - slots of what is in flight: found, stopped, and never taken for
 * what they are not.
 *
 * A second wfs_live on the same folder stands for another process: its file is
 * opened apart, and only that counts. Where a process has to die there is one.
 */
#include "support/store.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "live.h"

#define ROW 7
#define THREADS 4
#define ROUNDS 300

typedef struct pair {
    char folder[TEST_PATH_BYTES];
    char path[2 * TEST_PATH_BYTES];
    int dir;
    wfs_live *here;
    wfs_live *there;
} pair;

static int setup(void **state)
{
    pair *self = calloc(1, sizeof(*self));
    const char *base = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";

    assert_non_null(self);
    snprintf(self->folder, sizeof(self->folder), "%s/wfs-live-XXXXXX", base);
    assert_non_null(mkdtemp(self->folder));
    snprintf(self->path, sizeof(self->path), "%s/live", self->folder);
    self->dir = open(self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(self->dir >= 0);
    assert_status(wfs_live_open(self->dir, &self->here, NULL), WFS_OK);
    assert_status(wfs_live_open(self->dir, &self->there, NULL), WFS_OK);
    *state = self;
    return 0;
}

static int teardown(void **state)
{
    pair *self = *state;

    wfs_live_close(self->here);
    wfs_live_close(self->there);
    close(self->dir);
    if (unlink(self->path) != 0) {
        rmdir(self->path);
    }
    rmdir(self->folder);
    free(self);
    return 0;
}

static bool is_found(wfs_live *live, uint64_t index)
{
    uint64_t progress;

    return wfs_live_find(live, ROW, index, &progress);
}

static size_t stop(wfs_live *live, uint64_t index, uint64_t idle_ms,
                   wfs_live_reason reason)
{
    wfs_live_aim aim = {ROW, index, index, idle_ms};

    return wfs_live_stop(live, &aim, reason).stopped;
}

/* Looking is done now and then only; this one is done for certain. */
static void look(wfs_live *live)
{
    usleep((WFS_LIVE_LOOK_MS + 1) * 1000);
    wfs_live_look(live);
}

static void scribble(const pair *self, const void *bytes, size_t length,
                     off_t offset)
{
    int fd = open(self->path, O_WRONLY | O_CLOEXEC);

    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, length, offset), length);
    close(fd);
}

static wfs_live_entry read_entry(const pair *self, off_t offset)
{
    wfs_live_entry entry;
    int fd = open(self->path, O_RDONLY | O_CLOEXEC);

    memset(&entry, 0, sizeof(entry));
    assert_true(fd >= 0);
    assert_true(pread(fd, &entry, sizeof(entry), offset) > 0);
    close(fd);
    return entry;
}

static void a_slot_is_found_while_it_is_held(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, ROW, 3);
    assert_true(wfs_live_is_held(self->here));
    assert_true(is_found(self->here, 3));
    assert_true(is_found(self->there, 3));
    assert_false(is_found(self->there, 4));
    wfs_live_release(&slot);
    assert_false(wfs_live_is_held(self->here));
    assert_false(is_found(self->here, 3));
    assert_false(is_found(self->there, 3));
    wfs_live_release(&slot);
}

static void a_stop_reaches_the_owner(void **state)
{
    static const struct {
        wfs_live_reason reason;
        wfs_status status;
    } cases[] = {{WFS_LIVE_TAKEN_OVER, WFS_EBUSY},
                 {WFS_LIVE_DELETED, WFS_EGONE},
                 {WFS_LIVE_COMPLETED, WFS_ECOMPLETE}};
    pair *self = *state;
    wfs_live_slot slot;

    for (size_t i = 0; i < 3; i++) {
        wfs_live_claim(self->here, &slot, ROW, i);
        assert_status(wfs_live_get_stop(&slot), WFS_OK);
        assert_int_equal(stop(self->here, i, 0, cases[i].reason), 1);
        assert_status(wfs_live_get_stop(&slot), cases[i].status);
        wfs_live_release(&slot);
    }
    for (size_t i = 0; i < 3; i++) {
        wfs_live_claim(self->here, &slot, ROW, i);
        assert_int_equal(stop(self->there, i, 0, cases[i].reason), 1);
        look(self->here);
        assert_status(wfs_live_get_stop(&slot), cases[i].status);
        wfs_live_release(&slot);
    }
}

static void the_first_stop_counts(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, ROW, 0);
    stop(self->here, 0, 0, WFS_LIVE_DELETED);
    stop(self->here, 0, 0, WFS_LIVE_COMPLETED);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    assert_status(wfs_live_seal(&slot), WFS_EGONE);
    wfs_live_release(&slot);
}

static void a_sealed_slot_goes_on(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, ROW, 0);
    assert_status(wfs_live_seal(&slot), WFS_OK);
    stop(self->here, 0, 0, WFS_LIVE_DELETED);
    stop(self->there, 0, 0, WFS_LIVE_DELETED);
    look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    assert_status(wfs_live_seal(&slot), WFS_OK);
    wfs_live_release(&slot);
}

static void only_those_meant_are_stopped(void **state)
{
    pair *self = *state;
    wfs_live_aim aim = {ROW, 1, 2, 0};
    wfs_live_slot slots[4];
    wfs_live_slot other;

    for (uint64_t i = 0; i < 4; i++) {
        wfs_live_claim(self->here, &slots[i], ROW, i);
    }
    wfs_live_claim(self->here, &other, ROW + 1, 1);
    assert_int_equal(wfs_live_stop(self->there, &aim, WFS_LIVE_DELETED).stopped,
                     2);
    look(self->here);
    assert_status(wfs_live_get_stop(&slots[0]), WFS_OK);
    assert_status(wfs_live_get_stop(&slots[1]), WFS_EGONE);
    assert_status(wfs_live_get_stop(&slots[2]), WFS_EGONE);
    assert_status(wfs_live_get_stop(&slots[3]), WFS_OK);
    assert_status(wfs_live_get_stop(&other), WFS_OK);
    for (size_t i = 0; i < 4; i++) {
        wfs_live_release(&slots[i]);
    }
    wfs_live_release(&other);
}

static void a_late_stop_does_not_hit_the_next_in_the_slot(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;
    wfs_live_entry before;
    int fd;

    wfs_live_claim(self->here, &slot, ROW, 0);
    before = read_entry(self, 0);
    wfs_live_release(&slot);
    wfs_live_claim(self->here, &slot, ROW, 0);
    fd = open(self->path, O_RDWR | O_CLOEXEC);
    assert_status(
        wfs_live_file_stop(fd, 0, 0, before.sequence, WFS_LIVE_DELETED),
        WFS_OK);
    look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    assert_status(wfs_live_file_stop(fd, 0, 0, read_entry(self, 0).sequence,
                                     WFS_LIVE_DELETED),
                  WFS_OK);
    look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    close(fd);
    wfs_live_release(&slot);
}

static void who_has_just_received_something_is_spared(void **state)
{
    const uint64_t hour_ms = 3600000;
    pair *self = *state;
    wfs_live_aim aim = {ROW, 0, 0, hour_ms};
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, ROW, 0);
    assert_int_equal(
        wfs_live_stop(self->here, &aim, WFS_LIVE_TAKEN_OVER).spared, 1);
    assert_int_equal(
        wfs_live_stop(self->there, &aim, WFS_LIVE_TAKEN_OVER).spared, 1);
    look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    atomic_fetch_sub(&slot.touched_ms, (long long)hour_ms);
    look(self->here);
    assert_int_equal(stop(self->there, 0, hour_ms, WFS_LIVE_TAKEN_OVER), 1);
    look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_EBUSY);
    wfs_live_release(&slot);
}

static void a_touch_is_told_to_others(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;
    int64_t first_ms;

    wfs_live_claim(self->here, &slot, ROW, 0);
    first_ms = read_entry(self, 0).last_ms;
    while (read_entry(self, 0).last_ms <= first_ms) {
        wfs_live_touch(&slot);
        look(self->here);
    }
    wfs_live_release(&slot);
}

static void progress_is_told_to_others(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;
    uint64_t progress = 1;

    wfs_live_claim(self->here, &slot, ROW, WFS_LIVE_COMPLETING);
    assert_true(
        wfs_live_find(self->there, ROW, WFS_LIVE_COMPLETING, &progress));
    assert_int_equal(progress, 0);
    wfs_live_set_progress(&slot, 25, 100);
    look(self->here);
    assert_true(
        wfs_live_find(self->there, ROW, WFS_LIVE_COMPLETING, &progress));
    assert_int_equal(progress, 65536 / 4);
    wfs_live_release(&slot);
}

/* A child that holds slot 0 of the row until it is killed. */
static pid_t fork_holder(const pair *self)
{
    int ready[2];
    char byte;
    pid_t pid;

    assert_int_equal(pipe(ready), 0);
    pid = fork();
    if (pid == 0) {
        wfs_live *live = NULL;
        wfs_live_slot slot;

        wfs_live_open(self->dir, &live, NULL);
        wfs_live_claim(live, &slot, ROW, 0);
        if (write(ready[1], "x", 1) != 1) {
            _exit(1);
        }
        for (;;) {
            pause();
        }
    }
    assert_true(pid > 0);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return pid;
}

static void what_a_killed_process_left_is_of_no_account(void **state)
{
    pair *self = *state;
    pid_t pid = fork_holder(self);
    wfs_live_slot slot;

    assert_true(is_found(self->here, 0));
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_int_equal(read_entry(self, 0).row, ROW);
    assert_false(is_found(self->here, 0));
    assert_int_equal(stop(self->here, 0, 0, WFS_LIVE_DELETED), 0);
    wfs_live_claim(self->here, &slot, ROW, 1);
    assert_int_equal(read_entry(self, 0).index, 1);
    wfs_live_release(&slot);
}

static void a_page_belongs_to_one_process(void **state)
{
    pair *self = *state;
    wfs_live_slot here;
    wfs_live_slot there;

    wfs_live_claim(self->here, &here, ROW, 0);
    wfs_live_claim(self->there, &there, ROW, 1);
    assert_true(is_found(self->here, 1));
    assert_true(is_found(self->there, 0));
    assert_int_equal(
        read_entry(self, WFS_LIVE_PAGE_SLOTS * sizeof(wfs_live_entry)).index,
        1);
    wfs_live_release(&here);
    wfs_live_release(&there);
}

static void many_slots_fill_many_pages(void **state)
{
    enum { COUNT = 3 * WFS_LIVE_PAGE_SLOTS + 1 };
    pair *self = *state;
    wfs_live_aim aim = {ROW, 0, COUNT, 0};
    wfs_live_slot *slots = calloc(COUNT, sizeof(*slots));
    wfs_live_slot other;

    assert_non_null(slots);
    wfs_live_claim(self->there, &other, ROW + 1, 0);
    for (uint64_t i = 0; i < COUNT; i++) {
        wfs_live_claim(self->here, &slots[i], ROW, i);
    }
    assert_int_equal(wfs_live_stop(self->there, &aim, WFS_LIVE_DELETED).stopped,
                     COUNT);
    look(self->here);
    for (size_t i = 0; i < COUNT; i++) {
        assert_status(wfs_live_get_stop(&slots[i]), WFS_EGONE);
        wfs_live_release(&slots[i]);
    }
    for (uint64_t i = 0; i < COUNT; i++) {
        assert_false(is_found(self->there, i));
    }
    wfs_live_release(&other);
    free(slots);
}

/* Whatever the file holds: a slot is told only if it was written whole. */
static void garbage_is_no_slot(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;
    wfs_live_entry whole = wfs_live_entry_make(ROW, 5, 99);
    wfs_live_entry torn = whole;
    unsigned char noise[8192];

    for (size_t i = 0; i < sizeof(noise); i++) {
        noise[i] = (unsigned char)(rand() >> 5);
    }
    wfs_live_claim(self->here, &slot, ROW, 0);
    scribble(self, noise, sizeof(noise), 0);
    for (uint64_t i = 0; i < 10; i++) {
        assert_false(is_found(self->there, i));
    }
    torn.index = 6; /* the new index, the check of the old one */
    scribble(self, &torn, sizeof(torn), 10 * sizeof(torn));
    assert_false(is_found(self->there, 6));
    scribble(self, &whole, sizeof(whole), 10 * sizeof(whole));
    assert_true(is_found(self->there, 5));
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    wfs_live_release(&slot);
}

static void garbage_stops_nobody(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;
    wfs_live_entry entry;

    wfs_live_claim(self->here, &slot, ROW, 0);
    entry = read_entry(self, 0);
    entry.stop = entry.sequence << 3 | 7; /* a reason there is not */
    scribble(self, &entry, sizeof(entry), 0);
    look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    entry.stop = UINT64_MAX;
    scribble(self, &entry, sizeof(entry), 0);
    look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    wfs_live_release(&slot);
}

static void expect_back(pair *self)
{
    assert_false(is_found(self->there, 0));
    look(self->here);
    assert_true(is_found(self->there, 0));
    assert_int_equal(stop(self->there, 0, 0, WFS_LIVE_DELETED), 1);
    look(self->here);
}

static void an_owner_mends_what_is_overwritten(void **state)
{
    pair *self = *state;
    wfs_live_entry other = wfs_live_entry_make(ROW, 9, 1);
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, ROW, 0);
    scribble(self, &other, sizeof(other), 0);
    expect_back(self);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    wfs_live_release(&slot);
}

static void a_file_cut_off_kills_nobody(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, ROW, 0);
    for (off_t size = 63; size >= 0; size -= 21) {
        assert_int_equal(truncate(self->path, size), 0);
        assert_status(wfs_live_get_stop(&slot), WFS_OK);
        (void)is_found(self->there, 0);
    }
    expect_back(self);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    wfs_live_release(&slot);
}

static void a_file_that_is_removed_is_made_anew(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, ROW, 0);
    assert_true(is_found(self->there, 0));
    assert_int_equal(unlink(self->path), 0);
    expect_back(self);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    wfs_live_release(&slot);
    assert_false(is_found(self->there, 0));
}

static void without_a_file_this_process_knows_its_own(void **state)
{
    pair *self = *state;
    wfs_live_slot slot;

    assert_int_equal(mkdir(self->path, 0755), 0);
    wfs_live_claim(self->here, &slot, ROW, 0);
    assert_true(is_found(self->here, 0));
    assert_false(is_found(self->there, 0));
    look(self->here);
    assert_int_equal(rmdir(self->path), 0);
    expect_back(self);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    wfs_live_release(&slot);
}

static void no_more_pages_than_the_file_may_have(void **state)
{
    pair *self = *state;
    size_t page = 0;
    int fd = -1;

    assert_status(wfs_live_file_open(self->dir, &fd), WFS_OK);
    assert_status(wfs_live_file_take_page(fd, WFS_LIVE_PAGES_MAX - 1, &page),
                  WFS_OK);
    assert_int_equal(page, WFS_LIVE_PAGES_MAX - 1);
    assert_status(wfs_live_file_take_page(fd, WFS_LIVE_PAGES_MAX, &page),
                  WFS_EBUSY);
    close(fd);
}

/* Every index belongs to one thread, so nobody is stopped but by itself. */
static void *hammer(void *data)
{
    wfs_live *live = *(wfs_live **)data;
    uint64_t index = (uint64_t)(uintptr_t)data / sizeof(void *);
    wfs_live_slot slot;
    size_t wrong = 0;

    for (int i = 0; i < ROUNDS; i++) {
        wfs_live_claim(live, &slot, ROW, index);
        wfs_live_touch(&slot);
        wfs_live_look(live);
        wrong += wfs_live_get_stop(&slot) == WFS_OK ? 0 : 1;
        wrong += is_found(live, index) ? 0 : 1;
        if (i % 3 == 0) {
            stop(live, index, 0, WFS_LIVE_DELETED);
            wrong += wfs_live_get_stop(&slot) == WFS_EGONE ? 0 : 1;
        }
        wfs_live_release(&slot);
        wrong += is_found(live, index) ? 1 : 0;
    }
    return (void *)(uintptr_t)wrong;
}

static void threads_and_files_do_not_disturb_each_other(void **state)
{
    pair *self = *state;
    wfs_live *lives[THREADS] = {self->here, self->there, self->here,
                                self->there};
    pthread_t threads[THREADS];

    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, hammer, &lives[i]),
                         0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong = NULL;

        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
}

#define ON_PAIR(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_PAIR(a_slot_is_found_while_it_is_held),
        ON_PAIR(a_stop_reaches_the_owner),
        ON_PAIR(the_first_stop_counts),
        ON_PAIR(a_sealed_slot_goes_on),
        ON_PAIR(only_those_meant_are_stopped),
        ON_PAIR(a_late_stop_does_not_hit_the_next_in_the_slot),
        ON_PAIR(who_has_just_received_something_is_spared),
        ON_PAIR(a_touch_is_told_to_others),
        ON_PAIR(progress_is_told_to_others),
        ON_PAIR(what_a_killed_process_left_is_of_no_account),
        ON_PAIR(a_page_belongs_to_one_process),
        ON_PAIR(many_slots_fill_many_pages),
        ON_PAIR(garbage_is_no_slot),
        ON_PAIR(garbage_stops_nobody),
        ON_PAIR(an_owner_mends_what_is_overwritten),
        ON_PAIR(a_file_cut_off_kills_nobody),
        ON_PAIR(a_file_that_is_removed_is_made_anew),
        ON_PAIR(without_a_file_this_process_knows_its_own),
        ON_PAIR(no_more_pages_than_the_file_may_have),
        ON_PAIR(threads_and_files_do_not_disturb_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
