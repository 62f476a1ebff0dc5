/*
 * calls_files.c - the C library's calls on files, defined once more: ask
 * calls.c, then call the real one.
 *
 * The linker puts what a shared library needs and the executable has into the
 * executable's dynamic symbols, so libsqlite3 finds these first. A caller whose
 * return address is not in the executable is SQLite.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "support/calls_table.h"

/* Of the linker: where the program begins, and its text ends. */
extern const char __executable_start;
extern const char etext;

static bool is_ours(const void *caller)
{
    uintptr_t at = (uintptr_t)caller;

    return at >= (uintptr_t)&__executable_start && at < (uintptr_t)&etext;
}

static bool is_directory(int fd)
{
    struct stat st;
    int (*look)(int, struct stat *) =
        (int (*)(int, struct stat *))(uintptr_t)dlsym(RTLD_NEXT, "fstat64");

    return look(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

static unsigned get_open_kinds(int flags)
{
    unsigned kinds = CALLS_WAIT;

    if ((flags & O_CREAT) != 0) {
        kinds |= CALLS_MAKE;
    }
    if ((flags & O_TMPFILE) == O_TMPFILE) {
        kinds |= CALLS_MAKE | CALLS_OPTIONAL;
    }
    return kinds;
}

/* Taking locks; the rest cannot fail, nor can giving a lock back. */
static unsigned get_fcntl_kinds(int command, const struct flock *lock)
{
    bool is_lock = command == F_SETLK || command == F_SETLKW ||
                   command == F_OFD_SETLK || command == F_OFD_SETLKW;

    if (is_lock && lock->l_type == F_UNLCK) {
        return 0;
    }
    switch (command) {
    case F_SETLK:
    case F_OFD_SETLK:
        return CALLS_LOOK;
    case F_SETLKW:
    case F_OFD_SETLKW:
        return CALLS_WAIT;
    default:
        return 0;
    }
}

/*
 * `.wfstore/live` is a courtesy between running processes: nothing depends on
 * its calls, and how many there are depends on the clock. So they are neither
 * counted nor failed here; test_live_damage sees to them.
 */
static bool is_live(int fd)
{
    char link[64];
    char path[512];
    ssize_t length;

    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof(path) - 1);
    path[length > 0 ? length : 0] = '\0';
    return strstr(path, "/.wfstore/live") != NULL;
}

#define PUBLIC __attribute__((visibility("default")))

/*
 * Defines a call, under another name in C since its own is declared otherwise
 * (`...`): result, name, kinds, log name (or NULL), what it returns on
 * failure, parameters and arguments. `half` is run before a call that is to do
 * half of what it should. A call that `is_free` is none of ours.
 */
#define CALL_FULL(type, name, kinds, log_name, failure, parameters, arguments, \
                  half, is_free)                                               \
    PUBLIC type calls_##name parameters __asm__(#name);                        \
    PUBLIC type calls_##name parameters                                        \
    {                                                                          \
        static type(*real) parameters;                                         \
        const calls_call call = {#name, log_name, kinds,                       \
                                 !is_ours(__builtin_return_address(0))};       \
        type result = failure;                                                 \
        calls_verdict verdict;                                                 \
                                                                               \
        if (real == NULL) {                                                    \
            real = (type(*) parameters)(uintptr_t)dlsym(RTLD_NEXT, #name);     \
        }                                                                      \
        if (is_free) {                                                         \
            return real arguments;                                             \
        }                                                                      \
        verdict = calls_begin(&call);                                          \
        if (verdict == CALLS_DO_HALF) {                                        \
            half;                                                              \
        }                                                                      \
        if (verdict != CALLS_DO_NOT) {                                         \
            result = real arguments;                                           \
        }                                                                      \
        calls_end();                                                           \
        return result;                                                         \
    }

#define CALL_HALF(type, name, kinds, log_name, failure, parameters, arguments, \
                  half)                                                        \
    CALL_FULL(type, name, kinds, log_name, failure, parameters, arguments,     \
              half, false)

/* The same for calls that are made on live, too. */
#define CALL_LIVE(type, name, kinds, log_name, failure, parameters, arguments, \
                  half)                                                        \
    CALL_FULL(type, name, kinds, log_name, failure, parameters, arguments,     \
              half, is_live(fd))

#define CALL(type, name, kinds, log_name, failure, parameters, arguments)      \
    CALL_HALF(type, name, kinds, log_name, failure, parameters, arguments,     \
              (void)0)

#define HALVE length -= length / 2

CALL_LIVE(ssize_t, pwrite64, CALLS_WRITE, "write", -1,
          (int fd, const void *bytes, size_t length, off_t offset),
          (fd, bytes, length, offset), HALVE)
