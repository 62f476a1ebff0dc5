/*
 * test_metadata_reader.c - metadata.json, whole and broken.
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

#define HEAD "{\"recordings\":["
#define TAIL "\n]}\n"
#define DIGEST                                                                 \
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define NAME(id) "recording_20240115_140456_" id ".webm"
#define ENTRY(id)                                                              \
    "{\"id\":\"" id "\",\"filename\":\"" NAME(                                 \
        id) "\",\"name\":\"Take\","                                            \
            "\"timestamp\":1705327496000,\"size\":10,\"duration\":1.5,"        \
            "\"mime_type\":\"audio/webm\",\"codec\":\"opus\",\"channels\":1,"  \
            "\"sample_rate\":48000,\"sha256\":\"" DIGEST "\","                 \
            "\"stored\":1705327616500,\"metadata\":{\"a\":[1,{\"b\":2}]}}"

/* What was read: ids in order, "!" and the line for each that is broken. */
typedef struct result {
    char log[512];
    wfs_recording last;
    size_t count;
    size_t stop_at;
} result;

static wfs_status keep(void *data, const wfs_metadata_entry *entry)
{
    result *r = data;
    size_t used = strlen(r->log);
    const char *blank = used == 0 ? "" : " ";

    r->count++;
    if (entry->recording == NULL) {
        assert_true(strlen(entry->fault) > 0);
        snprintf(r->log + used, sizeof r->log - used, "%s!%d", blank,
                 (int)entry->line);
        return WFS_OK;
    }
    snprintf(r->log + used, sizeof r->log - used, "%s%s", blank,
             entry->recording->id);
    r->last = *entry->recording;
    r->last.metadata = NULL;
    return r->count == r->stop_at ? WFS_ECANCELED : WFS_OK;
}

typedef struct text {
    const char *bytes;
    size_t length;
    bool is_broken;
} text;

static wfs_status read_text(void *data, uint64_t offset, void *buffer,
                            size_t length, size_t *ret_length)
{
    const text *t = data;
    size_t left = offset < t->length ? t->length - (size_t)offset : 0;

    if (t->is_broken) {
        return WFS_EIO;
    }
    *ret_length = left < length ? left : length;
    memcpy(buffer, t->bytes + offset * (*ret_length > 0), *ret_length);
    return WFS_OK;
}

static wfs_status read_into(result *r, const char *bytes)
{
    text t = {bytes, strlen(bytes), false};
    wfs_reader reader = {read_text, &t, t.length};

    return wfs_metadata_read(&reader, keep, r, NULL);
}

static void expect(const char *bytes, const char *log)
{
    result r = {.log = ""};

    assert_int_equal(read_into(&r, bytes), WFS_OK);
    assert_string_equal(r.log, log);
}

static void every_member_is_read_as_it_was_written(void **state)
{
    result r = {.log = ""};

    (void)state;
    assert_int_equal(read_into(&r, HEAD "\n" ENTRY("abc") TAIL), WFS_OK);
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
    text t = {HEAD "\n" ENTRY("abc") TAIL, strlen(HEAD "\n" ENTRY("abc") TAIL),
              false};
    wfs_reader reader = {read_text, &t, t.length};

    (void)state;
    assert_int_equal(
        wfs_metadata_read(&reader, compare, (void *)(uintptr_t)entry, NULL),
        WFS_OK);
}

static void any_layout_is_read(void **state)
{
    (void)state;
    expect(HEAD "]}", "");
    expect(HEAD ENTRY("a") "," ENTRY("b") "]}", "a b");
    expect(" {\r\n\t\"recordings\" : [ " ENTRY("a") " ,\n" ENTRY("b") " ] } ",
           "a b");
    expect("{\"version\":{\"n\":[1,\"]}\\\"\"]},\"x\":-1.5,\n\"recordings\":["
           "\n" ENTRY("a") "]}",
           "a");
    expect(HEAD
           "{\n \"filename\": \"" NAME("a") "\",\n \"id\": \"a\",\n"
                                            " \"metadata\": {\n  \"list\": [\n "
                                            "  {\n    \"x\": \"}\\\"{\"\n"
                                            "   }\n  ]\n }\n}\n]}",
           "a");
}

