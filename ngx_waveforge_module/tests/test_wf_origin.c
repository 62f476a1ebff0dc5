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


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_origin_is_its_host_and_port),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
