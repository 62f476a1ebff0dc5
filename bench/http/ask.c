/*
 * ask.c - requests that are answered with bytes.
 */
#include "ask.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cost.h"
#include "crew.h"
#include "server.h"

#define BUFFER_BYTES ((size_t)256 << 10)
#define REQUEST_BYTES 1024

typedef struct asking {
    const char *request;
    unsigned times;
    atomic_ullong bytes;
} asking;

static size_t receive(int fd, char *buffer, size_t room)
{
    ssize_t length = recv(fd, buffer, room, 0);

    if (length <= 0) {
        bench_fail("the server closed a connection: %s", strerror(errno));
    }
    return (size_t)length;
}

/* Returns how much of the body came along. */
static size_t read_head(int fd, char *buffer, uint64_t *ret_length)
{
    const char *end = NULL;
    const char *length;
    size_t have = 0;

    while (end == NULL) {
        have += receive(fd, buffer + have, BUFFER_BYTES - 1 - have);
        buffer[have] = '\0';
        end = strstr(buffer, "\r\n\r\n");
    }
    length = strcasestr(buffer, "\r\ncontent-length:");
    if (strncmp(buffer, "HTTP/1.1 2", strlen("HTTP/1.1 2")) != 0 ||
        length == NULL || length > end) {
        bench_fail("the server answers:\n%s", buffer);
    }
    *ret_length = strtoull(length + strlen("\r\ncontent-length:"), NULL, 10);
    return have - (size_t)(end + 4 - buffer);
}

static uint64_t ask(int fd, const char *request, char *buffer)
{
    size_t length = strlen(request);
    uint64_t whole = 0;
    uint64_t have;

    if (send(fd, request, length, MSG_NOSIGNAL) != (ssize_t)length) {
        bench_fail("cannot send: %s", strerror(errno));
    }
    have = read_head(fd, buffer, &whole);
    while (have < whole) {
        have += receive(fd, buffer, BUFFER_BYTES);
    }
    return whole;
}

static char *make_buffer(void)
{
    char *buffer = malloc(BUFFER_BYTES);

    if (buffer == NULL) {
        bench_fail("out of memory");
    }
    return buffer;
}

uint64_t http_ask(int fd, const char *request)
{
    char *buffer = make_buffer();
    uint64_t bytes = ask(fd, request, buffer);

    free(buffer);
    return bytes;
}

double http_complete(const char *id)
{
    char request[REQUEST_BYTES];
    char body[REQUEST_BYTES / 2];
    int fd = http_connect(http_settings.port);
    double begun = bench_get_seconds();

    (void)snprintf(body, sizeof body, "{\"file_id\":\"%s\"}", id);
    (void)snprintf(request, sizeof request,
                   "POST /recording/complete HTTP/1.1\r\nHost: bench\r\n"
                   "Content-Type: application/json\r\n"
                   "Content-Length: %zu\r\n\r\n%s",
                   strlen(body), body);
    (void)http_ask(fd, request);
    (void)close(fd);
    return bench_get_seconds() - begun;
}

static void go_on_asking(void *data, unsigned number)
{
    asking *self = data;
    char *buffer = make_buffer();
    int fd = http_connect(http_settings.port);

    (void)number;
    for (unsigned i = 0; i < self->times; i++) {
        self->bytes += ask(fd, self->request, buffer);
    }
    (void)close(fd);
    free(buffer);
}

uint64_t http_ask_often(const char *request, unsigned connections,
                        unsigned times)
{
    asking self = {.request = request, .times = times};

    bench_run_threads(connections, go_on_asking, &self);
    return self.bytes;
}
