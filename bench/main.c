/*
 * main.c - which benchmarks to run, and how.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

static const struct {
    const char *name;
    bench_function run;
} benchmarks[] = {
    {"receive", bench_receive},   {"complete", bench_complete},
    {"list", bench_list},         {"memory", bench_memory},
    {"receipts", bench_receipts}, {"digests", bench_digests},
};

#define LEAST_MIB 64
#define MOST_MIB 65536
#define BENCHMARKS (sizeof benchmarks / sizeof *benchmarks)

static const char USAGE[] =
    "Usage: bench [OPTION]... [NAME]...\n"
    "\n"
    "Measures libwfstore and prints a table: figure, goal, whether it is met.\n"
    "Names: receive complete list memory receipts digests (default: all).\n"
    "\n"
    "  --folder DIR     where stores are made (default: here)\n"
    "  --rounds N       runs of each side (default: 9)\n"
    "  --bytes N        of audio in one run, in MiB (default: 256, at least "
    "64)\n"
    "  --recordings N   in the large store (default: 1000000)\n"
    "  --check          exit with 1 if a goal is missed\n"
    "  --help\n";

static uint64_t read_number(const char *text)
{
    char *end = NULL;
    unsigned long long number = strtoull(text, &end, 10);

    if (number == 0 || *end != '\0') {
        bench_fail("not a number: %s (see --help)", text);
    }
    return number;
}

static unsigned read_rounds(const char *text)
{
    uint64_t number = read_number(text);

    if (number > BENCH_ROUNDS_MAX) {
        bench_fail("at most %d rounds", BENCH_ROUNDS_MAX);
    }
    return (unsigned)number;
}

/* Every plan has some chunks of each upload then. */
static uint64_t read_bytes(const char *text)
{
    uint64_t number = read_number(text);

    if (number < LEAST_MIB || number > MOST_MIB) {
        bench_fail("between %d and %d MiB", LEAST_MIB, MOST_MIB);
    }
    return number << 20;
}

static void run(const char *name, const bench_options *options)
{
    bool is_known = name == NULL;

    for (size_t i = 0; i < BENCHMARKS; i++) {
        if (name == NULL || strcmp(name, benchmarks[i].name) == 0) {
            benchmarks[i].run(options);
            is_known = true;
        }
    }
    if (!is_known) {
        bench_fail("there is no benchmark %s (see --help)", name);
    }
}

/* Returns whether --check was given. */
static bool read_options(int count, char **words, bench_options *options)
{
    static const struct option known[] = {
        {"folder", required_argument, NULL, 'f'},
        {"rounds", required_argument, NULL, 'r'},
        {"bytes", required_argument, NULL, 'b'},
        {"recordings", required_argument, NULL, 'n'},
        {"check", no_argument, NULL, 'c'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    bool is_check = false;
    int letter;

    while ((letter = getopt_long(count, words, "h", known, NULL)) != -1) {
        switch (letter) {
        case 'f':
            options->folder = optarg;
            break;
        case 'r':
            options->rounds = read_rounds(optarg);
            break;
        case 'b':
            options->bytes = read_bytes(optarg);
            break;
        case 'n':
            options->recordings = read_number(optarg);
            break;
        case 'c':
            is_check = true;
            break;
        case 'h':
            (void)fputs(USAGE, stdout);
            exit(0);
        default:
            exit(2);
        }
    }
    return is_check;
}

int main(int count, char **words)
{
    bench_options options = {.folder = ".",
                             .rounds = 9,
                             .bytes = UINT64_C(256) << 20,
                             .recordings = 1000000};
    bool is_check = read_options(count, words, &options);

    if (optind == count) {
        run(NULL, &options);
    }
    for (int i = optind; i < count; i++) {
        run(words[i], &options);
    }
    return is_check && bench_count_missed() > 0 ? 1 : 0;
}
