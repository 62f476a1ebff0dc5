/*
 * options.c - what powercut is told to do.
 */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char USAGE[] =
    "usage: powercut --life PROGRAM --recorder OBJECT --sites LIST "
    "[OPTION]...\n"
    "       powercut --life PROGRAM --trace FILE [--state NAME] [OPTION]...\n"
    "\n"
    "  --only NAME     this life only; again for several\n"
    "  --no-states     only whether each sync is needed\n"
    "  --no-sites      only the states\n"
    "  --seed NUMBER   of what is by chance\n"
    "  --workers N     processes (2)\n"
    "  --trace FILE    print a trace, or\n"
    "  --state NAME    check one state of it: \"812:subset:17\"\n"
    "  --off SITE      with this place's syncs switched off\n"
    "  --into FOLDER   put that state's disk into this folder, and leave it\n"
    "\n"
    "WAVEFORGE_LONG=1: all states, not a sample of them.\n";

static _Noreturn void give_usage(void)
{
    fputs(USAGE, stderr);
    exit(2);
}

options options_read(int argc, char **argv)
{
    static const struct option names[] = {
        {"life", 1, NULL, 'l'},      {"recorder", 1, NULL, 'r'},
        {"sites", 1, NULL, 's'},     {"trace", 1, NULL, 't'},
        {"state", 1, NULL, 'n'},     {"off", 1, NULL, 'o'},
        {"into", 1, NULL, 'i'},      {"only", 1, NULL, 'y'},
        {"no-states", 0, NULL, 'S'}, {"no-sites", 0, NULL, 'P'},
        {"seed", 1, NULL, 'x'},      {"workers", 1, NULL, 'w'},
        {NULL, 0, NULL, 0},
    };
    options self = {.has_states = true,
                    .has_sites = true,
                    .workers = 2,
                    .seed = 1,
                    .is_long = getenv("WAVEFORGE_LONG") != NULL};
    int option;

    while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
        switch (option) {
        case 'l':
            self.life = optarg;
            break;
        case 'r':
            self.recorder = optarg;
            break;
        case 's':
            self.sites = optarg;
            break;
        case 't':
            self.trace = optarg;
            break;
        case 'n':
            self.state = optarg;
            break;
        case 'o':
            self.off = optarg;
            break;
        case 'i':
            self.into = optarg;
            break;
        case 'y':
            self.only[self.only_count++ % OPTIONS_LIVES_MAX] = optarg;
            break;
        case 'S':
            self.has_states = false;
            break;
        case 'P':
            self.has_sites = false;
            break;
        case 'x':
            self.seed = strtoull(optarg, NULL, 10);
            break;
        case 'w':
            self.workers = strtoull(optarg, NULL, 10);
            break;
        default:
            give_usage();
        }
    }
    if (self.life == NULL ||
        (self.trace == NULL &&
         (self.recorder == NULL || (self.has_sites && self.sites == NULL)))) {
        give_usage();
    }
    return self;
}

bool options_want(const options *self, const char *name)
{
    for (size_t i = 0; i < self->only_count; i++) {
        if (strcmp(self->only[i], name) == 0) {
            return true;
        }
    }
    return self->only_count == 0;
}
