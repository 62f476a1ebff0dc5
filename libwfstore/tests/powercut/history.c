/*
 * history.c - a trace in memory.
 */
#include "history.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void history_give_up(const char *what)
{
    fprintf(stderr, "powercut: %s: %s\n", what, strerror(errno));
    exit(2);
}

void history_close(history *self)
{
    for (size_t i = 0; i < self->text_count; i++) {
        free(self->texts[i]);
    }
    for (size_t i = 0; i < self->site_count; i++) {
        free(self->sites[i]);
    }
    free(self->texts);
    free(self->sites);
    free(self->files);
    free(self->deeds);
    free(self->bytes);
}

bool history_is_mark(const history *self, size_t index, const char *start)
{
    const deed *it = &self->deeds[index];

    return it->kind == TRACE_MARK &&
           strncmp(it->name, start, strlen(start)) == 0;
}

void history_print(const history *self, size_t index)
{
    static const char *const kinds[] = {
        "?",      "root",  "make folder", "make", "nameless", "link", "unlink",
        "rename", "write", "resize",      "time", "mapped",   "sync", "mark",
    };
    const deed *it = &self->deeds[index];

    printf("%5zu %-11s", index, kinds[it->kind]);
    if (it->kind == TRACE_MARK) {
        printf(" %s\n", it->name);
        return;
    }
    printf(" #%zu", it->file);
    switch (it->kind) {
    case TRACE_WRITE:
        printf(" %" PRIu64 "+%zu", it->offset, it->length);
        break;
    case TRACE_RESIZE:
        printf(" to %" PRIu64, it->offset);
        break;
    case TRACE_SYNC:
        printf(" %s", it->site == NO_SITE ? "" : self->sites[it->site]);
        break;
    case TRACE_RENAME:
        printf(" #%zu/%s to #%zu/%s", it->folder, it->name, it->to_folder,
               it->to_name);
        break;
    case TRACE_TIME:
    case TRACE_MAPPED:
    case TRACE_NAMELESS:
        break;
    default:
        printf(" #%zu/%s", it->folder, it->name);
    }
    printf("\n");
}
