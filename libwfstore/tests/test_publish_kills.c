/*
 * test_publish_kills.c - processes complete, delete and publish, and are killed
 * at random: metadata.json is whole at any moment, and never behind what one of
 * them was told to be published.
 *
 *     WAVEFORGE_LONG=1    so many kills that it takes minutes
 *     WAVEFORGE_SEED=n    choose as a run did that printed this seed
 */
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/shelf.h"

#define PROCESSES 4
#define EACH 4000
#define KEPT 8 /* of so many one stays, or lists would be long */
#define PAUSE_US 30000

/* What is known of a recording outside of its process. */
enum { UNKNOWN, PUBLISHED, LEAVING, GONE };

/* Shared by all; `begun` is where a process goes on that comes after a killed
 * one. */
typedef struct board {
    atomic_int begun[PROCESSES];
    atomic_char known[PROCESSES][EACH];
} board;

typedef struct world {
    test_shelf *shelf;
    board *board;
    unsigned random;
    pid_t pids[PROCESSES];
} world;

static void write_id(char id[32], int process, int number)
{
    (void)snprintf(id, 32, "p%d-%d", process, number);
}

static wfs_status remove_recording(test_shelf *s, const char *id)
{
    wfs_recording_row row;
    wfs_status status =
        s->rows.api->delete_recording(s->rows.catalogue, id, NULL, &row, NULL);

    if (status == WFS_OK) {
        wfs_recording_release(&row.recording);
        status = wfs_publisher_publish(s->publisher, NULL);
    }
    return status;
}

/* One recording comes, and mostly goes. */
static bool live(world *w, int process, int number)
{
    atomic_char *known = &w->board->known[process][number];
    char id[32];

    write_id(id, process, number);
    atomic_store(&w->board->begun[process], number + 1);
    test_rows_complete(&w->shelf->rows, id, "Take", 10);
    if (wfs_publisher_publish(w->shelf->publisher, NULL) != WFS_OK) {
        return false;
    }
    atomic_store(known, PUBLISHED);
    if (number % KEPT == 0) {
        return true;
    }
    atomic_store(known, LEAVING);
    if (remove_recording(w->shelf, id) != WFS_OK) {
        return false;
    }
    atomic_store(known, GONE);
    return true;
}

/* Until it is killed. */
static int work(world *w, int process)
{
    int number = atomic_load(&w->board->begun[process]);

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    test_shelf_open_in_child(w->shelf);
    for (; number < EACH; number++) {
        if (!live(w, process, number)) {
            return 3;
        }
    }
    for (;;) {
        (void)pause();
    }
}

static void start(world *w, int process)
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        _exit(work(w, process));
    }
    w->pids[process] = pid;
}

static void kill_one(world *w, int process)
{
    int status = 0;

    assert_int_equal(kill(w->pids[process], SIGKILL), 0);
    assert_int_equal(waitpid(w->pids[process], &status, 0), w->pids[process]);
    assert_true(WIFSIGNALED(status)); /* it did not give up by itself */
}

/* Which recordings a text shows, in `there`. */
static void read_ids(const char *text, bool there[PROCESSES][EACH])
{
    static const char key[] = "\"id\":\"";
    int process;
    int number;

    memset(there, 0, sizeof(bool[PROCESSES][EACH]));
    while ((text = strstr(text, key)) != NULL) {
        text += sizeof key - 1;
        assert_int_equal(sscanf(text, "p%d-%d", &process, &number), 2);
        assert_true(process < PROCESSES && number < EACH);
        there[process][number] = true;
    }
}

static void check_one(const char *id, bool is_there, int before, int after)
{
    if (before == PUBLISHED && after == PUBLISHED && !is_there) {
        fail_msg("%s was published and is not there", id);
    }
    if (before == GONE && is_there) {
        fail_msg("%s was deleted, which was published, and is there", id);
    }
}

/* What is known before the list is read has to show in it. */
static void check(world *w)
{
    static bool there[PROCESSES][EACH];
    static board before;
    char *text;

    memcpy(&before, w->board, sizeof before);
    if (faccessat(w->shelf->dir, WFS_PUBLISHED_NAME, F_OK, 0) != 0) {
        return; /* nobody was first yet */
    }
    text = test_shelf_read(w->shelf);
    (void)test_shelf_count_lines(text);
    read_ids(text, there);
    free(text);
    for (int i = 0; i < PROCESSES; i++) {
        for (int n = 0; n < before.begun[i]; n++) {
            char id[32];

            write_id(id, i, n);
            check_one(id, there[i][n], before.known[i][n],
                      atomic_load(&w->board->known[i][n]));
        }
    }
}

/* The first recording of a process stays. On a slow disk all would be killed
 * before there is one. */
static void await_first(const world *w)
{
    for (int i = 0; atomic_load(&w->board->known[i][0]) != PUBLISHED;
         i = (i + 1) % PROCESSES) {
        (void)usleep(1000);
    }
}

/* The next one to publish leaves nothing of those who died. */
static void check_end(world *w)
{
    wfs_totals totals;

    check(w);
    test_shelf_open_again(w->shelf);
    assert_int_equal(wfs_publisher_publish(w->shelf->publisher, NULL), WFS_OK);
    check(w);
    assert_int_equal(
        w->shelf->rows.api->get_totals(w->shelf->rows.catalogue, &totals, NULL),
        WFS_OK);
    assert_int_equal(test_shelf_count(w->shelf), totals.recordings);
    assert_true(totals.recordings > 0);
}

static unsigned get_number(const char *name, unsigned otherwise)
{
    const char *text = getenv(name);

    return text == NULL ? otherwise : (unsigned)strtoul(text, NULL, 10);
}

static void lists_are_whole_and_never_behind_what_was_told(void **state)
{
    const int kills = getenv("WAVEFORGE_LONG") != NULL ? 1000 : 60;
    world w = {.shelf = *state,
               .random = get_number("WAVEFORGE_SEED", (unsigned)time(NULL))};

    print_message("WAVEFORGE_SEED=%u, %d kills\n", w.random, kills);
    w.board = mmap(NULL, sizeof *w.board, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(w.board != MAP_FAILED);
    test_shelf_close_before_fork(w.shelf);
    for (int i = 0; i < PROCESSES; i++) {
        start(&w, i);
    }
    await_first(&w);
    for (int i = 0; i < kills; i++) {
        int process = rand_r(&w.random) % PROCESSES;

        (void)usleep((useconds_t)(rand_r(&w.random) % PAUSE_US));
        check(&w);
        kill_one(&w, process);
        start(&w, process);
    }
    for (int i = 0; i < PROCESSES; i++) {
        kill_one(&w, i);
    }
    check_end(&w);
    assert_int_equal(munmap(w.board, sizeof *w.board), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            lists_are_whole_and_never_behind_what_was_told, test_shelf_setup,
            test_shelf_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
