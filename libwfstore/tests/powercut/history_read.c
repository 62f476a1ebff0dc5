/*
 * history_read.c - a trace becomes a history.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "history_names.h"

static const char *keep_text(reading *self, const uint8_t *bytes, size_t length)
{
    history *into = self->into;

    into->texts =
        reading_grow(into->texts, into->text_count, sizeof *into->texts);
    into->texts[into->text_count] = strndup((const char *)bytes, length);
    return into->texts[into->text_count++];
}

static bool is_of_interest(const reading *self, const deed *made)
{
    if (made->kind == TRACE_MARK) {
        return true;
    }
    return made->kind != TRACE_ROOT && made->file != NO_FILE &&
           !self->into->files[made->file].is_ignored;
}

/* What was done until now is given; its syncs are nobody's. */
static void begin(history *into)
{
    for (size_t i = 0; i < into->count; i++) {
        into->deeds[i].site = NO_SITE;
    }
    for (size_t i = 0; i < into->site_count; i++) {
        free(into->sites[i]);
    }
    free(into->sites);
    into->sites = NULL;
    into->site_count = 0;
    into->begin = into->count;
}

static void add_deed(history *into, const deed *made)
{
    into->deeds = reading_grow(into->deeds, into->count, sizeof *into->deeds);
    into->deeds[into->count++] = *made;
    if (history_is_mark(into, into->count - 1, HISTORY_GIVEN)) {
        begin(into);
    }
}

/* Returns the length of the record. */
static size_t read_record(reading *self, const uint8_t *bytes)
{
    trace_record record;
    deed made = {.site = NO_SITE};
    const uint8_t *next = bytes + sizeof record;

    memcpy(&record, bytes, sizeof record);
    made.kind = (trace_kind)record.kind;
    made.file = reading_find_file(self, record.inode);
    made.folder = reading_find_file(self, record.folder);
    made.to_folder = reading_find_file(self, record.to_folder);
    made.offset = record.offset;
    made.time_ns = record.time_ns;
    memcpy(self->frames, next, record.frame_count * sizeof(uint64_t));
    next += record.frame_count * sizeof(uint64_t);
    made.name = keep_text(self, next, record.name_bytes);
    next += record.name_bytes;
    made.to_name = keep_text(self, next, record.to_name_bytes);
    next += record.to_name_bytes;
    made.bytes = next;
    made.length = record.data_bytes;
    next += record.data_bytes;
    reading_follow(self, &made, &record);
    if (made.kind == TRACE_WRITE && made.file != NO_FILE &&
        self->into->files[made.file].is_hint) {
        made.kind = TRACE_MAPPED;
    }
    if (is_of_interest(self, &made)) {
        add_deed(self->into, &made);
    }
    return (size_t)(next - bytes);
}

static uint8_t *read_whole(const char *path, size_t *ret_length)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    uint8_t *bytes;

    if (fd == -1 || fstat(fd, &st) == -1) {
        history_give_up(path);
    }
    bytes = malloc((size_t)st.st_size + 1);
    if (bytes == NULL || read(fd, bytes, (size_t)st.st_size) != st.st_size) {
        history_give_up(path);
    }
    (void)close(fd);
    *ret_length = (size_t)st.st_size;
    return bytes;
}

void history_read(const char *path, const char *program, history *ret_history)
{
    reading self = {.into = ret_history, .program = symbols_read(program)};
    size_t length;
    uint8_t *bytes = read_whole(path, &length);
    size_t at = 0;

    *ret_history = (history){.path = path, .bytes = bytes};
    while (at < length) {
        at += read_record(&self, bytes + at);
    }
    free(self.entries);
    symbols_close(self.program);
}
