/*
 * Figures that are written as Prometheus reads them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_metrics.h"


static void
expect(wf_metrics *metrics, const char *expected)
{
    assert_true(wf_metrics_is_whole(metrics));
    assert_int_equal(metrics->length, strlen(expected));
    assert_memory_equal(metrics->text, expected, metrics->length);

    wf_metrics_release(metrics);
    assert_false(wf_metrics_is_whole(metrics));
}


static void
samples_follow_what_their_metric_is(void **state)
{
    wf_metrics metrics = WF_METRICS_INIT;

    (void) state;

    wf_metrics_begin(&metrics, "a_total", "counter", "Of a.");
    wf_metrics_uint(&metrics, 0);
    wf_metrics_begin(&metrics, "nothing", "gauge", "Has no sample.");
    wf_metrics_begin(&metrics, "b", "gauge", "Of b.");
    wf_metrics_label(&metrics, "x", "1");
    wf_metrics_label(&metrics, "y", "2");
    wf_metrics_uint(&metrics, UINT64_MAX);
    wf_metrics_label(&metrics, "x", "3");
    wf_metrics_uint(&metrics, 7);

    expect(&metrics, "# HELP a_total Of a.\n# TYPE a_total counter\n"
                     "a_total 0\n"
                     "# HELP b Of b.\n# TYPE b gauge\n"
                     "b{x=\"1\",y=\"2\"} 18446744073709551615\n"
                     "b{x=\"3\"} 7\n");
}


static void
what_would_end_a_label_is_escaped(void **state)
{
    wf_metrics metrics = WF_METRICS_INIT;

    (void) state;

    wf_metrics_begin(&metrics, "a", "gauge", "A.");
    wf_metrics_label(&metrics, "x", "\"\\\n\xc3\xa4");
    wf_metrics_uint(&metrics, 1);

    expect(&metrics, "# HELP a A.\n# TYPE a gauge\n"
                     "a{x=\"\\\"\\\\\\n\xc3\xa4\"} 1\n");
}


static void
seconds_have_as_many_digits_as_they_need(void **state)
{
    wf_metrics metrics = WF_METRICS_INIT;

    (void) state;

    wf_metrics_begin(&metrics, "a", "gauge", "A.");
    wf_metrics_seconds(&metrics, 0);
    wf_metrics_seconds(&metrics, 1);
    wf_metrics_seconds(&metrics, 250000000);
    wf_metrics_seconds(&metrics, UINT64_C(10000000000));
    wf_metrics_seconds(&metrics, UINT64_C(1705327496123000000));

    expect(&metrics, "# HELP a A.\n# TYPE a gauge\n"
                     "a 0\na 0.000000001\na 0.25\na 10\na 1705327496.123\n");
}


static void
buckets_of_a_histogram_add_up_to_its_count(void **state)
{
    static const uint64_t bounds[] = {1000000, 2500000000};
    static const uint64_t counts[] = {2, 0, 3};
    wf_metrics metrics = WF_METRICS_INIT;

    (void) state;

    wf_metrics_histogram(&metrics, "h_seconds", "H.", bounds, 2, counts,
                         1500000000);

    expect(&metrics, "# HELP h_seconds H.\n# TYPE h_seconds histogram\n"
                     "h_seconds_bucket{le=\"0.001\"} 2\n"
                     "h_seconds_bucket{le=\"2.5\"} 2\n"
                     "h_seconds_bucket{le=\"+Inf\"} 5\n"
                     "h_seconds_sum 1.5\n"
                     "h_seconds_count 5\n");
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_follow_what_their_metric_is),
        cmocka_unit_test(what_would_end_a_label_is_escaped),
        cmocka_unit_test(seconds_have_as_many_digits_as_they_need),
        cmocka_unit_test(buckets_of_a_histogram_add_up_to_its_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
