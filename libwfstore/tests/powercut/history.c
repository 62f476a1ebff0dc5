/*
 * history.c - a trace in memory.
 */
#include "history.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "site.h"
#include "symbols.h"

/* Of running processes only: after a cut it may hold anything. */
#define HINT_NAME "live"

/* A name that a file has at some moment while the trace is read. */
typedef struct entry {
    size_t folder;
    size_t file;
    char *name;
} entry;

typedef struct reading {
    history *into;
    symbols *program;
    entry *entries;
    size_t entry_count;
    uint64_t frames[TRACE_FRAMES_MAX];
} reading;

_Noreturn void history_give_up(const char *what)
{
    fprintf(stderr, "powercut: %s: %s\n", what, strerror(errno));
    exit(2);
}

/* Room for one more; grows by doubling. */
static void *grow(void *items, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0) {
        return items;
    }
    items = realloc(items, (count == 0 ? 1 : 2 * count) * size);
    if (items == NULL) {
        history_give_up("realloc");
    }
    return items;
}

static size_t add_file(reading *self, uint64_t inode, bool is_folder)
{
    history *into = self->into;

    into->files = grow(into->files, into->file_count, sizeof *into->files);
    into->files[into->file_count] =
        (history_file){.inode = inode, .is_folder = is_folder};
    return into->file_count++;
}

/* The youngest with this inode. */
static size_t find_file(const reading *self, uint64_t inode)
{
    for (size_t i = self->into->file_count; i > 0; i--) {
        if (self->into->files[i - 1].inode == inode) {
            return i - 1;
        }
    }
    return NO_FILE;
}

static entry *find_entry(const reading *self, size_t folder, const char *name)
{
    for (size_t i = 0; i < self->entry_count; i++) {
        entry *found = &self->entries[i];

        if (found->folder == folder && strcmp(found->name, name) == 0) {
            return found;
        }
    }
    return NULL;
}

static const char *find_name(const reading *self, size_t file)
{
    for (size_t i = 0; i < self->entry_count; i++) {
        if (self->entries[i].file == file) {
            return self->entries[i].name;
        }
    }
    return NULL;
}

static void remove_entry(reading *self, size_t folder, const char *name)
{
    entry *found = find_entry(self, folder, name);

    if (found != NULL) {
        *found = self->entries[--self->entry_count];
    }
}

static void put_entry(reading *self, size_t folder, const char *name,
                      size_t file)
{
    remove_entry(self, folder, name);
    self->entries = grow(self->entries, self->entry_count, sizeof(entry));
    self->entries[self->entry_count++] = (entry){folder, file, (char *)name};
}

static bool has_end(const char *name, const char *end)
{
    size_t length = strlen(name);
    size_t end_length = strlen(end);

    return length >= end_length && strcmp(name + length - end_length, end) == 0;
}

static void add_site(reading *self, deed *made, const trace_record *record)
{
    history *into = self->into;
    const char *name = made->file == 0 ? "parent" : find_name(self, made->file);
    char *site = site_make_name(name, into->files[made->file].is_folder,
                                self->program, record, self->frames);

    for (size_t i = 0; i < into->site_count; i++) {
        if (strcmp(into->sites[i], site) == 0) {
            made->site = i;
            free(site);
            return;
        }
    }
    into->sites = grow(into->sites, into->site_count, sizeof *into->sites);
    into->sites[into->site_count] = site;
    made->site = into->site_count++;
}

/* Names come and go while the trace is read, so that files can be told. */
static void follow_names(reading *self, deed *made, const trace_record *record)
{
    switch (record->kind) {
    case TRACE_ROOT:
        if (self->into->file_count == 0) {
            (void)add_file(self, record->inode, true);
        }
        break;
    case TRACE_MAKE_FOLDER:
    case TRACE_MAKE_FILE:
        made->file =
            add_file(self, record->inode, record->kind == TRACE_MAKE_FOLDER);
        self->into->files[made->file].is_ignored = has_end(made->name, "-shm");
        self->into->files[made->file].is_hint =
            strcmp(made->name, HINT_NAME) == 0;
        put_entry(self, made->folder, made->name, made->file);
        break;
    case TRACE_NAMELESS:
        made->file = add_file(self, record->inode, false);
        break;
    case TRACE_LINK:
        put_entry(self, made->folder, made->name, made->file);
        break;
    case TRACE_UNLINK: {
        const entry *found = find_entry(self, made->folder, made->name);

        made->file = found == NULL ? NO_FILE : found->file;
        remove_entry(self, made->folder, made->name);
        break;
    }
    case TRACE_RENAME: {
        const entry *found = find_entry(self, made->folder, made->name);

        if (found == NULL) {
            history_give_up("a file without a name was renamed");
        }
        made->file = found->file;
        remove_entry(self, made->folder, made->name);
        put_entry(self, made->to_folder, made->to_name, made->file);
        break;
    }
    case TRACE_SYNC:
        if (made->file != NO_FILE) {
            add_site(self, made, record);
        }
        break;
    default:
        break;
    }
}

static const char *keep_text(reading *self, const uint8_t *bytes, size_t length)
{
    history *into = self->into;

    into->texts = grow(into->texts, into->text_count, sizeof *into->texts);
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

/* Returns the length of the record. */
static size_t read_record(reading *self, const uint8_t *bytes)
{
    trace_record record;
    deed made = {.site = NO_SITE};
    const uint8_t *next = bytes + sizeof record;

    memcpy(&record, bytes, sizeof record);
    made.kind = (trace_kind)record.kind;
    made.file = find_file(self, record.inode);
    made.folder = find_file(self, record.folder);
    made.to_folder = find_file(self, record.to_folder);
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
    follow_names(self, &made, &record);
    if (made.kind == TRACE_WRITE && made.file != NO_FILE &&
        self->into->files[made.file].is_hint) {
        made.kind = TRACE_MAPPED;
    }
    if (is_of_interest(self, &made)) {
        history *into = self->into;

        into->deeds = grow(into->deeds, into->count, sizeof *into->deeds);
        into->deeds[into->count++] = made;
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
        "?",      "root",   "make folder", "make",  "nameless",
        "link",   "unlink", "rename",      "write", "resize",
        "mapped", "sync",   "mark",
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
        printf(" %s", self->sites[it->site]);
        break;
    case TRACE_RENAME:
        printf(" #%zu/%s to #%zu/%s", it->folder, it->name, it->to_folder,
               it->to_name);
        break;
    case TRACE_MAPPED:
    case TRACE_NAMELESS:
        break;
    default:
        printf(" #%zu/%s", it->folder, it->name);
    }
    printf("\n");
}
