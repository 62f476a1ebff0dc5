/* test_json.c - user metadata: checked, compacted, merged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json.h"

static void expect(const char *text, const char *compact)
{
    char *got;

    assert_int_equal(wfs_json_compact_metadata(text, strlen(text), &got, NULL),
                     WFS_OK);
    assert_string_equal(got, compact);
    free(got);
}

static void refuse(const char *text, size_t length, wfs_status status)
{
    char *got = NULL;
    wfs_error error = WFS_ERROR_INIT;

    assert_int_equal(wfs_json_compact_metadata(text, length, &got, &error),
                     status);
    assert_int_equal(error.status, status);
    assert_true(strlen(error.detail) > 0);
    assert_null(got);
}

static void metadata_stays_equal_as_json(void **state)
{
    (void)state;
    expect(" { } ", "{}");
    expect("{\"b\": 1, \"a\": [true, false, null, \"x\"]}",
           "{\"b\":1,\"a\":[true,false,null,\"x\"]}");
    expect("{\"n\":9223372036854775807,\"m\":-9223372036854775808}",
           "{\"n\":9223372036854775807,\"m\":-9223372036854775808}");
    expect("{\"k\":\"\\u00e4\\n\\\"\\u0000\\ud83c\\udfa4\"}",
           "{\"k\":\"ä\\n\\\"\\u0000🎤\"}");
}

static void reals_keep_every_bit(void **state)
{
    static const char *const numbers[] = {"0.1", "1e300", "5e-324",
                                          "1.7976931348623157e308",
                                          "123456789.123456789"};
    char text[64];
    char *got;

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        (void)snprintf(text, sizeof text, "{\"r\":%s}", numbers[i]);
        assert_int_equal(
            wfs_json_compact_metadata(text, strlen(text), &got, NULL), WFS_OK);
        assert_true(strtod(got + 5, NULL) == strtod(numbers[i], NULL));
        free(got);
    }
}

static void what_is_no_object_is_refused(void **state)
{
    static const char *const texts[] = {"",
                                        "[]",
                                        "1",
                                        "null",
                                        "{",
                                        "{\"a\":1}x",
                                        "{\"a\":}",
                                        "{'a':1}",
                                        "{\"a\":1,\"a\":2}",
                                        "{\"a\":9223372036854775808}",
                                        "{\"a\":1e400}",
                                        "{\"a\":NaN}",
                                        "{\"a\":\"\xff\"}",
                                        "{\"a\":\"\x01\"}",
                                        "{\"a\":01}"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        refuse(texts[i], strlen(texts[i]), WFS_EFORMAT);
    }
    refuse("{}\0{}", 5, WFS_EFORMAT);
}

static char *nest(size_t depth)
{
    char *text = calloc(1, depth * 7 + 8);

    for (size_t i = 0; i < depth; i++) {
        strcat(text, i + 1 < depth ? "{\"a\":" : "{");
    }
    for (size_t i = 0; i < depth; i++) {
        strcat(text, "}");
    }
    return text;
}

static void depth_is_bounded(void **state)
{
    char *fits = nest(WFS_METADATA_MAX_DEPTH);
    char *deep = nest(WFS_METADATA_MAX_DEPTH + 1);

    (void)state;
    expect(fits, fits);
    refuse(deep, strlen(deep), WFS_EFORMAT);
    expect("{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[\"}",
           "{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[\"}");
    free(fits);
    free(deep);
}

static char *fill(size_t length)
{
    char *text = malloc(length + 1);

    memset(text, 'x', length);
    memcpy(text, "{\"a\":\"", 6);
    memcpy(text + length - 2, "\"}", 3);
    return text;
}

static void size_is_bounded(void **state)
{
    char *fits = fill(WFS_METADATA_MAX_BYTES);
    char *large = fill(WFS_METADATA_MAX_BYTES + 1);

    (void)state;
    expect(fits, fits);
    refuse(large, WFS_METADATA_MAX_BYTES + 1, WFS_ETOOLARGE);
    free(fits);
    free(large);
}

static void merge(const char *target, const char *patch, const char *result)
{
    char *got;

    assert_int_equal(
        wfs_json_merge_metadata(target, patch, strlen(patch), &got, NULL),
        WFS_OK);
    assert_string_equal(got, result);
    free(got);
}

/* The examples of RFC 7396, appendix A, that are objects. */
static void patches_are_merged_as_the_rfc_says(void **state)
{
    (void)state;
    merge("{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}");
    merge("{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}");
    merge("{\"a\":\"b\"}", "{\"a\":null}", "{}");
    merge("{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}");
    merge("{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}");
    merge("{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}");
    merge("{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}",
          "{\"a\":{\"b\":\"d\"}}");
    merge("{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}");
    merge("{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}");
    merge("{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}");
}

static void a_merge_that_grows_too_large_is_refused(void **state)
{
    char *half = fill(WFS_METADATA_MAX_BYTES / 2 + 8);
    char *other = fill(WFS_METADATA_MAX_BYTES / 2 + 8);
    char *got = NULL;

    (void)state;
    other[2] = 'b';
    assert_int_equal(
        wfs_json_merge_metadata(half, other, strlen(other), &got, NULL),
        WFS_ETOOLARGE);
    assert_null(got);
    free(half);
    free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metadata_stays_equal_as_json),
        cmocka_unit_test(reals_keep_every_bit),
        cmocka_unit_test(what_is_no_object_is_refused),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(size_is_bounded),
        cmocka_unit_test(patches_are_merged_as_the_rfc_says),
        cmocka_unit_test(a_merge_that_grows_too_large_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
