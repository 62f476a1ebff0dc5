/*
 * What the body of completing says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wf_complete.h"

static wf_complete complete;


static wf_request_status
parse(const char *text)
{
    wf_span span = {text, strlen(text)};

    wf_complete_release(&complete);
    wf_complete_init(&complete);

    return wf_complete_parse_json(&complete, span);
}


static wf_request_status
parse_form(const char *text)
{
    wf_span form = {text, strlen(text)};

    wf_complete_release(&complete);
    wf_complete_init(&complete);

    return wf_complete_parse_form(&complete, form);
}


static int
release(void **state)
{
    (void) state;

    wf_complete_release(&complete);

    return 0;
}


static void
everything_told_is_read(void **state)
{
    wfs_complete_spec spec;

    (void) state;

    assert_int_equal(
        parse("{\"file_id\":\"a\",\"file_name\":\"n\",\"total_chunks\":3,"
              "\"size\":7,\"duration\":1.5,\"timestamp\":-1,\"sha256\":"
              "\"00112233445566778899aabbccddeeff00112233445566778899aabbccdd"
              "eeff\",\"mime_type\":\"audio/x\",\"metadata\":{\"b\":[1, 0.1],"
              "\"a\":\"\\u0000\"}}"),
        WF_REQUEST_OK);

    wf_complete_get_spec(&complete, &spec);
    assert_string_equal(spec.id, "a");
    assert_string_equal(spec.name, "n");
    assert_int_equal(spec.total_chunks, 3);
    assert_int_equal(spec.size_bytes, 7);
    assert_true(spec.has_sha256);
    assert_true(spec.has_duration && spec.duration_seconds == 1.5);
    assert_true(spec.has_timestamp && spec.timestamp_ms == -1);
    assert_string_equal(spec.metadata,
                        "{\"b\":[1,0.10000000000000001],\"a\":\"\\u0000\"}");
}


static void
null_is_as_if_not_there(void **state)
{
    wfs_complete_spec spec;

    (void) state;

    assert_int_equal(parse("{\"session_id\":\"a\",\"file_name\":null,"
                           "\"size\":null,\"metadata\":null}"),
                     WF_REQUEST_OK);

    wf_complete_get_spec(&complete, &spec);
    assert_null(spec.name);
    assert_null(spec.metadata);
    assert_true(spec.size_bytes == WFS_UNKNOWN);
}


static void
other_types_are_malformed(void **state)
{
    static const char *const bad[] = {
        "", "[]", "1", "{", "{\"file_id\":1}", "{\"file_id\":\"a\"} x",
        "{\"file_id\":\"a\",\"size\":\"1\"}",
        "{\"file_id\":\"a\",\"size\":1.0}",
        "{\"file_id\":\"a\",\"metadata\":[]}",
        "{\"file_id\":\"a\",\"metadata\":{\"a\":9223372036854775808}}",
        "{\"file_id\":\"a\",\"file_id\":\"a\"}",
        "{\"file_id\":\"a\",\"file_name\":\"\xff\"}",
    };
    size_t i;

    (void) state;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(parse(bad[i]), WF_REQUEST_MALFORMED);
    }
}


static void
absurd_values_are_invalid(void **state)
{
    (void) state;

    assert_int_equal(parse("{}"), WF_REQUEST_MISSING);
    assert_int_equal(parse("{\"file_id\":\"../x\"}"), WF_REQUEST_INVALID_ID);
    assert_int_equal(parse("{\"file_id\":\"a\",\"size\":-1}"),
                     WF_REQUEST_INVALID);
    assert_int_equal(parse("{\"file_id\":\"a\",\"total_chunks\":0}"),
                     WF_REQUEST_INVALID);
    assert_int_equal(parse("{\"file_id\":\"a\",\"duration\":-0.1}"),
                     WF_REQUEST_INVALID);
    assert_int_equal(parse("{\"file_id\":\"a\",\"sha256\":\"00\"}"),
                     WF_REQUEST_INVALID);
    assert_int_equal(parse("{\"file_id\":\"a\",\"file_name\":\"\\u202e\"}"),
                     WF_REQUEST_INVALID);
}


/* {"file_id":"a","metadata":{"x":[[[...]]]}} with `depth` levels in all. */
static wf_request_status
parse_nested(size_t depth)
{
    char text[256] = "{\"file_id\":\"a\",\"metadata\":{\"x\":";
    size_t i, n = strlen(text);

    for (i = 1; i < depth; i++) {
        text[n++] = '[';
    }

    for (i = 1; i < depth; i++) {
        text[n++] = ']';
    }

    memcpy(text + n, depth == 1 ? "1}}" : "}}", depth == 1 ? 4 : 3);

    return parse(text);
}


