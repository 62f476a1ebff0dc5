/*
 * memory.h - a file in memory that a wfs_reader reads, and that a salvage plan
 * can be carried out on.
 */
#ifndef WFS_TEST_MEMORY_H
#define WFS_TEST_MEMORY_H

#include "salvage.h"

/* `reads` counts; while `is_broken` each of them fails. */
typedef struct memory_file {
    uint8_t *bytes; /* new */
    size_t length;
    size_t reads;
    bool is_broken;
} memory_file;

/* A wfs_reader of the first `length` bytes. */
wfs_reader memory_file_reader(memory_file *file);

/* What wfs_salvage_part does to a part, and the cut. */
void memory_file_salvage(memory_file *file, const wfs_salvage *plan);

/* A copy of the first `length` bytes. */
memory_file memory_file_copy(const memory_file *file, size_t length);

/* A file of tests/data; ends the program if it is not there. */
memory_file memory_file_load(const char *path);

#endif