CALL_HALF(ssize_t, write, CALLS_WRITE, "write", -1,
          (int fd, const void *bytes, size_t length), (fd, bytes, length),
          HALVE)
CALL_LIVE(ssize_t, pread64, CALLS_READ, NULL, -1,
          (int fd, void *buffer, size_t length, off_t offset),
          (fd, buffer, length, offset), HALVE)
CALL_HALF(ssize_t, read, CALLS_READ, NULL, -1,
          (int fd, void *buffer, size_t length), (fd, buffer, length), HALVE)
CALL_HALF(ssize_t, copy_file_range, CALLS_WRITE | CALLS_OPTIONAL, "copy", -1,
          (int from, off_t *in, int to, off_t *out, size_t length,
           unsigned flags),
          (from, in, to, out, length, flags), HALVE)
CALL(int, fdatasync, CALLS_SYNC, "sync", -1, (int fd), (fd))
CALL(int, fsync, CALLS_SYNC, is_directory(fd) ? "sync-dir" : "sync", -1,
     (int fd), (fd))
CALL(int, ftruncate64, CALLS_MAKE | CALLS_WAIT, "truncate", -1,
     (int fd, off_t size), (fd, size))
CALL(int, ioctl, CALLS_MAKE | CALLS_WAIT | CALLS_OPTIONAL, "clone", -1,
     (int fd, unsigned long what, long from), (fd, what, from))
CALL(int, futimens, CALLS_LOOK, NULL, -1,
     (int fd, const struct timespec *times), (fd, times))
CALL(int, fallocate64, CALLS_MAKE | CALLS_WAIT | CALLS_OPTIONAL, "allocate", -1,
     (int fd, int mode, off_t offset, off_t length), (fd, mode, offset, length))

CALL(int, renameat, CALLS_MAKE, "rename", -1,
     (int from_dir, const char *from, int to_dir, const char *to),
     (from_dir, from, to_dir, to))
CALL(int, renameat2, CALLS_MAKE, "rename", -1,
     (int from_dir, const char *from, int to_dir, const char *to,
      unsigned flags),
     (from_dir, from, to_dir, to, flags))
CALL(int, linkat, CALLS_MAKE, "link", -1,
     (int from_dir, const char *from, int to_dir, const char *to, int flags),
     (from_dir, from, to_dir, to, flags))
CALL(int, unlinkat, CALLS_LOOK, "unlink", -1,
     (int dir, const char *name, int flags), (dir, name, flags))
CALL(int, unlink, CALLS_LOOK, "unlink", -1, (const char *name), (name))
CALL(int, mkdirat, CALLS_MAKE, "make", -1,
     (int dir, const char *name, mode_t mode), (dir, name, mode))
CALL(int, fchmod, CALLS_LOOK, NULL, -1, (int fd, mode_t mode), (fd, mode))
CALL(int, fchown, CALLS_LOOK, NULL, -1, (int fd, uid_t uid, gid_t gid),
     (fd, uid, gid))

/* The mode is passed on even where none was given: it is not read then. */
CALL_FULL(int, openat64, get_open_kinds(flags), NULL, -1,
          (int dir, const char *name, int flags, mode_t mode),
          (dir, name, flags, mode), (void)0, strcmp(name, "live") == 0)
CALL(int, open64, get_open_kinds(flags), NULL, -1,
     (const char *name, int flags, mode_t mode), (name, flags, mode))
CALL_LIVE(int, fcntl64, get_fcntl_kinds(command, data), NULL, -1,
          (int fd, int command, void *data), (fd, command, data), (void)0)
/* It closes, whatever it says (close(2)). */
CALL_LIVE(int, close, 0, NULL, -1, (int fd), (fd), (void)0)

CALL_LIVE(int, fstat64, CALLS_LOOK, NULL, -1, (int fd, struct stat *st),
          (fd, st), (void)0)
CALL(int, stat64, CALLS_LOOK, NULL, -1, (const char *name, struct stat *st),
     (name, st))
CALL(int, fstatat64, CALLS_LOOK, NULL, -1,
     (int dir, const char *name, struct stat *st, int flags),
     (dir, name, st, flags))
CALL(int, fstatvfs64, CALLS_LOOK, NULL, -1, (int fd, struct statvfs *st),
     (fd, st))
CALL(int, fstatfs64, CALLS_LOOK, NULL, -1, (int fd, struct statfs *st),
     (fd, st))
CALL(struct dirent *, readdir64, CALLS_LOOK, NULL, NULL, (DIR * stream),
     (stream))
CALL(void *, mmap64, CALLS_LOOK, NULL, MAP_FAILED,
     (void *at, size_t length, int access, int flags, int fd, off_t offset),
     (at, length, access, flags, fd, offset))
