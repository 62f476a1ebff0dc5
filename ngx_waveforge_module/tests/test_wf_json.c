/*
 * JSON that is written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_json.h"
#include "wfstore/types.h"


static void
json_is_written_with_commas_and_escapes(void **state)
{
    static const char expected[] =
        "{\"a\":\"\\\"\\\\\\u0001\xc3\xa4\",\"b\":[1,-2,null,[]],\"c\":null,"
        "\"d\":true,\"e\":{}}";
    wf_json json = WF_JSON_INIT;

    (void) state;

    wf_json_begin(&json, '{');
    wf_json_put_string(&json, "a", "\"\\\x01\xc3\xa4");
    wf_json_key(&json, "b");
    wf_json_begin(&json, '[');
    wf_json_uint(&json, 1);
    wf_json_int(&json, -2);
    wf_json_null(&json);
    wf_json_begin(&json, '[');
    wf_json_end(&json, ']');
    wf_json_end(&json, ']');
    wf_json_put_known(&json, "c", WFS_UNKNOWN);
    wf_json_key(&json, "d");
    wf_json_bool(&json, true);
    wf_json_key(&json, "e");
    wf_json_begin(&json, '{');
    wf_json_end(&json, '}');
    wf_json_end(&json, '}');

    assert_true(wf_json_is_whole(&json));
    assert_int_equal(json.length, strlen(expected));
    assert_memory_equal(json.text, expected, json.length);

    wf_json_release(&json);
    assert_false(wf_json_is_whole(&json));
}


static void
a_string_that_is_not_known_is_null(void **state)
{
    static const char expected[] = "{\"a\":null,\"b\":null,\"c\":\"x\"}";
    wf_json json = WF_JSON_INIT;

    (void) state;

    wf_json_begin(&json, '{');
    wf_json_put_known_string(&json, "a", NULL);
    wf_json_put_known_string(&json, "b", "");
    wf_json_put_known_string(&json, "c", "x");
    wf_json_end(&json, '}');

    assert_int_equal(json.length, strlen(expected));
    assert_memory_equal(json.text, expected, json.length);

    wf_json_release(&json);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_written_with_commas_and_escapes),
        cmocka_unit_test(a_string_that_is_not_known_is_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
