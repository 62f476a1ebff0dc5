/*
 * order.c - the order of writes, syncs, names and transactions, asserted.
 */
#include "support/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

void test_order_start(wfs_store *store)
{
    calls_watch(store);
    calls_reset();
}

void test_order_expect(const char *expected)
{
    assert_string_equal(calls_get_log(), expected);
}

void test_order_expect_first(const char *expected)
{
    const char *log = calls_get_log();

    if (strncmp(log, expected, strlen(expected)) != 0) {
        fail_msg("expected first: %s\n   but was: %s", expected, log);
    }
}

void test_order_expect_part(const char *expected)
{
    const char *log = calls_get_log();

    if (strstr(log, expected) == NULL) {
        fail_msg("expected in it: %s\n  but was: %s", expected, log);
    }
}
