/*
 * sink.c - the least a server can do with a chunk.
 *
 * A thread for each connection reads requests of /upload/chunk, digests what
 * comes and writes it to its place in one file per upload; synced before the
 * answer, or not. No checks, no locks, no receipts. (A thread that waits for
 * one socket costs less than an event loop that waits for many.)
 */
#include "sink.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "request.h"
#include "wfstore/digest.h"

#define BUFFER_BYTES ((size_t)256 << 10)
#define BACKLOG 1024

typedef struct sink {
    char folder[BENCH_PATH_BYTES];
    bool has_digest;
    bool is_synced;
} sink;

typedef struct client {
    const sink *all;
    int fd;
    char head[HTTP_HEAD_BYTES];
    uint8_t *buffer;
} client;

static void expect(bool is_done, const char *what)
{
    if (!is_done) {
        perror(what);
        _exit(2);
    }
}

/* Returns how much of the body came with the head, or -1: the client left. */
static ssize_t read_head(client *self)
{
    size_t length = 0;
    const char *end = NULL;

    while (end == NULL && length < sizeof self->head - 1) {
        ssize_t more = recv(self->fd, self->head + length,
                            sizeof self->head - 1 - length, 0);

        if (more <= 0) {
            return -1;
        }
        length += (size_t)more;
        self->head[length] = '\0';
        end = strstr(self->head, "\r\n\r\n");
    }
    expect(end != NULL, "a head that is too long");
    end += 4;
    length -= (size_t)(end - self->head);
    memcpy(self->buffer, end, length);
    return (ssize_t)length;
}

static int open_file(const client *self, off_t *ret_at, size_t *ret_length)
{
    char path[BENCH_PATH_BYTES + HTTP_PATH_BYTES];
    char id[HTTP_PATH_BYTES] = "";
    uint64_t index = 0;
    uint64_t chunk_bytes = 0;
    const char *length = strstr(self->head, "Content-Length:");

    expect(length != NULL &&
               sscanf(self->head,
                      "POST /upload/chunk?file_id=%99[^&]&chunk_index=%" SCNu64
                      "&total_chunks=%*u&chunk_size=%" SCNu64,
                      id, &index, &chunk_bytes) == 3,
           "another request");
    *ret_length = strtoul(length + strlen("Content-Length:"), NULL, 10);
    *ret_at = (off_t)(index * chunk_bytes);
    (void)snprintf(path, sizeof path, "%s/%s", self->all->folder, id);
    return open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
}

/* `have` bytes of it are in the buffer. */
static void receive_body(const client *self, int file, off_t at, size_t length,
                         ssize_t have)
{
    wfs_hasher *hasher =
        self->all->has_digest ? wfs_hasher_open(WFS_DIGEST_SHA256) : NULL;
    wfs_digest digest;

    while (length > 0) {
        if (have == 0) {
            have = recv(self->fd, self->buffer,
                        length < BUFFER_BYTES ? length : BUFFER_BYTES, 0);
        }
        expect(have > 0, "recv");
        expect(pwrite(file, self->buffer, (size_t)have, at) == have, "pwrite");
        if (hasher != NULL) {
            wfs_hasher_update(hasher, self->buffer, (size_t)have);
        }
        at += have;
        length -= (size_t)have;
        have = 0;
    }
    if (hasher != NULL) {
        wfs_hasher_finish(hasher, &digest);
        wfs_hasher_close(hasher);
    }
}

static bool receive_chunk(client *self)
{
    static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    ssize_t have = read_head(self);
    size_t length;
    off_t at;
    int file;

    if (have == -1) {
        return false;
    }
    file = open_file(self, &at, &length);
    expect(file != -1, "open");
    receive_body(self, file, at, length, have);
    expect(!self->all->is_synced || fdatasync(file) == 0, "fdatasync");
    (void)close(file);
    return send(self->fd, answer, sizeof answer - 1, MSG_NOSIGNAL) > 0;
}

static void *serve(void *data)
{
    client *self = data;
    int one = 1;

    (void)setsockopt(self->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    while (receive_chunk(self)) {
    }
    (void)close(self->fd);
    free(self->buffer);
    free(self);
    return NULL;
}

static int listen_at(unsigned port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = inet_addr(http_settings.host),
    };
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    expect(bind(fd, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    expect(listen(fd, BACKLOG) == 0, "listen");
    return fd;
}

static _Noreturn void run(const sink *self)
{
    int listening = listen_at(http_settings.port);
    pthread_attr_t detached;
    pthread_t thread;

    (void)pthread_attr_init(&detached);
    (void)pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    for (;;) {
        client *next = calloc(1, sizeof *next);

        expect(next != NULL, "calloc");
        next->all = self;
        next->fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
        next->buffer = malloc(BUFFER_BYTES + sizeof next->head);
        expect(next->fd != -1 && next->buffer != NULL, "accept");
        expect(pthread_create(&thread, &detached, serve, next) == 0, "thread");
    }
}

pid_t http_start_sink(const http_subject *subject, const char *folder)
{
    pid_t pid = fork();
    sink self = {.has_digest = strstr(subject->setting, "digest") != NULL,
                 .is_synced = strstr(subject->setting, "sync") != NULL};

    if (pid != 0) {
        return pid;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)snprintf(self.folder, sizeof self.folder, "%s", folder);
    run(&self);
}