static void
metadata_has_a_depth(void **state)
{
    (void) state;

    assert_int_equal(parse_nested(1), WF_REQUEST_OK);
    assert_int_equal(parse_nested(WFS_METADATA_MAX_DEPTH), WF_REQUEST_OK);
    assert_int_equal(parse_nested(WFS_METADATA_MAX_DEPTH + 1),
                     WF_REQUEST_MALFORMED);
}


static void
metadata_has_a_size(void **state)
{
    char *text = malloc(WFS_METADATA_MAX_BYTES + 100);
    size_t n;

    (void) state;

    assert_non_null(text);
    n = (size_t) sprintf(text, "{\"file_id\":\"a\",\"metadata\":{\"x\":\"");
    memset(text + n, 'x', WFS_METADATA_MAX_BYTES - 8);
    memcpy(text + n + WFS_METADATA_MAX_BYTES - 8, "\"}}", 4);
    assert_int_equal(parse(text), WF_REQUEST_OK);

    memcpy(text + n + WFS_METADATA_MAX_BYTES - 8, "x\"}}", 5);
    assert_int_equal(parse(text), WF_REQUEST_TOO_LARGE);

    free(text);
}


static void
a_form_says_the_same(void **state)
{
    (void) state;

    assert_int_equal(parse_form("session_id=a&file_name=x+y&total_chunks=2&"
                                "duration=1.5&metadata=%7B%22a%22%3A1%7D&z=1"),
                     WF_REQUEST_OK);
    assert_string_equal(complete.name, "x y");
    assert_int_equal(complete.total_chunks, 2);
    assert_string_equal(complete.metadata, "{\"a\":1}");

    assert_int_equal(parse_form("file_id=a&metadata=%7B"),
                     WF_REQUEST_MALFORMED);
    assert_int_equal(parse_form("file_id=a&size=x"), WF_REQUEST_MALFORMED);
    assert_int_equal(parse_form("file_id=a&session_id=b"),
                     WF_REQUEST_INVALID_ID);
    assert_int_equal(parse_form("size=1"), WF_REQUEST_MISSING);
}


static bool
get_salvage(void)
{
    wfs_complete_spec spec;

    wf_complete_get_spec(&complete, &spec);

    return spec.salvage;
}


static void
salvaging_is_asked_for_by_true_alone(void **state)
{
    (void) state;

    assert_int_equal(parse("{\"file_id\":\"a\"}"), WF_REQUEST_OK);
    assert_false(get_salvage());
    assert_int_equal(parse("{\"file_id\":\"a\",\"salvage\":true}"),
                     WF_REQUEST_OK);
    assert_true(get_salvage());
    assert_int_equal(parse("{\"file_id\":\"a\",\"salvage\":false}"),
                     WF_REQUEST_OK);
    assert_false(get_salvage());
    assert_int_equal(parse("{\"file_id\":\"a\",\"salvage\":1}"),
                     WF_REQUEST_MALFORMED);
    assert_int_equal(parse("{\"file_id\":\"a\",\"salvage\":\"true\"}"),
                     WF_REQUEST_MALFORMED);

    assert_int_equal(parse_form("file_id=a&salvage=true"), WF_REQUEST_OK);
    assert_true(get_salvage());
    assert_int_equal(parse_form("file_id=a&salvage=yes"),
                     WF_REQUEST_MALFORMED);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_told_is_read),
        cmocka_unit_test(null_is_as_if_not_there),
        cmocka_unit_test(other_types_are_malformed),
        cmocka_unit_test(absurd_values_are_invalid),
        cmocka_unit_test(metadata_has_a_depth),
        cmocka_unit_test(metadata_has_a_size),
        cmocka_unit_test(a_form_says_the_same),
        cmocka_unit_test(salvaging_is_asked_for_by_true_alone),
    };

    return cmocka_run_group_tests(tests, NULL, release);
}
