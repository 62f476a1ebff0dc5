/*
 * json_real.c - real numbers as the shortest text that tells them.
 *
 * Of 15, 16 and 17 digits, rounded as printf() does, the first that are read
 * back as the number; 17 always are (IEEE 754, 5.12.2).
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_text.h"

#define DIGITS_LEAST 15
#define DIGITS_MOST 17
#define MANTISSA_BITS 53

/* Numbers whose digits are those of a whole number of millionths. */
#define PARTS 1000000
#define PART_DECIMALS 6

/* What is written without an exponent, with decimals, and fits into `wide`. */
#define PLAIN_LEAST 0.0001
#define PLAIN_MOST 1e9
#define PLAIN_LEAST_EXPONENT (-4)

__extension__ typedef unsigned __int128 wide;

/* The number is whole / 2^shift. */
typedef struct binary {
    uint64_t whole;
    int shift;
} binary;

/* `number` / 10^decimals, without zeros at the end. */
static char *put_decimal(char *to, uint64_t number, int decimals)
{
    char text[WFS_JSON_NUMBER_BYTES];
    size_t at = sizeof text;
    int written = 0;

    while (decimals > 0 && number % 10 == 0) {
        number /= 10;
        decimals--;
    }
    do {
        if (written == decimals && decimals > 0) {
            text[--at] = '.';
        }
        text[--at] = (char)('0' + number % 10);
        number /= 10;
        written++;
    } while (number > 0 || written <= decimals);
    memcpy(to, text + at, sizeof text - at);
    return to + (sizeof text - at);
}

static binary split(double value)
{
    int exponent;
    double fraction = frexp(value, &exponent);

    return (binary){(uint64_t)ldexp(fraction, MANTISSA_BITS),
                    MANTISSA_BITS - exponent};
}

static wide get_power_of_ten(int exponent)
{
    wide power = 1;

    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

/* Of the first digit. A number below such a power is below it exactly, too. */
static int get_exponent_of_ten(double value)
{
    static const double powers[] = {1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2,
                                    1e3,  1e4,  1e5,  1e6, 1e7, 1e8};
    int exponent = PLAIN_LEAST_EXPONENT;

    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        exponent += value >= powers[i] ? 1 : 0;
    }
    return exponent;
}

/*
 * Rounds to so many decimals, ties to even; whether that is nearer to the
 * number than half of the distance to its neighbours. (A power of two has a
 * nearer one below, but is told exactly; and no tie has so few decimals.)
 */
static bool round_to(const binary *number, int decimals, uint64_t *ret_rounded)
{
    wide power = get_power_of_ten(decimals);
    wide product = power * number->whole;
    wide unit = (wide)1 << number->shift;
    wide rest = product & (unit - 1);
    uint64_t rounded = (uint64_t)(product >> number->shift);

    if (rest * 2 > unit || (rest * 2 == unit && rounded % 2 == 1)) {
        rounded++;
        rest = unit - rest;
    }
    *ret_rounded = rounded;
    return rest * 2 < power;
}

static char *put_plain(char *to, double value)
{
    binary number = split(value);
    int exponent = get_exponent_of_ten(value);
    int decimals = DIGITS_LEAST - 1 - exponent;
    uint64_t rounded;

    while (!round_to(&number, decimals, &rounded) &&
           decimals < DIGITS_MOST - 1 - exponent) {
        decimals++;
    }
    return put_decimal(to, rounded, decimals);
}

/* Tries digits until they are read back as the number. */
static char *put_any(char *to, double value)
{
    char text[WFS_JSON_NUMBER_BYTES];

    for (int digits = DIGITS_LEAST; digits <= DIGITS_MOST; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    for (const char *c = text; *c != '\0'; c++) {
        bool is_known = strchr("0123456789+-e", *c) != NULL;

        *to++ = is_known ? *c : '.'; /* a locale may have a comma */
    }
    return to;
}

/*
 * Most durations are a whole number of millionths: a division of two whole
 * numbers is rounded as the reading of its digits is, so that it tells.
 */
char *wfs_json_put_real(char *to, double value)
{
    uint64_t parts;

    if (!(value >= PLAIN_LEAST && value < PLAIN_MOST)) {
        return put_any(to, value);
    }
    parts = (uint64_t)(value * PARTS + 0.5);
    if ((double)parts / PARTS == value) {
        return put_decimal(to, parts, PART_DECIMALS);
    }
    return put_plain(to, value);
}
