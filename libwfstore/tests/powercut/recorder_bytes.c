/*
 * recorder_bytes.c - calls that change what is in a file, and those that sync.
 *
 * On the machines this runs on off_t has 64 bits, so that the names with 64
 * are the same functions.
 */
#include "recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PUBLIC __attribute__((visibility("default")))
#define ALIAS(name) __attribute__((visibility("default"), alias(#name)))

static void put_bytes(uint64_t inode, uint64_t offset, const void *bytes,
                      size_t length)
{
    recorder_put(&(trace_record){.kind = TRACE_WRITE,
                                 .inode = inode,
                                 .offset = offset,
                                 .data_bytes = (uint32_t)length},
                 NULL, NULL, bytes);
}

/* What the kernel itself has put there. */
static void put_range(int fd, uint64_t inode, uint64_t offset, size_t length)
{
    void *bytes = malloc(length);
    long got = syscall(SYS_pread64, fd, bytes, length, offset);

    if (got != (long)length) {
        abort();
    }
    put_bytes(inode, offset, bytes, length);
    free(bytes);
}

static uint64_t get_position(int fd)
{
    return (uint64_t)syscall(SYS_lseek, fd, 0, SEEK_CUR);
}

PUBLIC ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
    uint64_t inode;
    ssize_t count;

    recorder_lock();
    count = syscall(SYS_pwrite64, fd, bytes, length, offset);
    if (count > 0 && recorder_knows(fd, &inode)) {
        put_bytes(inode, (uint64_t)offset, bytes, (size_t)count);
    }
    recorder_unlock();
    return count;
}

ALIAS(pwrite)
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset);

PUBLIC ssize_t write(int fd, const void *bytes, size_t length)
{
    uint64_t inode;
    ssize_t count;

    if (!recorder_knows(fd, &inode)) {
        return syscall(SYS_write, fd, bytes, length); /* it may block */
    }
    recorder_lock();
    count = syscall(SYS_write, fd, bytes, length);
    if (count > 0) {
        put_bytes(inode, get_position(fd) - (uint64_t)count, bytes,
                  (size_t)count);
    }
    recorder_unlock();
    return count;
}

PUBLIC ssize_t writev(int fd, const struct iovec *pieces, int piece_count)
{
    uint64_t inode;
    ssize_t count;

    if (!recorder_knows(fd, &inode)) {
        return syscall(SYS_writev, fd, pieces, piece_count);
    }
    recorder_lock();
    count = syscall(SYS_writev, fd, pieces, piece_count);
    if (count > 0) {
        put_range(fd, inode, get_position(fd) - (uint64_t)count, (size_t)count);
    }
    recorder_unlock();
    return count;
}

PUBLIC ssize_t pwritev(int fd, const struct iovec *pieces, int piece_count,
                       off_t offset)
{
    uint64_t inode;
    ssize_t count;

    recorder_lock();
    count = syscall(SYS_pwritev, fd, pieces, piece_count, offset, 0);
    if (count > 0 && recorder_knows(fd, &inode)) {
        put_range(fd, inode, (uint64_t)offset, (size_t)count);
    }
    recorder_unlock();
    return count;
}

ALIAS(pwritev)
ssize_t pwritev64(int fd, const struct iovec *pieces, int piece_count,
                  off64_t offset);

PUBLIC ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out,
                               size_t length, unsigned flags)
{
    uint64_t inode;
    ssize_t count = -1;

    recorder_lock();
    if (recorder_lacks(RECORDER_LACKS_COPYING)) {
        errno = EXDEV;
    } else {
        count = syscall(SYS_copy_file_range, from, in, to, out, length, flags);
    }
    if (count > 0 && recorder_knows(to, &inode)) {
        uint64_t end = out != NULL ? (uint64_t)*out : get_position(to);

        put_range(to, inode, end - (uint64_t)count, (size_t)count);
    }
    recorder_unlock();
    return count;
}