static void what_is_broken_is_told_and_passed(void **state)
{
    (void)state;
    expect(HEAD "\n" ENTRY("a") ",\n{\"id\":\"b\",\"na\n" ENTRY("c") TAIL,
           "a !3 c");
    expect(HEAD "\n" ENTRY("a") ",\n{\"id\":\"b\"},\n" ENTRY("c") TAIL,
           "a !3 c");
    expect(HEAD "\n" ENTRY("a") ",\n{{{{,\n" ENTRY("c") TAIL, "a !3 c");
    expect(HEAD "\n" ENTRY("a") ",\n\x01\x02garbage\n" ENTRY("c") TAIL,
           "a !3 c");
    expect(HEAD "\n" ENTRY("a") ",\n\"\n" ENTRY("c") TAIL, "a !3 c");
    expect(HEAD "\n" ENTRY("a") ",\n{\"id\":[\n]\n}\n,\n" ENTRY("c") TAIL,
           "a !3 c");
    expect(HEAD "\n" ENTRY("a") ",\n" ENTRY("b"), "a b !3");
    expect(HEAD "\n" ENTRY("a") ",\n{\"id\":", "a !3 !3");
}

static void a_lost_beginning_loses_one_line(void **state)
{
    (void)state;
    expect("ordings\":[\n" ENTRY("a") ",\n" ENTRY("b") TAIL, "!1 !1 a b");
    expect(ENTRY("a") ",\n" ENTRY("b") TAIL, "!1 a b");
    expect("\0", "!1 !1");
    expect("", "!1 !1");
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
        expect(file, "!2");
    }
}

/* What would be sent as it stands is only what the store itself says. */
static void strange_values_are_left_out(void **state)
{
    result r = {.log = ""};

    (void)state;
    assert_int_equal(
        read_into(
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
    result r = {.log = ""};

    (void)state;
    assert_non_null(bytes);
    memcpy(bytes, before, sizeof before - 1);
    memset(bytes + sizeof before - 1, 'x', length);
    memcpy(bytes + sizeof before - 1 + length, after, sizeof after);
    assert_int_equal(read_into(&r, bytes), WFS_OK);
    assert_string_equal(r.log, "a !3 c");
    free(bytes);
}

#define MANY 20000

static void many_entries_are_read_one_by_one(void **state)
{
    static const char entry[] = ",\n" ENTRY("a");
    size_t length = strlen(entry);
    char *bytes = malloc((MANY + 1) * length + 64);
    result r = {.log = ""};
    size_t used = (size_t)sprintf(bytes, HEAD "\n" ENTRY("a"));

    (void)state;
    for (size_t i = 1; i < MANY; i++) {
        memcpy(bytes + used, entry, length);
        used += length;
    }
    strcpy(bytes + used, TAIL);
    assert_int_equal(read_into(&r, bytes), WFS_OK);
    assert_int_equal(r.count, MANY);
    free(bytes);
}

/* Each line opens what none closes: read once, not once per line. */
static void many_broken_entries_cost_no_time(void **state)
{
    char *bytes = malloc(4 * MANY + 64);
    result r = {.log = ""};
    size_t used = (size_t)sprintf(bytes, HEAD);

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        used += (size_t)sprintf(bytes + used, "\n{{,");
    }
    assert_int_equal(read_into(&r, bytes), WFS_OK);
    assert_int_equal(r.count, MANY + 1); /* and there is no end */
    free(bytes);
}

static void a_visitor_can_end_it(void **state)
{
    result r = {.log = "", .stop_at = 2};

    (void)state;
    assert_int_equal(read_into(&r, HEAD "\n" ENTRY("a") ",\n" ENTRY(
                                       "b") ",\n" ENTRY("c") TAIL),
                     WFS_ECANCELED);
    assert_string_equal(r.log, "a b");
}

static void a_failing_disk_is_an_error(void **state)
{
    text t = {"", 0, true};
    wfs_reader reader = {read_text, &t, 100};
    result r = {.log = ""};
    wfs_error error = WFS_ERROR_INIT;

    (void)state;
    assert_int_equal(wfs_metadata_read(&reader, keep, &r, &error), WFS_EIO);
    assert_int_equal(error.status, WFS_EIO);
    assert_int_equal(r.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_read_as_it_was_written),
        cmocka_unit_test(what_is_read_would_be_written_again),
        cmocka_unit_test(any_layout_is_read),
        cmocka_unit_test(what_is_broken_is_told_and_passed),
        cmocka_unit_test(a_lost_beginning_loses_one_line),
        cmocka_unit_test(entries_that_name_no_recording_are_broken),
        cmocka_unit_test(strange_values_are_left_out),
        cmocka_unit_test(a_long_entry_costs_no_memory),
        cmocka_unit_test(many_entries_are_read_one_by_one),
        cmocka_unit_test(many_broken_entries_cost_no_time),
        cmocka_unit_test(a_visitor_can_end_it),
        cmocka_unit_test(a_failing_disk_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
