/*
 * The first end of a line, wherever it is among bytes of any kind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wf_crlf.h"

#define MOST 300


/* Byte by byte. */
static size_t
find_slowly(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\r' && (i + 1 == length || bytes[i + 1] == '\n')) {
            return i;
        }
    }

    return length;
}


/* In a copy of its own, so that reading beyond it is found. */
static void
check(const char *bytes, size_t length)
{
    char *copy = malloc(length ? length : 1);

    assert_non_null(copy);
    memcpy(copy, bytes, length);
    assert_int_equal(wf_crlf_find(copy, copy + length) - copy,
                     find_slowly(bytes, length));
    free(copy);
}


static void
one_is_found_at_any_place_of_any_length(void **state)
{
    char bytes[MOST];

    (void) state;

    for (size_t length = 0; length < MOST; length++) {
        memset(bytes, '\n', sizeof(bytes));
        check(bytes, length);

        for (size_t at = 0; at < length; at++) {
            bytes[at] = '\r';
            check(bytes, length);
            bytes[at] = '\n';
        }
    }
}


static void
returns_and_feeds_that_stand_alone_are_passed(void **state)
{
    char bytes[MOST];

    (void) state;

    for (size_t at = 0; at + 2 < MOST; at++) {
        memset(bytes, '\r', sizeof(bytes));
        bytes[at + 1] = '\n';
        check(bytes, sizeof(bytes));
        memset(bytes, 'a', sizeof(bytes));
        bytes[at] = '\n';
        bytes[at + 1] = '\r';
        check(bytes, sizeof(bytes));
    }
}


static void
noise_is_searched_as_byte_by_byte(void **state)
{
    static const char some[] = {'\r', '\n', '\r', 'a', '\n', '-', 'b', 'c'};
    uint32_t number = 1;
    char bytes[MOST];

    (void) state;

    for (int round = 0; round < 20000; round++) {
        size_t length = (size_t) round % MOST;
        uint32_t kinds = 1 + (uint32_t) round % 8;

        for (size_t i = 0; i < length; i++) {
            number = number * 1664525 + 1013904223;
            bytes[i] = some[(number >> 16) % kinds];
        }

        check(bytes, length);
    }
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_is_found_at_any_place_of_any_length),
        cmocka_unit_test(returns_and_feeds_that_stand_alone_are_passed),
        cmocka_unit_test(noise_is_searched_as_byte_by_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
