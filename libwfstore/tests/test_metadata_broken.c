/*
 * test_metadata_broken.c - metadata.json that is broken: what can be read of it
 * is, and the rest is told.
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

static void what_is_broken_is_told_and_passed(void **state)
{
    (void)state;
    test_entries_expect(
        HEAD "\n" ENTRY("a") ",\n{\"id\":\"b\",\"na\n" ENTRY("c") TAIL,
        "a !3 c");
    test_entries_expect(
        HEAD "\n" ENTRY("a") ",\n{\"id\":\"b\"},\n" ENTRY("c") TAIL, "a !3 c");
    test_entries_expect(HEAD "\n" ENTRY("a") ",\n{{{{,\n" ENTRY("c") TAIL,
                        "a !3 c");
    test_entries_expect(
        HEAD "\n" ENTRY("a") ",\n\x01\x02garbage\n" ENTRY("c") TAIL, "a !3 c");
    test_entries_expect(HEAD "\n" ENTRY("a") ",\n\"\n" ENTRY("c") TAIL,
                        "a !3 c");
    test_entries_expect(
        HEAD "\n" ENTRY("a") ",\n{\"id\":[\n]\n}\n,\n" ENTRY("c") TAIL,
        "a !3 c");
    test_entries_expect(HEAD "\n" ENTRY("a") ",\n" ENTRY("b"), "a b !3");
    test_entries_expect(HEAD "\n" ENTRY("a") ",\n{\"id\":", "a !3 !3");
}

static void a_lost_beginning_loses_one_line(void **state)
{
    (void)state;
    test_entries_expect("ordings\":[\n" ENTRY("a") ",\n" ENTRY("b") TAIL,
                        "!1 !1 a b");
    test_entries_expect(ENTRY("a") ",\n" ENTRY("b") TAIL, "!1 a b");
    test_entries_expect("\0", "!1 !1");
    test_entries_expect("", "!1 !1");
}

static void entries_that_name_no_recording_are_broken(void **state)
{
    static const char *const entries[] = {
        "{\"id\":\"a\",\"filename\":\"../../etc/passwd\"}",
        "{\"id\":\"a\",\"filename\":\"" NAME("b") "\"}",
        "{\"id\":\"../a\",\"filename\":\"" NAME("../a") "\"}",
        "{\"id\":\"a\\u0000\",\"filename\":\"" NAME("a") "\"}",
        "{\"id\":1,\"filename\":\"" NAME("1") "\"}",
        "{\"id\":\"a\",\"filename\":\"" NAME("a") "\",\"sha256\":\"00\"}",
        "{\"id\":\"a\",\"filename\":\"" NAME("a") "\",\"sha256\":5}",
        "{\"id\":\"a\",\"id\":\"a\",\"filename\":\"" NAME("a") "\"}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        char file[1024];

        snprintf(file, sizeof file, HEAD "\n%s" TAIL, entries[i]);
        test_entries_expect(file, "!2");
    }
}

/* What would be sent as it stands is only what the store itself says. */
static void strange_values_are_left_out(void **state)
{
    test_entries_result r = {.log = ""};

    (void)state;
    assert_int_equal(
        test_entries_read(
            &r,
            HEAD "\n{\"id\":\"a\",\"filename\":\"" NAME(
                "a") "\",\"name\":\"a\\u202eb\",\"size\":-1,\"duration\":-3,"
                     "\"mime_type\":\"text/html\",\"codec\":\"x\\r\\nY: z\","
                     "\"channels\":-1,\"sample_rate\":99999999999,\"sha256\":"
                     "null,"
                     "\"timestamp\":\"x\",\"metadata\":7}" TAIL),
        WFS_OK);
    assert_string_equal(r.log, "a");
    assert_string_equal(r.last.name, NAME("a"));
    assert_int_equal(r.last.size_bytes, 0);
    assert_false(r.last.has_duration);
    assert_string_equal(r.last.mime_type, "");
    assert_string_equal(r.last.codec, "");
    assert_int_equal(r.last.channels, 0);
    assert_int_equal(r.last.sample_rate, 0);
    assert_false(r.last.has_sha256);
    assert_int_equal(r.last.timestamp_ms, INT64_C(1705327496000));
}

/* An entry that never ends, in the middle: longer than any may be. */
static void a_long_entry_costs_no_memory(void **state)
{
    static const char before[] = HEAD "\n" ENTRY("a") ",\n{\"id\":\"";
    static const char after[] = "\n" ENTRY("c") TAIL;
    size_t length = 4 * WFS_METADATA_ENTRY_MAX_BYTES;
    char *bytes = malloc(length + sizeof before + sizeof after);
    test_entries_result r = {.log = ""};

    (void)state;
    assert_non_null(bytes);
    memcpy(bytes, before, sizeof before - 1);
    memset(bytes + sizeof before - 1, 'x', length);
    memcpy(bytes + sizeof before - 1 + length, after, sizeof after);
    assert_int_equal(test_entries_read(&r, bytes), WFS_OK);
    assert_string_equal(r.log, "a !3 c");
    free(bytes);
}

#define MANY 20000

/* Each line opens what none closes: read once, not once per line. */
static void many_broken_entries_cost_no_time(void **state)
{
    char *bytes = malloc(4 * MANY + 64);
    test_entries_result r = {.log = ""};
    size_t used = (size_t)sprintf(bytes, HEAD);

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        used += (size_t)sprintf(bytes + used, "\n{{,");
    }
    assert_int_equal(test_entries_read(&r, bytes), WFS_OK);
    assert_int_equal(r.count, MANY + 1); /* and there is no end */
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_broken_is_told_and_passed),
        cmocka_unit_test(a_lost_beginning_loses_one_line),
        cmocka_unit_test(entries_that_name_no_recording_are_broken),
        cmocka_unit_test(strange_values_are_left_out),
        cmocka_unit_test(a_long_entry_costs_no_memory),
        cmocka_unit_test(many_broken_entries_cost_no_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
