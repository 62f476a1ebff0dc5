/*
 * trace.h - what the recorder writes down and the replayer reads.
 *
 * A trace is a row of records, each a trace_record and then its frames (8 bytes
 * each), name, second name and bytes. Files and folders are named by their
 * inode; an inode that is made anew is another file.
 */
#ifndef POWERCUT_TRACE_H
#define POWERCUT_TRACE_H

#include <stdint.h>

#define TRACE_FRAMES_MAX 24

typedef enum trace_kind {
    TRACE_ROOT = 1,    /* the folder above the store; it survives everything */
    TRACE_MAKE_FOLDER, /* `inode` as `name` in `folder` */
    TRACE_MAKE_FILE,   /* the same */
    TRACE_NAMELESS,    /* `inode`, a file without a name */
    TRACE_LINK,        /* `inode` is also `name` in `folder` */
    TRACE_UNLINK,      /* `name` in `folder` is no more */
    TRACE_RENAME,      /* `name` in `folder` is now `to_name` in `to_folder` */
    TRACE_WRITE,       /* bytes at `offset` of `inode` */
    TRACE_RESIZE,      /* `inode` is `offset` bytes long */
    TRACE_TIME,        /* `inode` was changed at `time_ns`, somebody says */
    TRACE_MAPPED,      /* `inode` may hold any bytes: mapped, or a hint */
    TRACE_SYNC,        /* what was done to `inode` before is durable */
    TRACE_MARK         /* `name` is a line from the life */
} trace_kind;

/*
 * `frames` are who called, innermost first: addresses in the program's own
 * file; those of libraries are left out. `is_sqlite`: SQLite stood in between.
 * `time_ns`: of a write, a length or a time: when the file was changed.
 */
typedef struct trace_record {
    uint32_t kind;
    uint32_t is_sqlite;
    uint64_t inode;
    uint64_t folder;
    uint64_t to_folder;
    uint64_t offset;
    int64_t time_ns;
    uint32_t frame_count;
    uint32_t name_bytes;
    uint32_t to_name_bytes;
    uint32_t data_bytes;
} trace_record;

#endif
