/*
 * options.h - what powercut is told to do.
 */
#ifndef POWERCUT_OPTIONS_H
#define POWERCUT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OPTIONS_LIVES_MAX 64

typedef struct options {
    const char *life;
    const char *recorder;
    const char *sites;
    const char *trace;
    const char *state;
    const char *off;
    const char *into;
    const char *only[OPTIONS_LIVES_MAX];
    size_t only_count;
    bool has_states;
    bool has_sites;
    bool is_long;
    size_t workers;
    uint64_t seed;
} options;

/* Ends the program with the usage where they make no sense. */
options options_read(int argc, char **argv);

/* Whether the life `name` is to be looked at. */
bool options_want(const options *self, const char *name);

#endif