PUBLIC ssize_t sendfile(int to, int from, off_t *offset, size_t length)
{
    uint64_t inode;
    ssize_t count;

    if (!recorder_knows(to, &inode)) {
        return syscall(SYS_sendfile, to, from, offset, length);
    }
    recorder_lock();
    count = syscall(SYS_sendfile, to, from, offset, length);
    if (count > 0) {
        put_range(to, inode, get_position(to) - (uint64_t)count, (size_t)count);
    }
    recorder_unlock();
    return count;
}

ALIAS(sendfile)
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length);

static void put_size(int fd)
{
    uint64_t inode;
    struct stat st;

    if (recorder_knows(fd, &inode) && fstat(fd, &st) == 0) {
        recorder_put(&(trace_record){.kind = TRACE_RESIZE,
                                     .inode = inode,
                                     .offset = (uint64_t)st.st_size},
                     NULL, NULL, NULL);
    }
}

PUBLIC int ftruncate(int fd, off_t size)
{
    int result;

    recorder_lock();
    result = (int)syscall(SYS_ftruncate, fd, size);
    if (result == 0) {
        put_size(fd);
    }
    recorder_unlock();
    return result;
}

ALIAS(ftruncate) int ftruncate64(int fd, off64_t size);

/* What it punches or zeroes is told as the size alone: nobody does that. */
PUBLIC int fallocate(int fd, int mode, off_t offset, off_t length)
{
    int result;

    recorder_lock();
    if (mode != 0 && mode != FALLOC_FL_KEEP_SIZE) {
        abort();
    }
    result = (int)syscall(SYS_fallocate, fd, mode, offset, length);
    if (result == 0) {
        put_size(fd);
    }
    recorder_unlock();
    return result;
}

ALIAS(fallocate) int fallocate64(int fd, int mode, off64_t at, off64_t length);

PUBLIC int posix_fallocate(int fd, off_t offset, off_t length)
{
    return fallocate(fd, 0, offset, length) == 0 ? 0 : errno;
}

ALIAS(posix_fallocate)
int posix_fallocate64(int fd, off64_t offset, off64_t length);

PUBLIC void *mmap(void *hint, size_t length, int protection, int flags, int fd,
                  off_t offset)
{
    uint64_t inode;
    void *address =
        (void *)syscall(SYS_mmap, hint, length, protection, flags, fd, offset);

    if (address != MAP_FAILED && fd != -1 && (flags & MAP_SHARED) != 0 &&
        (protection & PROT_WRITE) != 0 && recorder_knows(fd, &inode)) {
        recorder_lock();
        recorder_put(&(trace_record){.kind = TRACE_MAPPED, .inode = inode},
                     NULL, NULL, NULL);
        recorder_unlock();
    }
    return address;
}

ALIAS(mmap)
void *mmap64(void *hint, size_t length, int protection, int flags, int fd,
             off64_t offset);

PUBLIC int futimens(int fd, const struct timespec times[2])
{
    uint64_t inode;
    int result;

    recorder_lock();
    result = (int)syscall(SYS_utimensat, fd, NULL, times, 0);
    if (result == 0 && recorder_knows(fd, &inode)) {
        recorder_put(&(trace_record){.kind = TRACE_TIME, .inode = inode}, NULL,
                     NULL, NULL);
    }
    recorder_unlock();
    return result;
}

static int sync_file(long number, int fd)
{
    uint64_t inode;
    int result;

    recorder_lock();
    result = (int)syscall(number, fd);
    if (result == 0 && recorder_knows(fd, &inode)) {
        recorder_put(&(trace_record){.kind = TRACE_SYNC, .inode = inode}, NULL,
                     NULL, NULL);
    }
    recorder_unlock();
    return result;
}

PUBLIC int fsync(int fd)
{
    return sync_file(SYS_fsync, fd);
}

PUBLIC int fdatasync(int fd)
{
    return sync_file(SYS_fdatasync, fd);
}
