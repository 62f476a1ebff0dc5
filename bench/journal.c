/*
 * journal.c - the least a receipt can cost: a record in a log, synced in
 * groups.
 */
#include "journal.h"

#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "aging.h"
#include "bench.h"

#define RECORD_BYTES 256 /* a row and its place in an index, about */
#define GROUP_MAX 128

/* Who waits for a receipt: each is woken once, when its own is written. */
typedef struct waiter {
    sem_t is_done;
    bool is_synced;
    struct waiter *next;
} waiter;

struct bench_journal {
    int fd;
    bool is_closing;
    waiter *first;
    waiter **end; /* of the queue: where the next one goes */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t has_work;
};

static void write_records(const bench_journal *self, size_t count,
                          bool is_synced)
{
    static const uint8_t records[GROUP_MAX * RECORD_BYTES];
    size_t length = count * RECORD_BYTES;

    if (write(self->fd, records, length) != (ssize_t)length ||
        (is_synced && fdatasync(self->fd) != 0)) {
        bench_fail("the log cannot be written");
    }
}

/* All that wait, with the mutex held. */
static waiter *take_group(bench_journal *self)
{
    waiter *first = self->first;

    self->first = NULL;
    self->end = &self->first;
    return first;
}

static void write_group(const bench_journal *self, waiter *first)
{
    bool is_synced = false;
    size_t count = 0;

    for (const waiter *each = first; each != NULL; each = each->next) {
        is_synced = is_synced || each->is_synced;
        count++;
    }
    if (count > GROUP_MAX) {
        bench_fail("a group has at most %d receipts", GROUP_MAX);
    }
    write_records(self, count, is_synced);
    while (first != NULL) {
        waiter *next = first->next;

        (void)sem_post(&first->is_done);
        first = next;
    }
}

static void *work(void *data)
{
    bench_journal *self = data;

    (void)pthread_mutex_lock(&self->mutex);
    while (!self->is_closing || self->first != NULL) {
        waiter *group = take_group(self);

        if (group == NULL) {
            (void)pthread_cond_wait(&self->has_work, &self->mutex);
            continue;
        }
        (void)pthread_mutex_unlock(&self->mutex);
        write_group(self, group);
        (void)pthread_mutex_lock(&self->mutex);
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
    self->end = &self->first;
    self->fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
    (void)pthread_mutex_init(&self->mutex, NULL);
    (void)pthread_cond_init(&self->has_work, NULL);
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
    waiter mine = {.is_synced = is_synced};

    (void)sem_init(&mine.is_done, 0, 0);
    (void)pthread_mutex_lock(&self->mutex);
    *self->end = &mine;
    self->end = &mine.next;
    (void)pthread_cond_signal(&self->has_work);
    (void)pthread_mutex_unlock(&self->mutex);
    while (sem_wait(&mine.is_done) != 0) {
    }
    (void)sem_destroy(&mine.is_done);
}
