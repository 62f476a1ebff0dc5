/*
 * signals.c - being asked to end.
 */
#include "signals.h"

#include <signal.h>
#include <stddef.h>

static const int ENDING[] = {SIGINT, SIGTERM, SIGHUP};

static volatile sig_atomic_t ending;
static volatile sig_atomic_t is_pipe_broken;
static volatile sig_atomic_t child;

static void note(int number)
{
    if (number == SIGPIPE) {
        is_pipe_broken = 1;
    } else {
        ending = number;
        if (child != 0) {
            (void)kill((pid_t)child, number);
        }
    }
}

/* One that was ignored from the start stays so (nohup). */
static void catch_signal(int number, int flags)
{
    struct sigaction action = {.sa_handler = note, .sa_flags = flags};
    struct sigaction before;

    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        (void)sigemptyset(&action.sa_mask);
        (void)sigaction(number, &action, NULL);
    }
}

void cli_signals_open(void)
{
    for (size_t i = 0; i < sizeof ENDING / sizeof ENDING[0]; i++) {
        catch_signal(ENDING[i], (int)SA_RESETHAND | SA_RESTART);
    }
    catch_signal(SIGPIPE, SA_RESTART);
}

bool cli_signals_is_interrupted(void)
{
    return ending != 0;
}

bool cli_signals_is_pipe_broken(void)
{
    return is_pipe_broken != 0;
}

void cli_signals_forward(int pid)
{
    child = pid;
}

void cli_signals_obey(void)
{
    int number = ending != 0 ? ending : is_pipe_broken != 0 ? SIGPIPE : 0;

    if (number != 0) {
        (void)signal(number, SIG_DFL);
        (void)raise(number);
    }
}
