/*
 * check_aside.c - rebuilding throws nothing away: the catalogue it replaces and
 * the bytes of uploads lie aside.
 */
#include "check.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_BYTES 8192

static bool has_ends(const char *name, const char *start, const char *end)
{
    size_t length = strlen(name);

    return strncmp(name, start, strlen(start)) == 0 && length >= strlen(end) &&
           strcmp(name + length - strlen(end), end) == 0;
}

/* Path of the entry of `folder` whose name begins and ends so; false: none. */
static bool find(const char *folder, const char *start, const char *end,
                 char ret_path[PATH_BYTES])
{
    DIR *stream = opendir(folder);
    const struct dirent *entry;
    bool is_found = false;

    while (stream != NULL && !is_found && (entry = readdir(stream)) != NULL) {
        is_found = has_ends(entry->d_name, start, end);
        if (is_found) {
            (void)snprintf(ret_path, PATH_BYTES, "%.4000s/%s", folder,
                           entry->d_name);
        }
    }
    if (stream != NULL) {
        (void)closedir(stream);
    }
    return is_found;
}

static bool has_bytes(const char *path, const promise *it)
{
    uint8_t *expected = plan_make_bytes(it->planned);
    uint8_t *got = calloc(1, it->aside_bytes);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is_same =
        got != NULL && fd != -1 &&
        pread(fd, got, it->aside_bytes, 0) == (ssize_t)it->aside_bytes &&
        memcmp(got, expected, it->aside_bytes) == 0;

    if (fd != -1) {
        (void)close(fd);
    }
    free(expected);
    free(got);
    return is_same;
}

static bool check_part(check *self, const char *meta, const promise *it)
{
    char uploads[PATH_BYTES];
    char path[PATH_BYTES];

    if (!find(meta, "uploads.", "", uploads) ||
        !find(uploads, it->planned->id, ".part", path)) {
        return check_fail(self, "the bytes of %s are not aside",
                          it->planned->id);
    }
    return has_bytes(path, it) ||
           check_fail(self, "%s has wrong bytes aside", it->planned->id);
}

bool check_aside(check *self)
{
    const promises *all = self->promised;
    char meta[PATH_BYTES];
    char path[PATH_BYTES];

    if (!all->is_rebuilt && !self->is_rebuilt) {
        return true;
    }
    (void)snprintf(meta, sizeof meta, "%s/.wfstore", self->path);
    if (all->replaced_recordings > 0 &&
        !(find(meta, "catalog.sqlite3.", "Z", path) &&
          check_replaced(self, path))) {
        return check_fail(self, "the replaced catalogue is not aside");
    }
    for (size_t i = 0; i < all->count && !self->has_failed; i++) {
        if (all->all[i].aside_bytes > 0) {
            (void)check_part(self, meta, &all->all[i]);
        }
    }
    return !self->has_failed;
}
