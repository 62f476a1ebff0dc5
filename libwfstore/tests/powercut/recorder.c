/*
 * recorder.c - writing the trace: which files, in which order, called by whom.
 */
#include "recorder.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PUBLIC __attribute__((visibility("default")))

/* Of the program and all processes it forks: in a page that they share. */
static pthread_mutex_t *mutex;
static int trace = -1;
static int64_t modified_ns; /* of the file that was known last */
static dev_t disk;
static const void *program;
static unsigned lacking;
static trace_kind deadly_kind;
static unsigned deadly_count;

static void give_up(const char *why)
{
    fprintf(stderr, "powercut recorder: %s: %s\n", why, strerror(errno));
    abort();
}

/* The first object told is the program itself. */
static int keep_program(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    (void)data;
    program = (const void *)info->dlpi_addr;
    return 1;
}

/* Who is killed while it has the lock has written its call down. */
static void make_mutex(void)
{
    pthread_mutexattr_t kind;

    mutex = (pthread_mutex_t *)syscall(SYS_mmap, NULL, sizeof *mutex,
                                       PROT_READ | PROT_WRITE,
                                       MAP_SHARED | MAP_ANONYMOUS, -1, 0L);
    if (mutex == MAP_FAILED) {
        give_up("mmap");
    }
    (void)pthread_mutexattr_init(&kind);
    (void)pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
    (void)pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
    (void)pthread_mutex_init(mutex, &kind);
}

__attribute__((constructor)) static void start(void)
{
    const char *root = getenv("POWERCUT_ROOT");
    const char *path = getenv("POWERCUT_TRACE");
    void *frames[2];
    struct stat st;

    if (root == NULL || path == NULL) {
        return;
    }
    (void)backtrace(frames, 2); /* loads what it needs now */
    (void)dl_iterate_phdr(keep_program, NULL);
    if (stat(root, &st) == -1) {
        give_up(root);
    }
    disk = st.st_dev;
    make_mutex();
    trace = (int)syscall(SYS_openat, AT_FDCWD, path,
                         O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (trace == -1) {
        give_up(path);
    }
    recorder_put(&(trace_record){.kind = TRACE_ROOT, .inode = st.st_ino}, NULL,
                 NULL, NULL);
}

void recorder_lock(void)
{
    if (mutex != NULL && pthread_mutex_lock(mutex) == EOWNERDEAD) {
        (void)pthread_mutex_consistent(mutex);
    }
}

void recorder_unlock(void)
{
    int before = errno;

    if (mutex != NULL) {
        (void)pthread_mutex_unlock(mutex);
    }
    errno = before;
}

PUBLIC void powercut_lack(unsigned lacks)
{
    lacking = lacks;
}

bool recorder_lacks(recorder_lack what)
{
    return (lacking & what) != 0;
}

PUBLIC void powercut_die_after(trace_kind kind, unsigned n)
{
    deadly_kind = kind;
    deadly_count = n;
}

PUBLIC void powercut_mark(const char *line)
{
    recorder_lock();
    recorder_put(&(trace_record){.kind = TRACE_MARK}, line, NULL, NULL);
    recorder_unlock();
}

static int64_t get_ns(const struct timespec *time)
{
    return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

bool recorder_knows(int fd, uint64_t *ret_inode)
{
    int before = errno;
    struct stat st;
    bool is_known = trace != -1 && fd != trace && fstat(fd, &st) == 0 &&
                    st.st_dev == disk &&
                    (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));

    errno = before;
    if (is_known) {
        *ret_inode = st.st_ino;
        modified_ns = get_ns(&st.st_mtim);
    }
    return is_known;
}

static bool find_at(int dir, const char *path, int flags, uint64_t *ret_inode)
{
    int before = errno;
    struct stat st;
    bool is_known =
        trace != -1 && fstatat(dir, path, &st, flags) == 0 && st.st_dev == disk;

    errno = before;
    if (is_known) {
        *ret_inode = st.st_ino;
    }
    return is_known;
}

bool recorder_find(int dir, const char *path, uint64_t *ret_inode)
{
    return find_at(dir, path, AT_SYMLINK_NOFOLLOW, ret_inode);
}

bool recorder_find_folder(int dir, const char *path, uint64_t *ret_inode,
                          const char **ret_name)
{
    const char *slash = strrchr(path, '/');
    char folder[4096] = ".";

    *ret_name = slash == NULL ? path : slash + 1;
    if (slash == path) {
        strcpy(folder, "/");
    } else if (slash != NULL) {
        (void)snprintf(folder, sizeof folder, "%.*s", (int)(slash - path),
                       path);
    }
    return find_at(dir, folder, 0, ret_inode);
}

/* Frames of the program itself; those of this object and libraries are not. */
static void add_frames(trace_record *record, uint64_t *frames)
{
    void *addresses[TRACE_FRAMES_MAX];
    int count = backtrace(addresses, TRACE_FRAMES_MAX);

    for (int i = 0; i < count; i++) {
        Dl_info info;
        uint64_t address = (uint64_t)addresses[i] - (uint64_t)program;

        if (dladdr(addresses[i], &info) == 0) {
            continue;
        }
        if (strstr(info.dli_fname, "libsqlite3") != NULL) {
            record->is_sqlite = 1;
        } else if (strstr(info.dli_fname, ".so") == NULL) {
            frames[record->frame_count++] = address;
        }
    }
}

static void die_if_due(const trace_record *record)
{
    if (deadly_count == 0 || record->kind != deadly_kind) {
        return;
    }
    deadly_count--;
    if (deadly_count == 0) {
        (void)kill(getpid(), SIGKILL);
    }
}

static struct iovec piece(const void *bytes, size_t length)
{
    return (struct iovec){(void *)(uintptr_t)bytes, length};
}

void recorder_put(trace_record *record, const char *name, const char *to_name,
                  const void *data)
{
    uint64_t frames[TRACE_FRAMES_MAX];
    size_t total = sizeof *record;
    int before = errno;
    struct iovec all[5];

    if (trace == -1) {
        return;
    }
    record->time_ns = modified_ns;
    record->name_bytes = name == NULL ? 0 : (uint32_t)strlen(name);
    record->to_name_bytes = to_name == NULL ? 0 : (uint32_t)strlen(to_name);
    if (record->kind == TRACE_SYNC) {
        add_frames(record, frames);
    }
    all[0] = piece(record, sizeof *record);
    all[1] = piece(frames, record->frame_count * sizeof *frames);
    all[2] = piece(name, record->name_bytes);
    all[3] = piece(to_name, record->to_name_bytes);
    all[4] = piece(data, record->data_bytes);
    for (int i = 1; i < 5; i++) {
        total += all[i].iov_len;
    }
    if (syscall(SYS_writev, trace, all, 5) != (long)total) {
        give_up("the trace");
    }
    die_if_due(record);
    errno = before;
}
