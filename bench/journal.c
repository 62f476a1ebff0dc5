/*
 * journal.c - the least a receipt can cost: a record in a log, synced in
 * groups.
 */
#include "journal.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "aging.h"
#include "bench.h"

#define RECORD_BYTES 256 /* a row and its place in an index, about */
#define GROUP_MAX 128

/* `asked`, `done`: receipts so far. `is_sync_due`: one that waits wants it. */
struct bench_journal {
    int fd;
    bool is_sync_due;
    bool is_closing;
    uint64_t asked;
    uint64_t done;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t has_work;
    pthread_cond_t has_done;
};

static void write_records(const bench_journal *self, uint64_t count,
                          bool is_synced)
{
    static const uint8_t records[GROUP_MAX * RECORD_BYTES];
    size_t length = (size_t)count * RECORD_BYTES;

    if (write(self->fd, records, length) != (ssize_t)length ||
        (is_synced && fdatasync(self->fd) != 0)) {
        bench_fail("the log cannot be written");
    }
}

static void *work(void *data)
{
    bench_journal *self = data;

    (void)pthread_mutex_lock(&self->mutex);
    while (!self->is_closing || self->asked > self->done) {
        uint64_t count = self->asked - self->done;
        bool is_synced = self->is_sync_due;

        if (count == 0) {
            (void)pthread_cond_wait(&self->has_work, &self->mutex);
            continue;
        }
        count = count < GROUP_MAX ? count : GROUP_MAX;
        self->is_sync_due = false;
        (void)pthread_mutex_unlock(&self->mutex);
        write_records(self, count, is_synced);
        (void)pthread_mutex_lock(&self->mutex);
        self->done += count;
        (void)pthread_cond_broadcast(&self->has_done);
    }
    (void)pthread_mutex_unlock(&self->mutex);
    return NULL;
}

/* As long as the library's journal, so that it does not grow either. */
static bool age(int fd)
{
    static const uint8_t zeros[GROUP_MAX * RECORD_BYTES];
    size_t length = 0;

    while (length < BENCH_JOURNAL_BYTES &&
           write(fd, zeros, sizeof zeros) == (ssize_t)sizeof zeros) {
        length += sizeof zeros;
    }
    return length >= BENCH_JOURNAL_BYTES && fsync(fd) == 0 &&
           lseek(fd, 0, SEEK_SET) == 0;
}

bench_journal *bench_open_journal(const char *path)
{
    bench_journal *self = calloc(1, sizeof *self);

    if (self == NULL) {
        bench_fail("out of memory");
    }
    self->fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
    (void)pthread_mutex_init(&self->mutex, NULL);
    (void)pthread_cond_init(&self->has_work, NULL);
    (void)pthread_cond_init(&self->has_done, NULL);
    if (self->fd == -1 || !age(self->fd) ||
        pthread_create(&self->thread, NULL, work, self) != 0) {
        bench_fail("%s cannot be opened", path);
    }
    return self;
}

void bench_close_journal(bench_journal *self)
{
    (void)pthread_mutex_lock(&self->mutex);
    self->is_closing = true;
    (void)pthread_cond_signal(&self->has_work);
    (void)pthread_mutex_unlock(&self->mutex);
    (void)pthread_join(self->thread, NULL);
    (void)close(self->fd);
    free(self);
}

void bench_put_receipt(bench_journal *self, bool is_synced)
{
    uint64_t mine;

    (void)pthread_mutex_lock(&self->mutex);
    mine = ++self->asked;
    self->is_sync_due = self->is_sync_due || is_synced;
    (void)pthread_cond_signal(&self->has_work);
    while (self->done < mine) {
        (void)pthread_cond_wait(&self->has_done, &self->mutex);
    }
    (void)pthread_mutex_unlock(&self->mutex);
}
