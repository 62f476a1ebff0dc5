/*
 * Structured Fields. Each text is a copy of its own, without a zero behind it,
 * so that reading beyond it is found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wf_structured.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static char *copy;


static wf_span
span(const char *text)
{
    wf_span result = {NULL, strlen(text)};

    free(copy);
    copy = malloc(result.length > 0 ? result.length : 1);
    assert_non_null(copy);
    memcpy(copy, text, result.length);
    result.bytes = copy;

    return result;
}


static int
forget(void **state)
{
    (void) state;

    free(copy);
    copy = NULL;

    return 0;
}


static void
assert_text(const wf_item *item, const char *text)
{
    assert_int_equal(item->text.length, strlen(text));
    assert_memory_equal(item->text.bytes, text, strlen(text));
}


static void
a_boolean_is_read(void **state)
{
    bool value = false;

    (void) state;

    assert_true(wf_item_parse_boolean(span("?1"), &value));
    assert_true(value);
    assert_true(wf_item_parse_boolean(span("  ?0;a;b=?1; c=\"x;\"  "),
                                      &value));
    assert_false(value);
}


static void
what_is_no_boolean_is_not_read(void **state)
{
    static const char *const bad[] = {
        "", "?", "1", "true", "?2", "?1?", "?1 ?0", "?1,?0", "?1;", "?1;A=1",
        "?1;a=", "\t?1", "?1\t", "?1;a=(1)",
    };
    bool value = false;
    size_t i;

    (void) state;

    for (i = 0; i < COUNT(bad); i++) {
        assert_false(wf_item_parse_boolean(span(bad[i]), &value));
    }
}


static void
an_integer_is_read(void **state)
{
    uint64_t value = 1;
    wf_item item;

    (void) state;

    assert_true(wf_item_parse_unsigned(span("0"), &value));
    assert_int_equal(value, 0);
    assert_true(wf_item_parse_unsigned(span("-0"), &value));
    assert_int_equal(value, 0);
    assert_true(wf_item_parse_unsigned(span("999999999999999;x=-1.5"),
                                       &value));
    assert_int_equal(value, WF_INTEGER_MAX);
    assert_true(wf_item_parse_unsigned(span("007"), &value));
    assert_int_equal(value, 7);

    assert_true(wf_item_parse(span("-999999999999999"), &item));
    assert_int_equal(item.kind, WF_ITEM_INTEGER);
    assert_int_equal(item.integer, -WF_INTEGER_MAX);
}


static void
what_is_no_size_is_not_read(void **state)
{
    static const char *const bad[] = {
        "", "-", "-1", "+1", "1000000000000000", "99999999999999999999",
        "1.0", "1.", "1 2", "1,2", "0x1", "1e3", "one", "\"1\"", ":MQ==:",
        "?1", "@1",
    };
    uint64_t value = 0;
    size_t i;

    (void) state;

    for (i = 0; i < COUNT(bad); i++) {
        assert_false(wf_item_parse_unsigned(span(bad[i]), &value));
    }
}


static void
a_string_is_read(void **state)
{
    wf_item item;

    (void) state;

    assert_true(wf_item_parse(span("\"a \\\"b\\\\\";p=*t"), &item));
    assert_int_equal(item.kind, WF_ITEM_STRING);
    assert_text(&item, "a \\\"b\\\\");
    assert_true(wf_item_parse(span("\"\""), &item));
    assert_text(&item, "");
}


static void
bytes_are_read(void **state)
{
    wf_item item;
    uint8_t bytes[3];

    (void) state;

    assert_true(wf_item_parse(span(":Zm9v:"), &item));
    assert_int_equal(item.kind, WF_ITEM_BYTES);
    assert_true(wf_item_get_bytes(&item, bytes, 3));
    assert_memory_equal(bytes, "foo", 3);
    assert_false(wf_item_get_bytes(&item, bytes, 2));

    assert_true(wf_item_parse(span(":Zm8:"), &item));
    assert_false(wf_item_get_bytes(&item, bytes, 3));
    assert_true(wf_item_parse(span("\"Zm9v\""), &item));
    assert_false(wf_item_get_bytes(&item, bytes, 3));
}


static void
other_kinds_are_told_apart(void **state)
{
    static const char *const others[] = {
        "1.5", "-123456789012.123", "token", "*t/x:y", "@1659578233", "@-1",
        "%\"f%c3%bc\"", "a;b=1.5;c=t;d=@1;e=%\"x\";f=:YQ==:;g=\"\"",
    };
    wf_item item;
    size_t i;

    (void) state;

    for (i = 0; i < COUNT(others); i++) {
        assert_true(wf_item_parse(span(others[i]), &item));
        assert_int_equal(item.kind, WF_ITEM_OTHER);
    }
}


static void
what_is_no_item_is_not_read(void **state)
{
    static const char *const bad[] = {
        "\"", "\"a", "\"a\\\"", "\"\\a\"", "\"\\", "\"\x7f\"", "\"\xc3\xa9\"",
        "\"a\tb\"", ":", ":Zm9v", ":Zm 9v:", ":Zm-v:", "1234567890123.1",
        "1.1234", "-a", "1.a", "@1.5", "@", "%a", "%\"", "%", "(1 2)", "=1",
        "a b", ";a", "!t", "A,B",
    };
    wf_item item;
    size_t i;

    (void) state;

    for (i = 0; i < COUNT(bad); i++) {
        assert_false(wf_item_parse(span(bad[i]), &item));
    }
}


static void
a_member_of_a_dictionary_is_found(void **state)
{
    static const char text[] = "max-size=100 ,\tmin-size=-2;p=1,a, *b.c_d=?0, "
                               "list=(1 \"x\";y (), last=1, last=2";
    static const char all[] = "max-size=100 ,\tmin-size=-2;p=1,a, *b.c_d=?0, "
                              "list=(1 \"x\";y  ), empty=(), last=1, last=2";
    wf_item item;

    (void) state;

    assert_false(wf_dictionary_find(span(text), "max-size", &item));

    assert_true(wf_dictionary_find(span(all), "max-size", &item));
    assert_int_equal(item.integer, 100);
    assert_true(wf_dictionary_find(span(all), "min-size", &item));
    assert_int_equal(item.integer, -2);
    assert_true(wf_dictionary_find(span(all), "a", &item));
    assert_int_equal(item.kind, WF_ITEM_BOOLEAN);
    assert_int_equal(item.integer, 1);
    assert_true(wf_dictionary_find(span(all), "*b.c_d", &item));
    assert_int_equal(item.integer, 0);
    assert_true(wf_dictionary_find(span(all), "list", &item));
    assert_int_equal(item.kind, WF_ITEM_OTHER);
    assert_true(wf_dictionary_find(span(all), "last", &item));
    assert_int_equal(item.integer, 2);
    assert_false(wf_dictionary_find(span(all), "size", &item));
    assert_false(wf_dictionary_find(span(""), "size", &item));
}


static void
a_dictionary_with_a_fault_anywhere_is_not_read(void **state)
{
    static const char *const bad[] = {
        "k=1,", "k=1, ", ",k=1", "k=1,,l=2", "k=1 l=2", "k=1;", "k=1, L=2",
        "k=1, l=", "k=1, l= 2", "k=1, l=(1", "k=1, l=(1,2)", "k=1, l=(1\"a\")",
        "k=1, 2=l", "k=", "k=1, l=\"", "k=1, l=(a;)", "k=1\x01",
    };
    wf_item item;
    size_t i;

    (void) state;

    for (i = 0; i < COUNT(bad); i++) {
        assert_false(wf_dictionary_find(span(bad[i]), "k", &item));
    }
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_boolean_is_read),
        cmocka_unit_test(what_is_no_boolean_is_not_read),
        cmocka_unit_test(an_integer_is_read),
        cmocka_unit_test(what_is_no_size_is_not_read),
        cmocka_unit_test(a_string_is_read),
        cmocka_unit_test(bytes_are_read),
        cmocka_unit_test(other_kinds_are_told_apart),
        cmocka_unit_test(what_is_no_item_is_not_read),
        cmocka_unit_test(a_member_of_a_dictionary_is_found),
        cmocka_unit_test(a_dictionary_with_a_fault_anywhere_is_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, forget);
}
