/*
 * What a member of a JSON body says, of the right type or not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "wf_value.h"


static void *
find_no_memory(size_t size)
{
    (void) size;

    return NULL;
}


static void
metadata_without_memory_for_them_are_refused(void **state)
{
    const char        *json = "{\"a\":1}";
    wf_value          *value = wf_value_parse((wf_span) {json, strlen(json)});
    char              *text = NULL;
    size_t             length = 0;
    wf_request_status  status;

    (void) state;

    json_set_alloc_funcs(find_no_memory, free);
    status = wf_value_read_metadata(value, &text, &length);
    json_set_alloc_funcs(malloc, free);

    assert_int_equal(status, WF_REQUEST_MALFORMED);
    assert_null(text);

    assert_int_equal(wf_value_read_metadata(value, &text, &length),
                     WF_REQUEST_OK);
    assert_string_equal(text, json);
    assert_int_equal(length, strlen(json));

    free(text);
    wf_value_close(value);
}


static wf_request_status
read_seconds(const char *json, double *seconds)
{
    wf_value          *value = wf_value_parse((wf_span) {json, strlen(json)});
    wf_request_status  status = wf_value_read_seconds(value, seconds);

    wf_value_close(value);

    return status;
}


static void
seconds_are_a_number(void **state)
{
    double  seconds = -1;

    (void) state;

    assert_int_equal(read_seconds("\"1\"", &seconds), WF_REQUEST_MALFORMED);
    assert_int_equal(read_seconds("true", &seconds), WF_REQUEST_MALFORMED);
    assert_int_equal(read_seconds("-1", &seconds), WF_REQUEST_INVALID);
    assert_true(seconds == -1);

    assert_int_equal(read_seconds("2", &seconds), WF_REQUEST_OK);
    assert_true(seconds == 2);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seconds_are_a_number),
        cmocka_unit_test(metadata_without_memory_for_them_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
