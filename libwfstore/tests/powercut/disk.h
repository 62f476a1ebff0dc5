/*
 * disk.h - a disk in memory, as one cut leaves it; and on a real one.
 */
#ifndef POWERCUT_DISK_H
#define POWERCUT_DISK_H

#include "cut.h"

typedef struct disk_file {
    uint8_t *bytes;
    size_t size;
    size_t capacity;
    int64_t time_ns;
    bool is_mapped;
} disk_file;

typedef struct disk_entry {
    size_t folder;
    const char *name;
    size_t file;
} disk_entry;

/* One is filled again and again. */
typedef struct disk {
    const history *history;
    disk_file *files;
    disk_entry *entries;
    size_t entry_count;
} disk;

void disk_open(disk *self, const history *from);
void disk_close(disk *self);

/* Fill with what `state` leaves. */
void disk_fill(disk *self, const cut *state);

/* A digest of names and bytes: equal disks have equal ones. */
uint64_t disk_hash(const disk *self);

/* Write all below an existing folder `path`, which becomes the root. */
void disk_put(const disk *self, const char *path);

/* Empty a real folder. */
void disk_clear(const char *path);

/*
 * Whether the folder `path` holds the same; tells on stderr what does not. What
 * a mapping may have changed is not compared.
 */
bool disk_is_at(const disk *self, const char *path);

#endif
