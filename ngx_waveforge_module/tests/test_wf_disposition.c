/*
 * File names and parameters in headers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_disposition.h"


static void
assert_disposition(const char *name, const char *expected)
{
    char buffer[WF_DISPOSITION_BYTES];
    size_t length = wf_disposition_format(name, buffer);

    assert_int_equal(length, strlen(expected));
    assert_memory_equal(buffer, expected, length);
}


static void
a_file_name_survives_every_browser(void **state)
{
    (void) state;

    assert_disposition("a b.wav", "attachment; filename=\"a b.wav\"; "
                                  "filename*=UTF-8''a%20b.wav");
    assert_disposition("\xc3\xa4\"\\/%;.wav",
                       "attachment; filename=\"_____;.wav\"; "
                       "filename*=UTF-8''%C3%A4%22%5C%2F%25%3B.wav");
}


static void
the_longest_name_fits(void **state)
{
    char name[264], buffer[WF_DISPOSITION_BYTES];

    (void) state;

    memset(name, 0xbf, sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';

    assert_true(wf_disposition_format(name, buffer) < sizeof(buffer));
}


static void
parameters_are_found_outside_of_quotes(void **state)
{
    static const char text[] = "form-data; a=\"x; name=no\\\"\" ; name = yes";
    char buffer[8];
    size_t n;

    (void) state;

    assert_true(wf_disposition_get(text, strlen(text), "name", buffer, 8, &n));
    assert_int_equal(n, 3);
    assert_memory_equal(buffer, "yes", 3);

    assert_false(wf_disposition_get(text, strlen(text), "name", buffer, 2,
                                    &n));
    assert_false(wf_disposition_get(text, strlen(text), "no", buffer, 8, &n));
    assert_false(wf_disposition_get("\"", 1, "a", buffer, 8, &n));
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_name_survives_every_browser),
        cmocka_unit_test(the_longest_name_fits),
        cmocka_unit_test(parameters_are_found_outside_of_quotes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
