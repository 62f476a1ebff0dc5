/*
 * terminal.c - whether a stream is a terminal, and how wide.
 */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_USUAL 80

size_t cli_terminal_get_columns(FILE *stream)
{
    int fd = fileno(stream);
    struct winsize size;

    if (isatty(fd) == 0) {
        return 0;
    }
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return COLUMNS_USUAL;
    }
    return size.ws_col;
}

/* A window of an editor, say, calls itself dumb. */
bool cli_terminal_can_erase(FILE *stream)
{
    const char *kind = getenv("TERM");

    return isatty(fileno(stream)) != 0 && kind != NULL &&
           strcmp(kind, "dumb") != 0;
}
