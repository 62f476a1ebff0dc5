/*
 * main.c - wfstore(1): looks after a store of libwfstore.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "message.h"
#include "options.h"
#include "signals.h"
#include "text.h"

static const cli_command COMMANDS[] = {
    {"ls", "list recordings, or unfinished uploads", cli_run_ls},
    {"show", "tell all about one of them", cli_run_show},
    {"stat", "tell about the store as a whole", cli_run_stat},
    {"verify", "look for rot, missing and stray files", cli_run_verify},
    {"rebuild", "make a new catalogue when the old one is lost",
     cli_run_rebuild},
    {"backup", "bring a copy of the store up to date", cli_run_backup},
    {"salvage", "make a recording of an upload without an end",
     cli_run_salvage},
    {"gc", "do what is due in one store or many", cli_run_gc},
};

static const char ABOUT[] =
    "wfstore COMMAND --help tells of a command, wfstore(1) of all.\n";

/* The list of commands, above the options: part of the program's summary. */
static const char *get_summary(char *text, size_t room)
{
    size_t used = (size_t)snprintf(
        text, room, "Looks after a store of recordings.\n\nCommands:\n");

    for (size_t i = 0; i < CLI_COUNT_OF(COMMANDS) && used < room; i++) {
        used += (size_t)snprintf(text + used, room - used, "  %-10s %s\n",
                                 COMMANDS[i].name, COMMANDS[i].summary);
    }
    if (used > 0 && used <= room) {
        text[used - 1] = '\0'; /* the last line end */
    }
    return text;
}

static const cli_command *find_command(const char *name)
{
    for (size_t i = 0; i < CLI_COUNT_OF(COMMANDS); i++) {
        if (strcmp(COMMANDS[i].name, name) == 0) {
            return &COMMANDS[i];
        }
    }
    return NULL;
}

static cli_exit run(int argc, char **argv)
{
    cli self = {0};
    char summary[1024];
    bool has_version = false;
    const cli_option options[] = {
        {"version", NULL, CLI_FLAG, &has_version, "the version"},
    };
    const cli_usage usage = {NULL,
                             get_summary(summary, sizeof summary),
                             "COMMAND [ARGUMENT]...",
                             0,
                             -1,
                             options,
                             CLI_COUNT_OF(options),
                             ABOUT};
    const cli_command *command;
    char **words;
    int count;
    cli_exit result;

    if (!cli_options_parse(&self, &usage, argc, argv, &words, &count,
                           &result)) {
        return result;
    }
    if (has_version) {
        printf("%s %s\n", CLI_PROGRAM, WFS_VERSION);
        return CLI_DONE;
    }
    if (count == 0) {
        return cli_options_complain(&usage, "which command?");
    }
    command = find_command(words[0]);
    if (command == NULL) {
        return cli_options_complain(&usage, "unknown command '%s'", words[0]);
    }
    return command->run(&self, count, words);
}

/* What could not be printed is a failure, unless nobody wants to read on. */
static cli_exit close_output(cli_exit result)
{
    int has_failed = ferror(stdout);

    if ((fclose(stdout) != 0 || has_failed) && !cli_signals_is_pipe_broken()) {
        cli_message("standard output: %s",
                    has_failed ? "could not be written" : strerror(errno));
        return CLI_FAILED;
    }
    return result;
}

int main(int argc, char **argv)
{
    cli_exit result;

    cli_text_open();
    cli_signals_open();
    result = close_output(run(argc, argv));
    cli_signals_obey();
    return (int)result;
}
