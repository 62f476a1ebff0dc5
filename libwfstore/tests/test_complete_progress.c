/*
 * test_complete_progress.c - completing that takes its time tells how far it
 * is, and can be given up.
 */
#include "support/completers.h"

static void progress_comes_to_its_end(void **state)
{
    const test_store *self = *state;
    test_completer only = test_completers_make(self->store);

    test_completers_send(self->store);
    test_completers_run(&only);
    assert_status(only.status, WFS_OK);
    assert_false(only.goes_back);
    assert_true(only.calls >= 3);
    assert_int_equal(only.done, TEST_COMPLETERS_SIZE);
    assert_int_equal(only.total, TEST_COMPLETERS_SIZE);
    test_expect_recording(self, "long", test_completers_audio,
                          TEST_COMPLETERS_SIZE);
}

static void what_is_in_step_takes_no_work(void **state)
{
    const test_store *self = *state;
    test_completer only = test_completers_make(self->store);
    wfs_chunk_spec spec = test_chunk_spec("long", 0);

    spec.total_chunks = 1;
    test_send_ok(self->store, &spec, test_completers_audio,
                 TEST_COMPLETERS_SIZE);
    test_completers_run(&only);
    assert_status(only.status, WFS_OK);
    assert_int_equal(only.calls, 0);
    test_expect_recording(self, "long", test_completers_audio,
                          TEST_COMPLETERS_SIZE);
}

static void giving_up_leaves_the_upload_as_it_was(void **state)
{
    const test_store *self = *state;
    test_completer only = test_completers_make(self->store);
    wfs_upload_info info;

    test_completers_send(self->store);
    only.gives_up_at = 2;
    test_completers_run(&only);
    assert_status(only.status, WFS_ECANCELED);
    assert_int_equal(only.calls, 2);
    assert_status(wfs_upload_get(self->store, "long", false, &info, NULL),
                  WFS_OK);
    assert_int_equal(info.received_bytes, TEST_COMPLETERS_SIZE);
    wfs_upload_info_release(&info);
    only = test_completers_make(self->store);
    test_completers_run(&only);
    assert_status(only.status, WFS_OK);
    test_expect_recording(self, "long", test_completers_audio,
                          TEST_COMPLETERS_SIZE);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_completers_setup,               \
                                    test_completers_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(progress_comes_to_its_end),
        ON_STORE(what_is_in_step_takes_no_work),
        ON_STORE(giving_up_leaves_the_upload_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
