/*
 * exceptions.c - sites.txt.
 */
#include "exceptions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "history.h"

#define EXCEPTIONS_MAX 100

static char *copy_trimmed(const char *text)
{
    size_t length;

    text += strspn(text, " \t");
    length = strcspn(text, "\n");
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    return strndup(text, length);
}

void exceptions_read(const char *path, exceptions *ret_exceptions)
{
    FILE *stream = fopen(path, "r");
    char line[1024];

    if (stream == NULL) {
        history_give_up(path);
    }
    ret_exceptions->all = calloc(EXCEPTIONS_MAX, sizeof(exception));
    ret_exceptions->count = 0;
    while (fgets(line, sizeof line, stream) != NULL) {
        char *bar = strchr(line, '|');

        if (line[0] == '#' || bar == NULL ||
            ret_exceptions->count == EXCEPTIONS_MAX) {
            continue;
        }
        *bar = '\0';
        ret_exceptions->all[ret_exceptions->count++] =
            (exception){copy_trimmed(line), copy_trimmed(bar + 1), false};
    }
    (void)fclose(stream);
}

void exceptions_close(exceptions *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->all[i].site);
        free(self->all[i].reason);
    }
    free(self->all);
}

exception *exceptions_meet(exceptions *self, const char *site)
{
    for (size_t i = 0; i < self->count; i++) {
        if (strcmp(self->all[i].site, site) == 0) {
            self->all[i].was_met = true;
            return &self->all[i];
        }
    }
    return NULL;
}
