/*
 * recorder.h - the shared object that is loaded before a program (LD_PRELOAD)
 * and writes down what the program does to the files below one folder.
 *
 *     POWERCUT_ROOT   the folder
 *     POWERCUT_TRACE  the file to append to; unset: nothing is recorded
 *
 * Each call is made and written down under one lock, which processes that the
 * program forks share, so that the trace has the order in which things
 * happened. Calls go to the kernel by their number, past
 * the C library, which is what stands behind these names.
 */
#ifndef POWERCUT_RECORDER_H
#define POWERCUT_RECORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "trace.h"

/* What a program says to the recorder; looked up by dlsym(). */
typedef enum recorder_lack {
    RECORDER_LACKS_NOTHING = 0,
    RECORDER_LACKS_NAMELESS = 1 << 0,  /* O_TMPFILE: EOPNOTSUPP */
    RECORDER_LACKS_NOREPLACE = 1 << 1, /* RENAME_NOREPLACE: EINVAL */
    RECORDER_LACKS_COPYING = 1 << 2    /* copy_file_range: EXDEV */
} recorder_lack;

/* Write `line` down as a TRACE_MARK. */
void powercut_mark(const char *line);

/* From now on the disk has not what is in `lacks`. */
void powercut_lack(unsigned lacks);

/* The process is killed right after the n-th call of `kind` from now on. */
void powercut_die_after(trace_kind kind, unsigned n);

/* For recorder*.c. */
bool recorder_lacks(recorder_lack what);

/* Around each call that may have to be written down; keeps errno. */
void recorder_lock(void);
void recorder_unlock(void);

/* Whether `fd` is a file or folder of the recorded disk; its inode. */
bool recorder_knows(int fd, uint64_t *ret_inode);

/* Inode of the folder that has `path`'s last name, and that name. */
bool recorder_find_folder(int dir, const char *path, uint64_t *ret_inode,
                          const char **ret_name);

/* Inode of what `path` names; false: nothing, or on another disk. */
bool recorder_find(int dir, const char *path, uint64_t *ret_inode);

/* Append; `name`, `to_name` and `data` may be NULL. */
void recorder_put(trace_record *record, const char *name, const char *to_name,
                  const void *data);

#endif
