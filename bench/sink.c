/*
 * sink.c - the least that a receiver of the same bytes can do.
 *
 * The same writes to the same kinds of files, the digests the requests ask
 * for, the same syncs in the same order; no checks, no locks, no database.
 * What the library costs beyond it is what the library costs.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench.h"
#include "cost.h"
#include "crew.h"
#include "ground.h"
#include "journal.h"
#include "plan.h"
#include "wfstore/digest.h"

#define NAME_BYTES 48
#define READ_BYTES 65536
#define ABSORB_BYTES ((size_t)4 << 20) /* as the library does */

typedef struct receiver {
    const bench_plan *plan;
    bench_journal *journal;
    int folder;
} receiver;

/* An upload being received. */
typedef struct upload {
    const receiver *sink;
    unsigned number;
    int part;
    wfs_hasher *whole;
} upload;

static void expect(bool is_done, const char *what)
{
    if (!is_done) {
        bench_fail("the sink cannot %s", what);
    }
}

static bool is_synced(const receiver *self)
{
    return self->plan->durability == WFS_DURABILITY_CHUNK;
}

static wfs_hasher *open_hasher(void)
{
    wfs_hasher *hasher = wfs_hasher_open(WFS_DIGEST_SHA256);

    expect(hasher != NULL, "digest");
    return hasher;
}

static void check(wfs_hasher *hasher, wfs_digest expected)
{
    wfs_digest digest;

    wfs_hasher_finish(hasher, &digest);
    wfs_hasher_close(hasher);
    expect(wfs_digest_is_equal(&digest, &expected), "find the digest again");
}

/* `whole` is NULL for what is digested later. */
static void write_chunk(const bench_plan *plan, uint64_t index, int fd,
                        uint64_t offset, wfs_hasher *whole)
{
    const uint8_t *bytes = bench_get_chunk(plan->source, index);
    wfs_hasher *own = plan->has_digest ? open_hasher() : NULL;

    for (size_t at = 0; at < plan->chunk_bytes; at += BENCH_WRITE_BYTES) {
        size_t left = plan->chunk_bytes - at;
        size_t length = left < BENCH_WRITE_BYTES ? left : BENCH_WRITE_BYTES;

        expect(pwrite(fd, bytes + at, length, (off_t)(offset + at)) ==
                   (ssize_t)length,
               "write");
        if (whole != NULL) {
            wfs_hasher_update(whole, bytes + at, length);
        }
        if (own != NULL) {
            wfs_hasher_update(own, bytes + at, length);
        }
    }
    if (own != NULL) {
        check(own, bench_get_digest(plan->source, index));
    }
}

static void receive_placed(const upload *self, uint64_t index)
{
    const receiver *sink = self->sink;

    write_chunk(sink->plan, index, self->part, index * sink->plan->chunk_bytes,
                self->whole);
    expect(!is_synced(sink) || fdatasync(self->part) == 0, "sync");
    bench_put_receipt(sink->journal, is_synced(sink));
}

static void write_name(const upload *self, uint64_t index,
                       char ret_name[NAME_BYTES])
{
    (void)snprintf(ret_name, NAME_BYTES, "%u.%" PRIu64, self->number, index);
}

static void receive_loose(const upload *self, uint64_t index)
{
    const receiver *sink = self->sink;
    char name[NAME_BYTES];
    char link[NAME_BYTES];
    int fd = openat(sink->folder, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0640);

    expect(fd != -1, "open a nameless file");
    write_chunk(sink->plan, index, fd, 0, NULL);
    expect(!is_synced(sink) || fdatasync(fd) == 0, "sync");
    write_name(self, index, name);
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    expect(linkat(AT_FDCWD, link, sink->folder, name, AT_SYMLINK_FOLLOW) == 0,
           "link");
    (void)close(fd);
    expect(!is_synced(sink) || fsync(sink->folder) == 0, "sync the folder");
    bench_put_receipt(sink->journal, is_synced(sink));
}

