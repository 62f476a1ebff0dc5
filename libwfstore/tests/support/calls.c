/*
 * calls.c - the system calls and transactions of the library, counted.
 */
#include "support/calls.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_BYTES 4096

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int count;
static int fail_at;
static int fail_error;
static int kill_at;
static char log_text[LOG_BYTES];

void calls_reset(void)
{
    pthread_mutex_lock(&mutex);
    count = 0;
    fail_at = 0;
    kill_at = 0;
    log_text[0] = '\0';
    pthread_mutex_unlock(&mutex);
}

void calls_fail(int n, int os_error)
{
    pthread_mutex_lock(&mutex);
    fail_at = count + n;
    fail_error = os_error;
    pthread_mutex_unlock(&mutex);
}

void calls_kill(int n)
{
    pthread_mutex_lock(&mutex);
    kill_at = count + n;
    pthread_mutex_unlock(&mutex);
}

int calls_get_count(void)
{
    int result;

    pthread_mutex_lock(&mutex);
    result = count;
    pthread_mutex_unlock(&mutex);
    return result;
}

const char *calls_get_log(void)
{
    return log_text;
}

/* Whether this call is the one to fail. `name` NULL: not for the log. */
static bool begin_call(const char *name)
{
    bool fails;

    pthread_mutex_lock(&mutex);
    count++;
    fails = count == fail_at;
    if (name != NULL &&
        strlen(log_text) + strlen(name) + 2 < sizeof(log_text)) {
        if (log_text[0] != '\0') {
            strcat(log_text, " ");
        }
        strcat(log_text, name);
    }
    if (fails) {
        errno = fail_error;
    }
    pthread_mutex_unlock(&mutex);
    return fails;
}

static void end_call(void)
{
    int saved = errno;
    bool dies;

    pthread_mutex_lock(&mutex);
    dies = kill_at != 0 && count >= kill_at;
    pthread_mutex_unlock(&mutex);
    if (dies) {
        kill(getpid(), SIGKILL);
    }
    errno = saved;
}

static bool is_directory(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Defines the wrapper of a call: its log name, its type and its arguments. */
#define WRAP(name, log_name, type, failure, parameters, arguments)             \
    type __real_##name parameters;                                             \
    type __wrap_##name parameters;                                             \
    type __wrap_##name parameters                                              \
    {                                                                          \
        type result = failure;                                                 \
                                                                               \
        if (!begin_call(log_name)) {                                           \
            result = __real_##name arguments;                                  \
        }                                                                      \
        end_call();                                                            \
        return result;                                                         \
    }

WRAP(pwrite64, "write", ssize_t, -1,
     (int fd, const void *bytes, size_t length, off_t offset),
     (fd, bytes, length, offset))
WRAP(pread64, NULL, ssize_t, -1,
     (int fd, void *buffer, size_t length, off_t offset),
     (fd, buffer, length, offset))
WRAP(copy_file_range, "copy", ssize_t, -1,
     (int from, off_t *in, int to, off_t *out, size_t length, unsigned flags),
     (from, in, to, out, length, flags))
WRAP(fdatasync, "sync", int, -1, (int fd), (fd))
WRAP(fsync, is_directory(fd) ? "sync-dir" : "sync", int, -1, (int fd), (fd))
WRAP(ftruncate64, "truncate", int, -1, (int fd, off_t size), (fd, size))
WRAP(renameat, "rename", int, -1,
     (int from_dir, const char *from, int to_dir, const char *to),
     (from_dir, from, to_dir, to))
WRAP(renameat2, "rename", int, -1,
     (int from_dir, const char *from, int to_dir, const char *to,
      unsigned flags),
     (from_dir, from, to_dir, to, flags))
WRAP(linkat, "link", int, -1,
     (int from_dir, const char *from, int to_dir, const char *to, int flags),
     (from_dir, from, to_dir, to, flags))
WRAP(unlinkat, "unlink", int, -1, (int dir, const char *name, int flags),
     (dir, name, flags))
WRAP(mkdirat, "make", int, -1, (int dir, const char *name, mode_t mode),
     (dir, name, mode))
WRAP(openat64, NULL, int, -1,
     (int dir, const char *name, int flags, mode_t mode),
     (dir, name, flags, mode))

static const wfs_catalogue_api *real_api;
static wfs_catalogue_api counting_api;

static wfs_status put_receipts(wfs_catalogue *catalogue,
                               const wfs_receipt_spec *specs, size_t spec_count,
                               wfs_receipt_result *ret_results,
                               wfs_error *error)
{
    wfs_status status;

    begin_call("receipt");
    status = real_api->put_receipts(catalogue, specs, spec_count, ret_results,
                                    error);
    end_call();
    return status;
}

static wfs_status put_place(wfs_catalogue *catalogue, int64_t row,
                            uint64_t chunk, int64_t place,
                            wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_status status;

    begin_call("place");
    status = real_api->put_place(catalogue, row, chunk, place, ret_row, error);
    end_call();
    return status;
}

static wfs_status complete(wfs_catalogue *catalogue, int64_t row,
                           uint64_t expected, const wfs_recording *recording,
                           wfs_error *error)
{
    wfs_status status;

    begin_call("complete");
    status = real_api->complete(catalogue, row, expected, recording, error);
    end_call();
    return status;
}

static wfs_status finish_rename(wfs_catalogue *catalogue, const char *id,
                                wfs_error *error)
{
    wfs_status status;

    begin_call("renamed");
    status = real_api->finish_rename(catalogue, id, error);
    end_call();
    return status;
}

static wfs_status finish_unlink(wfs_catalogue *catalogue, const char *id,
                                wfs_error *error)
{
    wfs_status status;

    begin_call("unlinked");
    status = real_api->finish_unlink(catalogue, id, error);
    end_call();
    return status;
}

void calls_watch(wfs_store *store)
{
    if (store->catalogue->api == &counting_api) {
        return;
    }
    real_api = store->catalogue->api;
    counting_api = *real_api;
    counting_api.put_receipts = put_receipts;
    counting_api.put_place = put_place;
    counting_api.complete = complete;
    counting_api.finish_rename = finish_rename;
    counting_api.finish_unlink = finish_unlink;
    store->catalogue->api = &counting_api;
}
