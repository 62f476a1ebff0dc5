/*
 * test_metadata_reader.c - metadata.json that is whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "metadata_reader.h"
#include "support/entries.h"

static void every_member_is_read_as_it_was_written(void **state)
{
    test_entries_result r = {.log = ""};

    (void)state;
    assert_int_equal(test_entries_read(&r, HEAD "\n" ENTRY("abc") TAIL),
                     WFS_OK);
    assert_string_equal(r.log, "abc");
    assert_string_equal(r.last.filename, NAME("abc"));
    assert_string_equal(r.last.name, "Take");
    assert_int_equal(r.last.timestamp_ms, INT64_C(1705327496000));
    assert_int_equal(r.last.stored_ms, INT64_C(1705327616500));
    assert_int_equal(r.last.size_bytes, 10);
    assert_true(r.last.has_duration);
    assert_true(r.last.duration_seconds == 1.5);
    assert_string_equal(r.last.mime_type, "audio/webm");
    assert_string_equal(r.last.codec, "opus");
    assert_int_equal(r.last.channels, 1);
    assert_int_equal(r.last.sample_rate, 48000);
    assert_true(r.last.has_sha256);
    assert_int_equal(r.last.sha256[1], 0x11);
    assert_int_equal(r.last.sha256[31], 0xff);
}

/* Goes through JSON and back; the text is the same. */
static wfs_status compare(void *data, const wfs_metadata_entry *entry)
{
    const char *expected = data;
    char *json;
    size_t length;

    assert_non_null(entry->recording);
    assert_int_equal(wfs_recording_to_json(entry->recording, &json, &length),
                     WFS_OK);
    assert_string_equal(json, expected);
    free(json);
    return WFS_OK;
}

static void what_is_read_would_be_written_again(void **state)
{
    static const char entry[] = ENTRY("abc");
    test_entries_text t = {HEAD "\n" ENTRY("abc") TAIL,
                           strlen(HEAD "\n" ENTRY("abc") TAIL), false};
    wfs_reader reader = {test_entries_read_text, &t, t.length};

    (void)state;
    assert_int_equal(
        wfs_metadata_read(&reader, compare, (void *)(uintptr_t)entry, NULL),
        WFS_OK);
}

static void any_layout_is_read(void **state)
{
    (void)state;
    test_entries_expect(HEAD "]}", "");
    test_entries_expect(HEAD ENTRY("a") "," ENTRY("b") "]}", "a b");
    test_entries_expect(
        " {\r\n\t\"recordings\" : [ " ENTRY("a") " ,\n" ENTRY("b") " ] } ",
        "a b");
    test_entries_expect(
        "{\"version\":{\"n\":[1,\"]}\\\"\"]},\"x\":-1.5,\n\"recordings\":["
        "\n" ENTRY("a") "]}",
        "a");
    test_entries_expect(HEAD "{\n \"filename\": \"" NAME(
                            "a") "\",\n \"id\": \"a\",\n"
                                 " \"metadata\": {\n  \"list\": [\n "
                                 "  {\n    \"x\": \"}\\\"{\"\n"
                                 "   }\n  ]\n }\n}\n]}",
                        "a");
}

#define MANY 20000

static void many_entries_are_read_one_by_one(void **state)
{
    static const char entry[] = ",\n" ENTRY("a");
    size_t length = strlen(entry);
    char *bytes = malloc((MANY + 1) * length + 64);
    test_entries_result r = {.log = ""};
    size_t used = (size_t)sprintf(bytes, HEAD "\n" ENTRY("a"));

    (void)state;
    for (size_t i = 1; i < MANY; i++) {
        memcpy(bytes + used, entry, length);
        used += length;
    }
    strcpy(bytes + used, TAIL);
    assert_int_equal(test_entries_read(&r, bytes), WFS_OK);
    assert_int_equal(r.count, MANY);
    free(bytes);
}

static void a_visitor_can_end_it(void **state)
{
    test_entries_result r = {.log = "", .stop_at = 2};

    (void)state;
    assert_int_equal(test_entries_read(&r, HEAD "\n" ENTRY("a") ",\n" ENTRY(
                                               "b") ",\n" ENTRY("c") TAIL),
                     WFS_ECANCELED);
    assert_string_equal(r.log, "a b");
}

static void a_failing_disk_is_an_error(void **state)
{
    test_entries_text t = {"", 0, true};
    wfs_reader reader = {test_entries_read_text, &t, 100};
    test_entries_result r = {.log = ""};
    wfs_error error = WFS_ERROR_INIT;

    (void)state;
    assert_int_equal(wfs_metadata_read(&reader, test_entries_keep, &r, &error),
                     WFS_EIO);
    assert_int_equal(error.status, WFS_EIO);
    assert_int_equal(r.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_read_as_it_was_written),
        cmocka_unit_test(what_is_read_would_be_written_again),
        cmocka_unit_test(any_layout_is_read),
        cmocka_unit_test(many_entries_are_read_one_by_one),
        cmocka_unit_test(a_visitor_can_end_it),
        cmocka_unit_test(a_failing_disk_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
