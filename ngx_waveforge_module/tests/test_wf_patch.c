/*
 * What the body of a patch says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_patch.h"

static wf_patch patch;


static wf_request_status
parse_patch(const char *text)
{
    wf_span span = {text, strlen(text)};

    wf_patch_release(&patch);

    return wf_patch_parse(&patch, span);
}


static int
release(void **state)
{
    (void) state;

    wf_patch_release(&patch);

    return 0;
}


static void
a_patch_changes_name_and_metadata_only(void **state)
{
    (void) state;

    assert_int_equal(parse_patch("{\"name\":\"x\",\"metadata\":{\"a\":null}}"),
                     WF_REQUEST_OK);
    assert_true(patch.has_name);
    assert_string_equal(patch.metadata, "{\"a\":null}");

    assert_int_equal(parse_patch("{}"), WF_REQUEST_OK);
    assert_false(patch.has_name);

    assert_int_equal(parse_patch("{\"metadata\":null}"), WF_REQUEST_OK);
    assert_true(patch.removes_metadata);

    assert_int_equal(parse_patch("{\"name\":null}"), WF_REQUEST_INVALID);
    assert_int_equal(parse_patch("{\"name\":\"\"}"), WF_REQUEST_INVALID);
    assert_int_equal(parse_patch("{\"id\":\"x\"}"), WF_REQUEST_INVALID);
    assert_int_equal(parse_patch("{\"name\":1}"), WF_REQUEST_MALFORMED);
    assert_int_equal(parse_patch("{\"metadata\":1}"), WF_REQUEST_MALFORMED);
    assert_int_equal(parse_patch("null"), WF_REQUEST_MALFORMED);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_patch_changes_name_and_metadata_only),
    };

    return cmocka_run_group_tests(tests, NULL, release);
}
