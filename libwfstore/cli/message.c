/*
 * message.c - what goes to standard error: one line per fault.
 */
#include "message.h"

#include <stdarg.h>
#include <stdio.h>

#include "signals.h"
#include "text.h"

#define LINE_BYTES 1024

void cli_message(const char *format, ...)
{
    char line[LINE_BYTES];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    (void)fputs(CLI_PROGRAM ": ", stderr);
    cli_text_put(stderr, line, SIZE_MAX);
    (void)fputc('\n', stderr);
}

static cli_exit get_exit(wfs_status status)
{
    switch (status) {
    case WFS_ENOSTORE:
    case WFS_ENOUPLOAD:
    case WFS_ENORECORDING:
    case WFS_EGONE:
        return CLI_MISSING;
    case WFS_EBUSY:
    case WFS_ELOCKED:
    case WFS_EUPLOADS:
        return CLI_BUSY;
    case WFS_EID:
        return CLI_USAGE;
    default:
        return CLI_FAILED;
    }
}

cli_exit cli_message_fail(const char *what, const wfs_error *error)
{
    const char *name = wfs_status_name(error->status);

    if (error->status == WFS_ECANCELED) {
        if (cli_signals_is_interrupted()) {
            cli_message("%s: interrupted", what);
        }
    } else if (error->step != NULL && error->os_error != 0) {
        cli_message("%s: %s (%s: %s, error %d)", what, error->detail, name,
                    error->step, error->os_error);
    } else {
        cli_message("%s: %s (%s)", what, error->detail, name);
    }
    return get_exit(error->status);
}
