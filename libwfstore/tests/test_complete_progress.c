/*
 * test_complete_progress.c - completing that takes its time tells how far it
 * is, and can be given up.
 */
#include "complete.h"
#include "support/completers.h"

static void assert_told_to_the_end(const test_completer *completer)
{
    assert_status(completer->status, WFS_OK);
    assert_false(completer->goes_back);
    assert_true(completer->calls >= 3);
    assert_int_equal(completer->done, TEST_COMPLETERS_SIZE);
    assert_int_equal(completer->total, TEST_COMPLETERS_SIZE);
}

static void progress_comes_to_its_end(void **state)
{
    const test_store *self = *state;
    test_completer only = test_completers_make(self->store);

    test_completers_send(self->store);
    test_completers_run(&only);
    assert_told_to_the_end(&only);
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

/* What was digested in step is digested again, once it is mended. */
static void salvaging_comes_to_its_end_from_nothing(void **state)
{
    const test_store *self = *state;
    test_completer only = test_completers_make(self->store);
    wfs_chunk_spec spec = test_chunk_spec("long", 0);

    spec.total_chunks = 2;
    test_send_ok(self->store, &spec, test_completers_audio,
                 TEST_COMPLETERS_SIZE);
    only.salvages = true;
    test_completers_run(&only);
    assert_told_to_the_end(&only);
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

/* What was digested before counts as done, unless a head is to come first. */
static void a_repeat_tells_what_it_goes_on_from(void **state)
{
    const test_store *self = *state;
    const wfs_complete_spec spec = test_complete_spec("long");
    wfs_upload_row row = {.chunk_size = WFS_UNKNOWN,
                          .contiguous_bytes = 100,
                          .placed_bytes = 60,
                          .received_bytes = 100,
                          .prefix_bytes = 50};
    uint64_t done = 0;

    assert_int_equal(wfs_complete_count(self->store, &spec, &row, &done), 140);
    assert_int_equal(done, 50);
    row.is_salvaged = true;
    assert_int_equal(wfs_complete_count(self->store, &spec, &row, &done), 190);
    assert_int_equal(done, 0);
    row.is_salvaged = false;
    row.head_bytes = 10;
    assert_int_equal(wfs_complete_count(self->store, &spec, &row, &done), 140);
    assert_int_equal(done, 0);
    row.chunk_size = 10;
    assert_int_equal(wfs_complete_count(self->store, &spec, &row, &done), 100);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_completers_setup,               \
                                    test_completers_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(progress_comes_to_its_end),
        ON_STORE(what_is_in_step_takes_no_work),
        ON_STORE(salvaging_comes_to_its_end_from_nothing),
        ON_STORE(giving_up_leaves_the_upload_as_it_was),
        ON_STORE(a_repeat_tells_what_it_goes_on_from),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
