/*
 * test_model.c - eight processes do random things to one store and are killed
 * at random; what was acknowledged is there, what was never attempted is not
 * (support/model.h).
 *
 *     WAVEFORGE_SEED=n    do what a run did that printed this seed, as far as
 *                         the kernel's scheduling lets it be repeated
 *     WAVEFORGE_ROUNDS=n  as many kills; 60, or 10,000 with WAVEFORGE_LONG=1
 */
#include "support/model.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

#define PROCESSES 8
#define EACH 15    /* so many kills, then all die at once, and we look */
#define RECENT 200 /* at so many takes; now and then and at the end at all */

typedef struct world {
    const test_store *at;
    model *model;
    pid_t children[PROCESSES];
    unsigned seed;
    unsigned born;
} world;

static unsigned get_number(const char *name, unsigned otherwise)
{
    const char *text = getenv(name);

    return text == NULL ? otherwise : (unsigned)strtoul(text, NULL, 10);
}

/* In a child: until it is killed. */
static void live(const world *w, unsigned seed)
{
    wfs_store *store = NULL;
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_store_open(w->at->path, NULL, &store, &error) != WFS_OK) {
        fprintf(stderr, "opening: %s %s\n", wfs_status_name(error.status),
                error.detail);
        _exit(1);
    }
    for (;;) {
        model_act(w->model, store, &seed);
    }
}

static void give_birth(world *w, size_t i)
{
    w->born++;
    w->children[i] = fork();
    assert_true(w->children[i] >= 0);
    if (w->children[i] == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* this test may be killed */
        live(w, w->seed * 1000003u + w->born);
    }
}

/* Returns whether it lived until then. */
static bool end_one(world *w, size_t i)
{
    pid_t child = w->children[i];
    int result = 0;

    if (child == 0) {
        return true;
    }
    w->children[i] = 0;
    kill(child, SIGKILL);
    return waitpid(child, &result, 0) == child && WIFSIGNALED(result) &&
           WTERMSIG(result) == SIGKILL;
}

static void kill_one(world *w, size_t i)
{
    if (end_one(w, i)) {
        return;
    }
    for (size_t j = 0; j < PROCESSES; j++) {
        (void)end_one(w, j);
    }
    fail_msg("a process found something wrong; seed %u", w->seed);
}

static void look(const world *w, unsigned first)
{
    wfs_store *store = NULL;
    unsigned end = atomic_load(&w->model->first) + MODEL_WINDOW + 1;

    MODEL_CHECK(wfs_store_open(w->at->path, NULL, &store, NULL) == WFS_OK, 0,
                "opening");
    for (unsigned i = first; i < end; i++) {
        model_check_take(w->model, store, i);
        model_check_bytes(w->model, store, i);
    }
    model_check_list(w->model, store, w->born);
    wfs_store_close(store);
}

/* In a process of its own: it may end itself. */
static void look_at_takes(const world *w, bool all)
{
    unsigned end = atomic_load(&w->model->first);
    int result = -1;
    pid_t child = fork();

    if (child == 0) {
        look(w, all || end < RECENT ? 0 : end - RECENT);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    if (result != 0) {
        fail_msg("the store is not what it was; seed %u", w->seed);
    }
}

static void pause_up_to(unsigned us)
{
    const struct timespec time = {0, (long)us * 1000};

    nanosleep(&time, NULL);
}

static void run_round(world *w, unsigned round, unsigned *random)
{
    size_t victim = (size_t)rand_r(random) % PROCESSES;

    pause_up_to((unsigned)rand_r(random) % 20000);
    if (round % EACH != 0) {
        kill_one(w, victim);
        give_birth(w, victim);
        return;
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        kill_one(w, i);
    }
    look_at_takes(w, round % (EACH * 40) == 0);
    for (size_t i = 0; i < PROCESSES; i++) {
        give_birth(w, i);
    }
}

static void nothing_acknowledged_is_lost_whoever_is_killed(void **state)
{
    test_store *self = *state;
    bool is_long = getenv("WAVEFORGE_LONG") != NULL;
    unsigned rounds = get_number("WAVEFORGE_ROUNDS", is_long ? 10000 : 60);
    world w = {.at = self, .model = model_open()};
    unsigned random;

    assert_non_null(w.model);
    wfs_store_close(self->store); /* nothing is open across a fork */
    self->store = NULL;
    w.seed = get_number("WAVEFORGE_SEED", (unsigned)time(NULL));
    random = w.seed;
    print_message("WAVEFORGE_SEED=%u WAVEFORGE_ROUNDS=%u\n", w.seed, rounds);
    for (size_t i = 0; i < PROCESSES; i++) {
        give_birth(&w, i);
    }
    for (unsigned round = 1; round <= rounds; round++) {
        run_round(&w, round, &random);
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        kill_one(&w, i);
    }
    look_at_takes(&w, true);
    print_message("takes: %u\n", atomic_load(&w.model->first) + MODEL_WINDOW);
    model_close(w.model);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(nothing_acknowledged_is_lost_whoever_is_killed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
