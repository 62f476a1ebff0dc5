/*
 * test_webm_cues.c - an index of a WebM stays small.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "salvage.h"
#include "webm_cues.h"

static void thins_cues_out_when_there_are_too_many(void **state)
{
    const uint64_t clusters = 24 * 3600;
    webm_cues cues;
    size_t length = 0;
    uint8_t *bytes;

    (void)state;
    assert_true(webm_cues_open(&cues, 1000000));
    for (uint64_t i = 0; i < clusters; i++) {
        webm_cues_add(&cues, i * 1000, i * 8000);
    }
    assert_true(cues.count <= WFS_SALVAGE_CUES_MAX);
    assert_int_equal(cues.gap_ticks, 10000);
    for (size_t i = 0; i < cues.count; i++) {
        assert_int_equal(cues.points[i].ticks, i * 10000);
        assert_int_equal(cues.points[i].position, i * 80000);
    }
    assert_int_equal(cues.count, clusters / 10);
    bytes = webm_cues_encode(&cues, 1, &length);
    assert_non_null(bytes);
    assert_true(length < 200000);
    free(bytes);
    webm_cues_close(&cues);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thins_cues_out_when_there_are_too_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
