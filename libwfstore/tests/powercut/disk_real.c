/*
 * disk_real.c - a disk in memory put on a real one, and compared with it.
 */
#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_BYTES 4096

static void put_file(const disk_file *file, int folder, const char *name)
{
    struct timespec times[2];
    int fd =
        openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);

    if (fd == -1 || write(fd, file->bytes, file->size) != (ssize_t)file->size) {
        history_give_up(name);
    }
    times[0] = (struct timespec){file->time_ns / 1000000000,
                                 file->time_ns % 1000000000};
    times[1] = times[0];
    (void)futimens(fd, times);
    (void)close(fd);
}

/* A second name of a file that is there already. */
static bool put_second_name(const disk *self, size_t index, const int *folders)
{
    const disk_entry *entry = &self->entries[index];

    for (size_t i = 0; i < self->entry_count; i++) {
        const disk_entry *other = &self->entries[i];

        if (i != index && other->file == entry->file &&
            folders[other->folder] != -1 &&
            linkat(folders[other->folder], other->name, folders[entry->folder],
                   entry->name, 0) == 0) {
            return true;
        }
    }
    return false;
}

static int put_folder(int folder, const char *name)
{
    int fd;

    if (mkdirat(folder, name, 0750) == -1) {
        history_give_up(name);
    }
    fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd == -1) {
        history_give_up(name);
    }
    return fd;
}

/* Folders are made before what is in them, so one pass after the other until
 * nothing comes; what lies in a folder without a name is lost. */
static void put_folders(const disk *self, int *folders)
{
    bool has_more = true;

    while (has_more) {
        has_more = false;
        for (size_t i = 0; i < self->entry_count; i++) {
            const disk_entry *entry = &self->entries[i];

            if (self->history->files[entry->file].is_folder &&
                folders[entry->file] == -1 && folders[entry->folder] != -1) {
                folders[entry->file] =
                    put_folder(folders[entry->folder], entry->name);
                has_more = true;
            }
        }
    }
}

void disk_put(const disk *self, const char *path)
{
    size_t count = self->history->file_count;
    int *folders = malloc(count * sizeof *folders);

    if (folders == NULL) {
        history_give_up("malloc");
    }
    memset(folders, 0xff, count * sizeof *folders);
    folders[0] = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folders[0] == -1) {
        history_give_up(path);
    }
    put_folders(self, folders);
    for (size_t i = 0; i < self->entry_count; i++) {
        const disk_entry *entry = &self->entries[i];

        if (!self->history->files[entry->file].is_folder &&
            folders[entry->folder] != -1 &&
            !put_second_name(self, i, folders)) {
            put_file(&self->files[entry->file], folders[entry->folder],
                     entry->name);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (folders[i] != -1) {
            (void)close(folders[i]);
        }
    }
    free(folders);
}

void disk_clear(const char *path)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        char child[NAME_BYTES];

        if (strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        (void)snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
        if (unlink(child) == -1) {
            disk_clear(child);
            (void)rmdir(child);
        }
    }
    if (stream != NULL) {
        (void)closedir(stream);
    }
}

static bool tell(const char *path, const char *what)
{
    fprintf(stderr, "powercut: %s %s\n", path, what);
    return false;
}

static bool is_same_file(const disk_file *file, const char *path)
{
    struct stat st;
    uint8_t *bytes = NULL;
    bool is_same = false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd == -1 || fstat(fd, &st) == -1) {
        return tell(path, "is not there");
    }
    bytes = malloc((size_t)st.st_size + 1);
    if (bytes != NULL && (size_t)st.st_size == file->size) {
        is_same = read(fd, bytes, file->size) == (ssize_t)file->size &&
                  (file->is_mapped || file->size == 0 ||
                   memcmp(bytes, file->bytes, file->size) == 0);
    }
    free(bytes);
    (void)close(fd);
    return is_same || tell(path, "has other bytes than were recorded");
}

static size_t count_names(const char *path)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;
    size_t count = 0;

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    }
    if (stream != NULL) {
        (void)closedir(stream);
    }
    return count;
}

static bool is_same_folder(const disk *self, size_t folder, const char *path)
{
    size_t count = 0;
    bool is_same = true;

    for (size_t i = 0; i < self->entry_count; i++) {
        const disk_entry *entry = &self->entries[i];
        char child[NAME_BYTES];

        if (entry->folder != folder) {
            continue;
        }
        (void)snprintf(child, sizeof child, "%s/%s", path, entry->name);
        count++;
        is_same = (self->history->files[entry->file].is_folder
                       ? is_same_folder(self, entry->file, child)
                       : is_same_file(&self->files[entry->file], child)) &&
                  is_same;
    }
    return is_same && (count == count_names(path) ||
                       tell(path, "has other names than were recorded"));
}

bool disk_is_at(const disk *self, const char *path)
{
    return is_same_folder(self, 0, path);
}
