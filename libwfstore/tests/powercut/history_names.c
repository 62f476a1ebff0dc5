/*
 * history_names.c - which file has which name while a trace is read.
 */
#include "history_names.h"

#include <stdlib.h>
#include <string.h>

#include "site.h"

/* Of running processes only: after a cut it may hold anything. */
#define HINT_NAME "live"

void *reading_grow(void *items, size_t count, size_t size)
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

    into->files =
        reading_grow(into->files, into->file_count, sizeof *into->files);
    into->files[into->file_count] =
        (history_file){.inode = inode, .is_folder = is_folder};
    return into->file_count++;
}

size_t reading_find_file(const reading *self, uint64_t inode)
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
    self->entries =
        reading_grow(self->entries, self->entry_count, sizeof(entry));
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
    into->sites =
        reading_grow(into->sites, into->site_count, sizeof *into->sites);
    into->sites[into->site_count] = site;
    made->site = into->site_count++;
}

void reading_follow(reading *self, deed *made, const trace_record *record)
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
