/*
 * recorder_names.c - calls that make, change and take away names.
 */
#include "recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PUBLIC __attribute__((visibility("default")))
#define ALIAS(name) __attribute__((visibility("default"), alias(#name)))

static void put_new(trace_kind kind, int dir, const char *path, uint64_t inode)
{
    trace_record record = {.kind = kind, .inode = inode};
    const char *name;

    if (recorder_find_folder(dir, path, &record.folder, &name)) {
        recorder_put(&record, name, NULL, NULL);
    }
}

static bool is_nameless(int flags)
{
    return (flags & O_TMPFILE) == O_TMPFILE;
}

/* What has come of opening: a new file, a nameless one, an emptied one. */
static void put_opened(int fd, int dir, const char *path, int flags, bool was)
{
    uint64_t inode;

    if (!recorder_knows(fd, &inode)) {
        return;
    }
    if (is_nameless(flags)) {
        recorder_put(&(trace_record){.kind = TRACE_NAMELESS, .inode = inode},
                     NULL, NULL, NULL);
    } else if ((flags & O_CREAT) != 0 && !was) {
        put_new(TRACE_MAKE_FILE, dir, path, inode);
    } else if ((flags & O_TRUNC) != 0) {
        recorder_put(&(trace_record){.kind = TRACE_RESIZE, .inode = inode},
                     NULL, NULL, NULL);
    }
}

static int open_path(int dir, const char *path, int flags, mode_t mode)
{
    uint64_t inode;
    bool was;
    int fd = -1;

    recorder_lock();
    was = recorder_find(dir, path, &inode);
    if (is_nameless(flags) && recorder_lacks(RECORDER_LACKS_NAMELESS)) {
        errno = EOPNOTSUPP;
    } else {
        fd = (int)syscall(SYS_openat, dir, path, flags, mode);
    }
    if (fd != -1) {
        put_opened(fd, dir, path, flags, was);
    }
    recorder_unlock();
    return fd;
}

/* Whether a mode follows the flags. */
static bool has_mode(int flags)
{
    return (flags & O_CREAT) != 0 || is_nameless(flags);
}

PUBLIC int openat(int dir, const char *path, int flags, ...)
{
    mode_t mode = 0;
    va_list list;

    va_start(list, flags);
    if (has_mode(flags)) {
        mode = va_arg(list, mode_t);
    }
    va_end(list);
    return open_path(dir, path, flags, mode);
}

ALIAS(openat) int openat64(int dir, const char *path, int flags, ...);

PUBLIC int open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    va_list list;

    va_start(list, flags);
    if (has_mode(flags)) {
        mode = va_arg(list, mode_t);
    }
    va_end(list);
    return open_path(AT_FDCWD, path, flags, mode);
}

ALIAS(open) int open64(const char *path, int flags, ...);

PUBLIC int creat(const char *path, mode_t mode)
{
    return open_path(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

ALIAS(creat) int creat64(const char *path, mode_t mode);

PUBLIC int mkdirat(int dir, const char *path, mode_t mode)
{
    uint64_t inode;
    int result;

    recorder_lock();
    result = (int)syscall(SYS_mkdirat, dir, path, mode);
    if (result == 0 && recorder_find(dir, path, &inode)) {
        put_new(TRACE_MAKE_FOLDER, dir, path, inode);
    }
    recorder_unlock();
    return result;
}

PUBLIC int mkdir(const char *path, mode_t mode)
{
    return mkdirat(AT_FDCWD, path, mode);
}

PUBLIC int unlinkat(int dir, const char *path, int flags)
{
    trace_record record = {.kind = TRACE_UNLINK};
    const char *name;
    bool is_known;
    int result;

    recorder_lock();
    is_known = recorder_find_folder(dir, path, &record.folder, &name);
    result = (int)syscall(SYS_unlinkat, dir, path, flags);
    if (result == 0 && is_known) {
        recorder_put(&record, name, NULL, NULL);
    }
    recorder_unlock();
    return result;
}

PUBLIC int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

PUBLIC int rmdir(const char *path)
{
    return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

PUBLIC int linkat(int from_dir, const char *from, int to_dir, const char *to,
                  int flags)
{
    uint64_t inode;
    int result;

    recorder_lock();
    result = (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
    if (result == 0 && recorder_find(to_dir, to, &inode)) {
        put_new(TRACE_LINK, to_dir, to, inode);
    }
    recorder_unlock();
    return result;
}

PUBLIC int link(const char *from, const char *to)
{
    return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

PUBLIC int renameat2(int from_dir, const char *from, int to_dir, const char *to,
                     unsigned flags)
{
    trace_record record = {.kind = TRACE_RENAME};
    const char *name;
    const char *to_name;
    int result = -1;

    recorder_lock();
    if (flags != 0 && recorder_lacks(RECORDER_LACKS_NOREPLACE)) {
        errno = EINVAL;
    } else {
        result = (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
    }
    if (result == 0 &&
        recorder_find_folder(from_dir, from, &record.folder, &name) &&
        recorder_find_folder(to_dir, to, &record.to_folder, &to_name)) {
        recorder_put(&record, name, to_name, NULL);
    }
    recorder_unlock();
    return result;
}

PUBLIC int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    return renameat2(from_dir, from, to_dir, to, 0);
}

PUBLIC int rename(const char *from, const char *to)
{
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}