static void copy_chunk(const upload *self, uint64_t index)
{
    size_t length = self->sink->plan->chunk_bytes;
    off64_t from = 0;
    off64_t to = (off64_t)(index * length);
    char name[NAME_BYTES];
    int fd;

    write_name(self, index, name);
    fd = openat(self->sink->folder, name, O_RDONLY | O_CLOEXEC);
    expect(fd != -1 && copy_file_range(fd, &from, self->part, &to, length, 0) ==
                           (ssize_t)length,
           "copy");
    (void)close(fd);
}

/* Absorbed chunks and their receipts are synced whatever the durability, as
 * many at once as may take room twice. */
static void absorb(const upload *self, uint64_t first, uint64_t end)
{
    char name[NAME_BYTES];

    for (uint64_t index = first; index < end; index++) {
        copy_chunk(self, index);
    }
    expect(fdatasync(self->part) == 0, "sync");
    bench_put_receipt(self->sink->journal, true);
    for (uint64_t index = first; index < end; index++) {
        write_name(self, index, name);
        expect(unlinkat(self->sink->folder, name, 0) == 0, "unlink");
    }
}

static void absorb_all(const upload *self)
{
    const bench_plan *plan = self->sink->plan;
    uint64_t step = ABSORB_BYTES / plan->chunk_bytes;

    for (uint64_t index = 1; index < plan->chunks; index += step) {
        uint64_t left = plan->chunks - index;

        absorb(self, index, index + (left < step ? left : step));
    }
}

static void digest_rest(const upload *self)
{
    const bench_plan *plan = self->sink->plan;
    uint64_t end = plan->chunks * plan->chunk_bytes;
    uint8_t buffer[READ_BYTES];

    for (uint64_t at = plan->chunk_bytes; at < end; at += READ_BYTES) {
        expect(pread(self->part, buffer, READ_BYTES, (off_t)at) == READ_BYTES,
               "read");
        wfs_hasher_update(self->whole, buffer, READ_BYTES);
    }
}

static void finish(const upload *self)
{
    char name[NAME_BYTES];
    char done[NAME_BYTES];
    wfs_digest digest;

    wfs_hasher_finish(self->whole, &digest);
    expect(fdatasync(self->part) == 0, "sync");
    bench_put_receipt(self->sink->journal, true);
    (void)snprintf(name, sizeof name, "%u", self->number);
    (void)snprintf(done, sizeof done, "%u.wav", self->number);
    expect(renameat(self->sink->folder, name, self->sink->folder, done) == 0,
           "rename");
    expect(fsync(self->sink->folder) == 0, "sync the folder");
}

static void receive_upload(void *data, unsigned number)
{
    const receiver *sink = data;
    const bench_plan *plan = sink->plan;
    upload self = {.sink = sink, .number = number, .whole = open_hasher()};
    char name[NAME_BYTES];
    bool is_loose = bench_is_loose(plan);

    (void)snprintf(name, sizeof name, "%u", number);
    self.part = openat(sink->folder, name, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    expect(self.part != -1 && fsync(sink->folder) == 0, "open");
    for (uint64_t turn = 0; turn < plan->chunks; turn++) {
        uint64_t index = bench_get_index(plan, turn);

        if (is_loose && index > 0) {
            receive_loose(&self, index);
        } else {
            receive_placed(&self, index);
        }
    }
    if (is_loose) {
        absorb_all(&self);
        digest_rest(&self);
        finish(&self);
    }
    wfs_hasher_close(self.whole);
    (void)close(self.part);
}

double bench_receive_by_sink(const bench_plan *plan, const char *folder)
{
    receiver self = {.plan = plan,
                     .folder =
                         open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    char log[BENCH_PATH_BYTES + 8];
    double begun;
    double ended;

    expect(self.folder != -1, "open its folder");
    (void)snprintf(log, sizeof log, "%s/log", folder);
    self.journal = bench_open_journal(log);
    begun = bench_get_cpu_seconds();
    bench_run_threads(plan->uploads, receive_upload, &self);
    ended = bench_get_cpu_seconds();
    bench_close_journal(self.journal);
    (void)close(self.folder);
    return ended - begun;
}
