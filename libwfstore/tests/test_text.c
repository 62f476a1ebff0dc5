/* test_text.c - which texts may be ids and names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wfstore/types.h"

static bool is_id(const char *id)
{
    return wfs_id_is_valid(id, strlen(id));
}

static bool is_name(const char *name)
{
    return wfs_name_is_valid(name, strlen(name));
}

static void an_id_is_1_to_64_letters_digits_underscores_and_dashes(void **state)
{
    char id[WFS_ID_MAX_BYTES + 2];

    (void)state;
    assert_true(is_id("a"));
    assert_true(is_id("3f2a-B_9"));
    memset(id, 'x', sizeof id);
    assert_true(wfs_id_is_valid(id, WFS_ID_MAX_BYTES));
    assert_false(wfs_id_is_valid(id, WFS_ID_MAX_BYTES + 1));
    assert_false(is_id(""));
}

static void an_id_never_holds_what_a_path_could_use(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        char id[3] = {'a', (char)c, 'b'};
        const char *allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "abcdefghijklmnopqrstuvwxyz0123456789_-";

        assert_int_equal(wfs_id_is_valid(id, 3),
                         c != 0 && strchr(allowed, c) != NULL);
    }
}

static void a_name_is_text_of_1_to_255_bytes(void **state)
{
    char name[WFS_NAME_MAX_BYTES + 1];

    (void)state;
    assert_true(is_name("Interview Meyer, Köln – 2.webm"));
    assert_true(is_name("\xf0\x9f\x8e\x99 録音"));
    assert_true(is_name("../../etc/passwd")); /* a name is never a path */
    assert_false(is_name(""));
    memset(name, 'n', sizeof name);
    assert_true(wfs_name_is_valid(name, WFS_NAME_MAX_BYTES));
    assert_false(wfs_name_is_valid(name, WFS_NAME_MAX_BYTES + 1));
}

static void a_name_has_no_control_and_no_direction_characters(void **state)
{
    static const char *const bad[] = {
        "a\nb",          "a\tb",          "\x7f",
        "\xc2\x85",      "a\xd8\x9c",     "a\xe2\x80\x8e",
        "a\xe2\x80\xae", "a\xe2\x81\xa6", "a\xe2\x81\xa9"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(is_name(bad[i]));
    }
    assert_false(wfs_name_is_valid("a\0b", 3));
    assert_true(is_name("a\xe2\x80\x8d")); /* U+200D joins emoji */
}

static void a_name_is_valid_utf_8(void **state)
{
    static const char *const bad[] = {"\x80",
                                      "\xc3",
                                      "\xc0\xaf",
                                      "\xe0\x80\xaf",
                                      "\xed\xa0\x80",
                                      "\xf4\x90\x80\x80",
                                      "\xf0\x80\x80\xaf",
                                      "\xff",
                                      "\xe2\x82",
                                      "\xc3("};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(is_name(bad[i]));
    }
    assert_true(is_name("\xf4\x8f\xbf\xbf"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            an_id_is_1_to_64_letters_digits_underscores_and_dashes),
        cmocka_unit_test(an_id_never_holds_what_a_path_could_use),
        cmocka_unit_test(a_name_is_text_of_1_to_255_bytes),
        cmocka_unit_test(a_name_has_no_control_and_no_direction_characters),
        cmocka_unit_test(a_name_is_valid_utf_8),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
