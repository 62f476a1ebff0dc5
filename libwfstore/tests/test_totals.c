/*
 * test_totals.c - totals that are kept, against counting.
 */
#include <stdio.h>
#include <stdlib.h>

#include "support/rows.h"

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
        (void)t->api->delete_recording(t->catalogue, id, NULL, &gone, NULL);
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
    test_rows_check_totals(*state);
    assert_true(test_rows_ask(*state, "SELECT recordings FROM totals") > 0);
    assert_true(test_rows_ask(*state, "SELECT uploads FROM totals") > 0);
    assert_true(test_rows_ask(*state, "SELECT count(*) FROM gone") > 0);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(totals_are_what_counting_would_tell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
