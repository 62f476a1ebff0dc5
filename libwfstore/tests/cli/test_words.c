/*
 * test_words.c - sizes, spans and text as wfstore(1) reads and prints them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "format.h"
#include "number.h"
#include "text.h"

static const char *show_size(uint64_t bytes)
{
    static char text[CLI_FORMAT_BYTES];

    cli_format_size(text, bytes);
    return text;
}

static void sizes_have_a_unit_and_few_digits(void **state)
{
    (void)state;
    assert_string_equal(show_size(0), "0 B");
    assert_string_equal(show_size(1023), "1023 B");
    assert_string_equal(show_size(1024), "1.0 KiB");
    assert_string_equal(show_size(10 * 1024), "10 KiB");
    assert_string_equal(show_size(1024 * 1024 - 1), "1.0 MiB");
    assert_string_equal(show_size(UINT64_MAX), "16384 PiB");
}

static const char *show_duration(bool is_known, double seconds)
{
    static char text[CLI_FORMAT_BYTES];

    cli_format_duration(text, is_known, seconds);
    return text;
}

static void durations_are_shown_as_on_a_clock(void **state)
{
    (void)state;
    assert_string_equal(show_duration(true, 0), "0:00");
    assert_string_equal(show_duration(true, 59.5), "1:00");
    assert_string_equal(show_duration(true, 3599), "59:59");
    assert_string_equal(show_duration(true, 3600), "1:00:00");
    assert_string_equal(show_duration(false, 1), "-");
    assert_string_equal(show_duration(true, -1), "-");
    assert_string_equal(show_duration(true, 1e300), "-");
}

static void numbers_are_read_with_a_unit_or_not_at_all(void **state)
{
    uint64_t value = 7;

    (void)state;
    assert_true(cli_number_parse_bytes("10", &value));
    assert_int_equal(value, 10);
    assert_true(cli_number_parse_bytes("3K", &value));
    assert_int_equal(value, 3072);
    assert_true(cli_number_parse_span("2h", &value));
    assert_int_equal(value, 7200000);
    assert_true(cli_number_parse_span("90", &value));
    assert_int_equal(value, 90000);
    assert_false(cli_number_parse_bytes("", &value));
    assert_false(cli_number_parse_bytes("k", &value));
    assert_false(cli_number_parse_bytes("1kk", &value));
    assert_false(cli_number_parse_bytes("-1", &value));
    assert_false(cli_number_parse_bytes(" 1", &value));
    assert_false(cli_number_parse_bytes("18446744073709551616", &value));
    assert_false(cli_number_parse_bytes("17179869184g", &value));
    assert_false(cli_number_parse_span("1w", &value));
    assert_int_equal(value, 90000);
}

/* What is printed of `text` in `width` columns; free() it. */
static char *put(const char *text, size_t width)
{
    char *shown = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&shown, &length);

    (void)cli_text_put(to, text, width);
    (void)fclose(to);
    return shown;
}

static void assert_shown(const char *text, size_t width, const char *expected)
{
    char *shown = put(text, width);

    assert_string_equal(shown, expected);
    free(shown);
}

static void what_a_terminal_would_obey_is_escaped(void **state)
{
    (void)state;
    assert_shown("a\x1b[2Jb", SIZE_MAX, "a\\x1b[2Jb");
    assert_shown("\xc2\x9b", SIZE_MAX, "\\u{9b}");
    assert_shown("\xe2\x80\xae", SIZE_MAX, "\\u{202e}");
    assert_shown("\n", SIZE_MAX, "\\x0a");
    assert_int_equal(cli_text_get_width("a\x1b"), 5);
}

static void what_is_not_utf_8_is_escaped(void **state)
{
    (void)state;
    assert_shown("\xff", SIZE_MAX, "\\xff");
    assert_shown("\xe2\x82", SIZE_MAX, "\\xe2\\x82");
    assert_shown("\xc0\xaf", SIZE_MAX, "\\xc0\\xaf");
    assert_shown("\xed\xa0\x80", SIZE_MAX, "\\xed\\xa0\\x80");
    assert_shown("\xf4\x90\x80\x80", SIZE_MAX, "\\xf4\\x90\\x80\\x80");
}

static void wide_and_combining_characters_are_measured(void **state)
{
    (void)state;
    assert_int_equal(cli_text_get_width("\xe9\x9f\xb3"), 2);
    assert_int_equal(cli_text_get_width("e\xcc\x81"), 1);
    assert_int_equal(cli_text_get_width(""), 0);
}

static void text_is_cut_at_whole_characters(void **state)
{
    (void)state;
    assert_shown("abcdef", 6, "abcdef");
    assert_shown("abcdef", 5, "abcd\xe2\x80\xa6");
    assert_shown("\xe9\x9f\xb3\xe9\x9f\xb3", 3, "\xe9\x9f\xb3\xe2\x80\xa6");
    assert_shown("\xe9\x9f\xb3\xe9\x9f\xb3", 2, "\xe2\x80\xa6");
    assert_shown("abc", 0, "");
}

static int open_text(void **state)
{
    (void)state;
    cli_text_open();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_have_a_unit_and_few_digits),
        cmocka_unit_test(durations_are_shown_as_on_a_clock),
        cmocka_unit_test(numbers_are_read_with_a_unit_or_not_at_all),
        cmocka_unit_test(what_a_terminal_would_obey_is_escaped),
        cmocka_unit_test(what_is_not_utf_8_is_escaped),
        cmocka_unit_test(wide_and_combining_characters_are_measured),
        cmocka_unit_test(text_is_cut_at_whole_characters),
    };

    return cmocka_run_group_tests(tests, open_text, NULL);
}
