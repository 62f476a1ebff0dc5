/* test_recording_json.c - a recording as JSON, and its ETag. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/rows.h"

static void expect(const wfs_recording *recording, const char *text)
{
    char *json;
    size_t length;

    assert_int_equal(wfs_recording_to_json(recording, &json, &length), WFS_OK);
    assert_string_equal(json, text);
    assert_int_equal(length, strlen(text));
    free(json);
}

static void members_stand_in_their_order(void **state)
{
    wfs_recording recording = test_rows_recording("abc123", "My \"take\"\\");

    (void)state;
    expect(&recording,
           "{\"id\":\"abc123\","
           "\"filename\":\"recording_20240115_140456_abc123.webm\","
           "\"name\":\"My \\\"take\\\"\\\\\",\"timestamp\":1705327496000,"
           "\"size\":1048576,\"duration\":120.5,\"mime_type\":\"audio/webm\","
           "\"codec\":\"opus\",\"channels\":1,\"sample_rate\":48000,"
           "\"sha256\":\"0102030000000000000000000000000000000000000000000000"
           "000000000000\",\"stored\":1705327616500,\"metadata\":{}}");
    wfs_recording_release(&recording);
}

static void what_is_not_known_is_null(void **state)
{
    wfs_recording recording = {
        .id = "a", .filename = "f", .name = "n", .mime_type = "m"};

    (void)state;
    expect(&recording,
           "{\"id\":\"a\",\"filename\":\"f\",\"name\":\"n\",\"timestamp\":0,"
           "\"size\":0,\"duration\":null,\"mime_type\":\"m\",\"codec\":null,"
           "\"channels\":null,\"sample_rate\":null,\"sha256\":null,"
           "\"stored\":0,\"metadata\":{}}");
}

static void expect_duration(double seconds, const char *text)
{
    wfs_recording recording = {.has_duration = true,
                               .duration_seconds = seconds};
    char *json;
    size_t length;
    char *at;

    assert_int_equal(wfs_recording_to_json(&recording, &json, &length), WFS_OK);
    at = strstr(json, "\"duration\":") + 11;
    *strchr(at, ',') = '\0';
    assert_string_equal(at, text);
    free(json);
}

static void a_duration_is_as_short_as_it_is_true(void **state)
{
    (void)state;
    expect_duration(0, "0");
    expect_duration(120, "120");
    expect_duration(0.1, "0.1");
    expect_duration(10.02, "10.02");
    expect_duration(1.0 / 3, "0.3333333333333333");
    expect_duration(86400.000001, "86400.000001");
    expect_duration(1e300 * 1e300, "null");
}

static void an_etag_follows_every_change(void **state)
{
    wfs_recording recording = test_rows_recording("abc", "Take");
    char first[WFS_ETAG_BYTES];
    char second[WFS_ETAG_BYTES];

    (void)state;
    assert_int_equal(wfs_recording_get_etag(&recording, first), WFS_OK);
    assert_int_equal(strlen(first), 32);
    assert_int_equal(strspn(first, "0123456789abcdef"), 32);
    assert_int_equal(wfs_recording_get_etag(&recording, second), WFS_OK);
    assert_string_equal(first, second);
    recording.name[0] = 't';
    assert_int_equal(wfs_recording_get_etag(&recording, second), WFS_OK);
    assert_string_not_equal(first, second);
    wfs_recording_release(&recording);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_stand_in_their_order),
        cmocka_unit_test(what_is_not_known_is_null),
        cmocka_unit_test(a_duration_is_as_short_as_it_is_true),
        cmocka_unit_test(an_etag_follows_every_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
