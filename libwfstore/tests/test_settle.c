/*
 * test_settle.c - a catalogue that is put in its place after a power cut.
 */
#include "support/told.h"

#include <stdio.h>
#include <stdlib.h>

#define ASIDE "damaged-20240115T140456Z"

static int setup(void **state)
{
    int result = test_store_setup(state);

    if (result == 0) {
        test_add_recording(*state, "one", 3000);
    }
    return result;
}

static void run(const test_store *self, const char *command)
{
    char line[1024];

    (void)snprintf(line, sizeof line, "cd '%s/.wfstore' && %s", self->path,
                   command);
    assert_int_equal(system(line), 0); /* NOLINT(cert-env33-c) */
}

static void reopen(test_store *self)
{
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
}

/* The rename came to the disk in one folder, and in the other one not. */
static void one_that_has_both_its_names_replaces_nothing_again(void **state)
{
    test_store *self = *state;
    wfs_recording recording;

    wfs_store_close(self->store);
    run(self, "mkdir rebuilt && ln catalog.sqlite3 rebuilt/catalog.sqlite3 &&"
              " printf " ASIDE " >rebuilt/aside &&"
              " echo old >catalog.sqlite3." ASIDE);
    reopen(self);
    run(self, "test ! -e rebuilt && echo old | cmp - catalog.sqlite3." ASIDE);
    assert_status(wfs_recording_get(self->store, "one", &recording, NULL),
                  WFS_OK);
    wfs_recording_release(&recording);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_that_has_both_its_names_replaces_nothing_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
