/* test_json_text.c - pieces of JSON. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json_text.h"

static char text[256];

static void expect(char *end, const char *wanted)
{
    *end = '\0';
    assert_string_equal(text, wanted);
}

static void only_what_must_be_is_escaped(void **state)
{
    (void)state;
    expect(wfs_json_put_string(text, ""), "\"\"");
    expect(wfs_json_put_string(text, "Gespr\u00e4ch / \x7f"),
           "\"Gespr\u00e4ch / \x7f\"");
    expect(wfs_json_put_string(text, "\"a\\\"b\""), "\"\\\"a\\\\\\\"b\\\"\"");
    expect(wfs_json_put_string(text, "\n\x1f\x01z"),
           "\"\\u000a\\u001f\\u0001z\"");
}

static void a_string_takes_no_more_than_its_room(void **state)
{
    char *end = wfs_json_put_string(text, "\x01\x02\x03");

    (void)state;
    assert_int_equal(end - text, WFS_JSON_STRING_BYTES(3));
}

static void bytes_are_hexadecimal(void **state)
{
    (void)state;
    expect(wfs_json_put_bytes(text, (const uint8_t *)"\x00\x9f\xff", 3),
           "\"009fff\"");
}

static void whole_numbers_have_all_digits(void **state)
{
    (void)state;
    expect(wfs_json_put_uint(text, 0), "0");
    expect(wfs_json_put_uint(text, 1234567890), "1234567890");
    expect(wfs_json_put_uint(text, UINT64_MAX), "18446744073709551615");
    expect(wfs_json_put_int(text, INT64_MAX), "9223372036854775807");
    expect(wfs_json_put_int(text, -1), "-1");
    expect(wfs_json_put_int(text, INT64_MIN), "-9223372036854775808");
}

/* The reference: digits are added until they tell the number. */
static void expect_shortest(double value)
{
    char wanted[64];

    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(wanted, sizeof wanted, "%.*g", digits, value);
        if (strtod(wanted, NULL) == value) {
            break;
        }
    }
    expect(wfs_json_put_real(text, value), wanted);
}

static void edges_of_what_is_plain_are_the_shortest(void **state)
{
    static const double edges[] = {
        0,         -0.0,      1e-7,          0.000099999,   0.0001,
        0.0001001, 0.999999,  0.9999995,     0.99999999999, 1,
        -1.5,      1e6,       999999999.5,   1e9,           1e9 + 0.25,
        1e15,      1e15 + 2,  123456789.125, 1e22,          1e300,
        5e-324,    1.0 / 3.0, 2.0 / 3.0,     10.02,         86400.000001,
    };

    (void)state;
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
        expect_shortest(edges[i]);
    }
    expect(wfs_json_put_real(text, 120.5), "120.5");
    expect(wfs_json_put_real(text, 0.000001), "1e-06");
}

/* The numbers beside powers of ten and of two, and what is told by digits. */
static void neighbours_of_powers_are_the_shortest(void **state)
{
    (void)state;
    for (int exponent = -5; exponent < 11; exponent++) {
        double power = pow(10, exponent);

        expect_shortest(power);
        expect_shortest(nextafter(power, 0));
        expect_shortest(nextafter(power, 1e300));
    }
    for (int exponent = -15; exponent < 32; exponent++) {
        double power = ldexp(1, exponent);

        expect_shortest(power);
        expect_shortest(nextafter(power, 0));
        expect_shortest(nextafter(power, 1e300));
        expect_shortest(power + 0.001953125);
    }
}

/* Durations as they are found: of samples, of milliseconds, and any. */
static void every_duration_is_the_shortest(void **state)
{
    uint64_t seed = 1;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        expect_shortest((double)(seed >> 34) / 48000);
        expect_shortest((double)(seed >> 34) / 1000);
        expect_shortest((double)(seed >> 16) / 1e6);
        expect_shortest((double)(seed >> 11) * 1e-7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_must_be_is_escaped),
        cmocka_unit_test(a_string_takes_no_more_than_its_room),
        cmocka_unit_test(bytes_are_hexadecimal),
        cmocka_unit_test(whole_numbers_have_all_digits),
        cmocka_unit_test(edges_of_what_is_plain_are_the_shortest),
        cmocka_unit_test(neighbours_of_powers_are_the_shortest),
        cmocka_unit_test(every_duration_is_the_shortest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
