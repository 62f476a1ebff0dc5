/* test_cursor.c - cursors of lists, whole and broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cursor.h"

static char *encode(const wfs_cursor *cursor)
{
    char *text;

    assert_int_equal(wfs_cursor_encode(cursor, &text), WFS_OK);
    return text;
}

static void a_cursor_comes_back_as_it_was(void **state)
{
    wfs_cursor number = {.sort = WFS_SORT_TIMESTAMP,
                         .is_descending = true,
                         .number = -1705327496000,
                         .id = "abc"};
    wfs_cursor name = {.sort = WFS_SORT_NAME, .text = "größe", .id = "-_Z9"};
    wfs_cursor real = {.sort = WFS_SORT_DURATION, .real = 120.1, .id = "abc"};
    wfs_cursor back;
    char *text = encode(&number);

    (void)state;
    assert_int_equal(wfs_cursor_decode(text, WFS_SORT_TIMESTAMP, true, &back),
                     WFS_OK);
    assert_true(back.number == number.number);
    assert_string_equal(back.id, "abc");
    free(text);
    text = encode(&name);
    assert_int_equal(wfs_cursor_decode(text, WFS_SORT_NAME, false, &back),
                     WFS_OK);
    assert_string_equal(back.text, "größe");
    assert_string_equal(back.id, "-_Z9");
    free(text);
    text = encode(&real);
    assert_int_equal(wfs_cursor_decode(text, WFS_SORT_DURATION, false, &back),
                     WFS_OK);
    assert_true(back.real == 120.1);
    free(text);
}

static void a_cursor_is_bound_to_its_order(void **state)
{
    wfs_cursor cursor = {.sort = WFS_SORT_SIZE, .number = 7, .id = "abc"};
    wfs_cursor back;
    char *text = encode(&cursor);

    (void)state;
    assert_int_equal(wfs_cursor_decode(text, WFS_SORT_SIZE, true, &back),
                     WFS_ECURSOR);
    assert_int_equal(wfs_cursor_decode(text, WFS_SORT_TIMESTAMP, false, &back),
                     WFS_ECURSOR);
    assert_int_equal(wfs_cursor_decode(text, WFS_SORT_SIZE, false, &back),
                     WFS_OK);
    free(text);
}

static void no_changed_character_goes_unnoticed(void **state)
{
    wfs_cursor cursor = {.sort = WFS_SORT_NAME, .text = "take", .id = "abc"};
    wfs_cursor back;
    char *text = encode(&cursor);

    (void)state;
    for (size_t i = 0; i < strlen(text); i++) {
        char kept = text[i];

        for (int c = 1; c < 256; c++) {
            text[i] = (char)c;
            if (text[i] != kept) {
                assert_int_equal(
                    wfs_cursor_decode(text, WFS_SORT_NAME, false, &back),
                    WFS_ECURSOR);
            }
        }
        text[i] = '\0';
        assert_int_equal(wfs_cursor_decode(text, WFS_SORT_NAME, false, &back),
                         WFS_ECURSOR);
        text[i] = kept;
    }
    free(text);
}

static void an_overlong_text_is_no_cursor(void **state)
{
    char text[4096];
    wfs_cursor back;

    (void)state;
    memset(text, 'A', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_int_equal(wfs_cursor_decode(text, WFS_SORT_NAME, false, &back),
                     WFS_ECURSOR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cursor_comes_back_as_it_was),
        cmocka_unit_test(a_cursor_is_bound_to_its_order),
        cmocka_unit_test(no_changed_character_goes_unnoticed),
        cmocka_unit_test(an_overlong_text_is_no_cursor),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
