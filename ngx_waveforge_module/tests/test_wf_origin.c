/*
 * Origins and hosts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_origin.h"


static bool
is_host(const char *origin, const char *host)
{
    return wf_origin_is_host(origin, strlen(origin), host, strlen(host));
}


static void
an_origin_is_its_host_and_port(void **state)
{
    (void) state;

    assert_true(is_host("http://a.example:8080", "a.example:8080"));
    assert_true(is_host("https://A.example", "a.EXAMPLE"));
    assert_true(is_host("https://a.example", "a.example:443"));
    assert_true(is_host("http://a.example", "a.example:80"));
    assert_true(is_host("https://[::1]:8443", "[::1]:8443"));

    assert_false(is_host("null", "null"));
    assert_false(is_host("http://a.example:8080", "a.example"));
    assert_false(is_host("http://a.example", "a.example.evil"));
    assert_false(is_host("http://a.example.evil", "a.example"));
    assert_false(is_host("http://a.example", "a.example:443"));
    assert_false(is_host("http://", ""));
    assert_false(is_host("file://a", "a"));
    assert_false(is_host("", ""));
}


static const char *
written(const char *text)
{
    static char origin[128];
    size_t length = wf_origin_write(text, strlen(text), origin);

    assert_true(length <= strlen(text));
    origin[length] = '\0';

    return origin;
}


static void
an_origin_is_written_as_browsers_write_it(void **state)
{
    (void) state;

    assert_string_equal(written("https://a.example"), "https://a.example");
    assert_string_equal(written("HTTPS://A.Example:443"), "https://a.example");
    assert_string_equal(written("http://a.example:80"), "http://a.example");
    assert_string_equal(written("http://a.example:443"),
                        "http://a.example:443");
    assert_string_equal(written("http://[::FFFF:1.2.3.4]:65535"),
                        "http://[::ffff:1.2.3.4]:65535");
    assert_string_equal(written("http://localhost:8080"),
                        "http://localhost:8080");
    assert_string_equal(written("chrome-extension://abc"),
                        "chrome-extension://abc");
}


static void
nothing_else_is_an_origin(void **state)
{
    size_t i;
    static const char *const others[] = {
        "", "*", "off", "null", "a.example", "https:", "https://",
        "https:///", "://a", "1https://a", "https://a/", "https://a/x",
        "https://a?x", "https://a#x", "https://u@a", "https://u:p@a",
        "https://*.a", "https://a:", "https://a:0", "https://a:080",
        "https://a:65536", "https://a:999999", "https://a:8x",
        "https://a b", "https://a,https://b", "https://[]", "https://[::1",
        "https://::1", "https://[g::1]", "https://[::1]x", "https://:80",
        "https://\xc3\xa4.example", "https://$host", "https://a\r\nb",
        "https:/a", "https//a",
    };

    (void) state;

    for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        assert_string_equal(written(others[i]), "");
    }
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_origin_is_its_host_and_port),
        cmocka_unit_test(an_origin_is_written_as_browsers_write_it),
        cmocka_unit_test(nothing_else_is_an_origin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
