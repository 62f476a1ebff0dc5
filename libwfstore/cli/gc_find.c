/*
 * gc_find.c - wfstore gc: the stores below a directory.
 *
 * A directory with .wfstore in it is a store, and nothing below it is looked
 * at. Each is opened by its name within the one above, never through a link: a
 * user who owns a store cannot lead root elsewhere by swapping a directory for
 * a link.
 */
#include "gc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"
#include "signals.h"

#define FOLDER ".wfstore"
#define DEPTH_MAX 16

typedef struct search {
    cli_gc_visitor visitor;
    void *data;
    unsigned depth;
    bool has_failed;
} search;

static void look(search *self, int directory, const char *path);

static void complain(search *self, const char *path)
{
    cli_message("%s: %s", path, strerror(errno));
    self->has_failed = true;
}

static bool is_store(int directory)
{
    struct stat about;

    return fstatat(directory, FOLDER, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISDIR(about.st_mode);
}

/* An entry that is a directory is looked at; anything else is not ours. */
static void look_at_entry(search *self, int above, const char *above_path,
                          const char *name)
{
    int directory =
        openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    char *path = NULL;

    if (directory < 0 &&
        (errno == ENOTDIR || errno == ELOOP || errno == ENOENT)) {
        return;
    }
    if (asprintf(&path, "%s/%s", above_path, name) < 0) {
        errno = ENOMEM;
        complain(self, above_path);
    } else if (directory < 0) {
        complain(self, path);
    } else {
        look(self, directory, path);
    }
    free(path);
    if (directory >= 0) {
        (void)close(directory);
    }
}

static bool is_worth_a_look(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 &&
           strcmp(entry->d_name, "..") != 0 &&
           (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN);
}

static void look_inside(search *self, int directory, const char *path)
{
    int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = copy >= 0 ? fdopendir(copy) : NULL;
    const struct dirent *entry;

    if (entries == NULL) {
        complain(self, path);
        if (copy >= 0) {
            (void)close(copy);
        }
        return;
    }
    self->depth++;
    while (!cli_signals_is_interrupted() &&
           (entry = readdir(entries)) != NULL) {
        if (is_worth_a_look(entry)) {
            look_at_entry(self, directory, path, entry->d_name);
        }
    }
    self->depth--;
    (void)closedir(entries);
}

static void look(search *self, int directory, const char *path)
{
    if (is_store(directory)) {
        self->visitor(self->data, directory, path);
    } else if (self->depth < DEPTH_MAX) {
        look_inside(self, directory, path);
    }
}

cli_exit cli_gc_find(const char *parent, cli_gc_visitor visitor, void *data)
{
    search self = {.visitor = visitor, .data = data};
    int directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (directory < 0) {
        bool is_missing = errno == ENOENT;

        complain(&self, parent);
        return is_missing ? CLI_MISSING : CLI_FAILED;
    }
    look(&self, directory, parent);
    (void)close(directory);
    return self.has_failed ? CLI_FINDINGS : CLI_DONE;
}
