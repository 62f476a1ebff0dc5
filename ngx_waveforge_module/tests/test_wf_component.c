/*
 * What a variable's value is called in a path.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wf_component.h"


static void
check(const char *value, size_t length, const char *expected)
{
    char text[WF_COMPONENT_ROOM(64)];
    size_t written = wf_component_encode(value, length, text);

    assert_int_equal(written, strlen(expected));
    assert_memory_equal(text, expected, written);
}


static void
a_plain_name_stays_as_it_is(void **state)
{
    (void) state;

    check("alice", 5, "alice");
    check("A.Z_a-z@0.9", 11, "A.Z_a-z@0.9");
    check("a..", 3, "a..");
    check("", 0, "");
}


static void
what_could_leave_the_component_is_encoded(void **state)
{
    (void) state;

    check(".", 1, "%2E");
    check("..", 2, "%2E.");
    check("../x", 4, "%2E.%2Fx");
    check("a/b\\c", 5, "a%2Fb%5Cc");
    check("a\0b", 3, "a%00b");
    check("%2E", 3, "%252E");
    check(" \n~$", 4, "%20%0A%7E%24");
    check("\xc3\xa9\xff", 3, "%C3%A9%FF");
}


static void
every_byte_is_either_plain_or_three(void **state)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
                                "uvwxyz0123456789_@.-";
    char text[WF_COMPONENT_ROOM(2)];

    (void) state;

    for (int i = 0; i < 256; i++) {
        char value[2] = {'x', (char) i};
        size_t length = wf_component_encode(value, 2, text);
        bool is_plain = memchr(plain, i, sizeof plain - 1) != NULL;

        assert_int_equal(length, is_plain ? 2 : 4);
        assert_int_equal(text[1], is_plain ? (char) i : '%');
    }
}


static bool
fits(size_t first, size_t second)
{
    char *path = malloc(first + second + 2);
    bool result;

    memset(path, 'x', first + second + 2);
    path[0] = '/';
    path[first + 1] = '/';
    result = wf_component_fits(path, first + second + 2);
    free(path);

    return result;
}


static void
a_path_fits_by_component_and_in_all(void **state)
{
    (void) state;

    assert_true(wf_component_fits("/srv/users/alice", 16));
    assert_true(fits(255, 200));
    assert_true(fits(200, 255));
    assert_false(fits(256, 1));
    assert_false(fits(1, 256));

    assert_true(fits(255, WF_COMPONENT_PATH_BYTES - 257));
    assert_false(fits(255, WF_COMPONENT_PATH_BYTES - 256));
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_name_stays_as_it_is),
        cmocka_unit_test(what_could_leave_the_component_is_encoded),
        cmocka_unit_test(every_byte_is_either_plain_or_three),
        cmocka_unit_test(a_path_fits_by_component_and_in_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
