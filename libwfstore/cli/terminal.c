/*
 * terminal.c - whether a stream is a terminal, and how wide.
 */
#include "terminal.h"

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
