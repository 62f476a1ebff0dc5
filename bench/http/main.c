/*
 * main.c - what to measure over HTTP, and how.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http.h"
#include "rows.h"

static const struct {
    const char *name;
    void (*measure)(void);
} rows[] = {
    {"raw", http_row_raw},           {"synced", http_row_synced},
    {"small", http_row_small},       {"plain", http_row_plain},
    {"form", http_row_form},         {"digest", http_row_digest},
    {"buffers", http_row_buffers},   {"http2", http_row_http2},
    {"distant", http_row_distant},   {"stalled", http_row_stalled},
    {"stalled2", http_row_stalled2}, {"resting", http_row_resting},
    {"complete", http_row_complete}, {"list", http_row_list},
    {"audio", http_row_audio},       {"peers", http_row_peers},
};

#define ROWS (sizeof rows / sizeof *rows)

http_options http_settings = {
    .folder = ".",
    .modules = ".",
    .rounds = 5,
    .bytes = UINT64_C(256) << 20,
    .recordings = 1000000,
    .peers = ".",
    .host = HTTP_LOOPBACK,
    .server = "",
    .port = 21780,
};

static const char USAGE[] =
    "Usage: bench-http [OPTION]...\n"
    "\n"
    "Measures WaveForge over HTTP and prints a table: figure, goal, whether "
    "it\n"
    "is met.\n"
    "\n"
    "  --rows NAME,...  raw synced small plain form digest buffers http2\n"
    "                   distant stalled stalled2 resting complete list audio\n"
    "                   peers (default: all)\n"
    "  --folder DIR     where servers keep what they get (default: here)\n"
    "  --modules DIR    where our module is (default: here)\n"
    "  --peers DIR      where peers from npm are installed (default: here)\n"
    "  --rounds N       runs of each side (default: 5)\n"
    "  --bytes N        of audio in one run, in MiB (default: 256)\n"
    "  --recordings N   in the large store (default: 1000000)\n"
    "  --port N         of the servers (default: 21780)\n"
    "  --check          exit with 1 if a goal is missed\n"
    "  --help\n";

static uint64_t read_number(const char *text, uint64_t most)
{
    char *end = NULL;
    unsigned long long number = strtoull(text, &end, 10);

    if (number == 0 || number > most || *end != '\0') {
        bench_fail("not a number that will do: %s (see --help)", text);
    }
    return number;
}

static const char *keep_path(const char *text)
{
    char *path = realpath(text, NULL);

    if (path == NULL) {
        bench_fail("there is no %s", text);
    }
    return path;
}

static void take_option(int letter, const char *value)
{
    switch (letter) {
    case 'f':
        http_settings.folder = keep_path(value);
        break;
    case 'm':
        http_settings.modules = keep_path(value);
        break;
    case 'p':
        http_settings.peers = keep_path(value);
        break;
    case 'r':
        http_settings.rounds = (unsigned)read_number(value, BENCH_ROUNDS_MAX);
        break;
    case 'b':
        http_settings.bytes = read_number(value, 1 << 16) << 20;
        break;
    case 'n':
        http_settings.recordings = read_number(value, UINT64_MAX);
        break;
    case 'o':
        http_settings.port = (unsigned)read_number(value, UINT16_MAX);
        break;
    case 'h':
        (void)fputs(USAGE, stdout);
        exit(0);
    default:
        exit(2);
    }
}

static void measure(const char *name)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (strcmp(name, rows[i].name) == 0) {
            rows[i].measure();
            return;
        }
    }
    bench_fail("there is no row %s (see --help)", name);
}

int main(int count, char **words)
{
    static const struct option known[] = {
        {"rows", required_argument, NULL, 'R'},
        {"folder", required_argument, NULL, 'f'},
        {"modules", required_argument, NULL, 'm'},
        {"peers", required_argument, NULL, 'p'},
        {"rounds", required_argument, NULL, 'r'},
        {"bytes", required_argument, NULL, 'b'},
        {"recordings", required_argument, NULL, 'n'},
        {"port", required_argument, NULL, 'o'},
        {"check", no_argument, NULL, 'c'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    bool is_check = false;
    char *names = NULL;
    int letter;

    while ((letter = getopt_long(count, words, "h", known, NULL)) != -1) {
        if (letter == 'R') {
            names = optarg;
        } else if (letter == 'c') {
            is_check = true;
        } else {
            take_option(letter, optarg);
        }
    }
    for (size_t i = 0; i < ROWS && names == NULL; i++) {
        rows[i].measure();
    }
    for (char *name = strtok(names, ","); names != NULL && name != NULL;
         name = strtok(NULL, ",")) {
        measure(name);
    }
    return is_check && bench_count_missed() > 0 ? 1 : 0;
}
