/*
 * load.c - uploads sent over connections kept alive, by one thread.
 *
 * HTTP/1 here, HTTP/2 in load2.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "cost.h"
#include "http.h"
#include "load2.h"
#include "progress.h"
#include "request.h"
#include "server.h"
#include "tus.h"

#define ANSWER_BYTES 8192
#define EVENTS 64

struct sender;

typedef struct connection {
    struct sender *sender;
    int fd;
    unsigned upload;
    uint64_t chunk;
    char path[HTTP_PATH_BYTES]; /* of an upload by tus, once it has one */
    http_request request;
    size_t sent;
    double begun;
    char answer[ANSWER_BYTES];
    size_t answered;
} connection;

typedef struct sender {
    const http_load *load;
    http_progress progress;
    int epoll;
    unsigned open;
    connection *connections;
} sender;

static size_t get_length(const connection *self)
{
    const http_request *request = &self->request;

    return request->head_length + request->body_length + request->tail_length;
}

/* The parts from `sent` on. */
static int fill_vector(const connection *self, struct iovec ret_parts[3])
{
    const http_load *load = self->sender->load;
    const uint8_t *bytes = bench_get_chunk(load->source, self->chunk);
    struct iovec all[3] = {
        {(void *)self->request.head, self->request.head_length},
        {(void *)bytes, self->request.body_length},
        {(void *)self->request.tail, self->request.tail_length},
    };
    size_t skip = self->sent;
    int count = 0;

    for (int i = 0; i < 3; i++) {
        size_t less = skip < all[i].iov_len ? skip : all[i].iov_len;

        skip -= less;
        if (all[i].iov_len > less) {
            ret_parts[count].iov_base = (char *)all[i].iov_base + less;
            ret_parts[count++].iov_len = all[i].iov_len - less;
        }
    }
    return count;
}

static void go_on_sending(connection *self)
{
    struct iovec parts[3];
    struct msghdr message = {.msg_iov = parts};
    ssize_t sent;

    while (self->sent < get_length(self)) {
        message.msg_iovlen = (size_t)fill_vector(self, parts);
        sent = sendmsg(self->fd, &message, MSG_NOSIGNAL);
        if (sent == -1 && errno == EAGAIN) {
            return;
        }
        if (sent == -1) {
            bench_fail("cannot send: %s; %.*s", strerror(errno),
                       (int)self->answered, self->answer);
        }
        self->sent += (size_t)sent;
    }
}

static void make_request(connection *self)
{
    const http_load *load = self->sender->load;

    if (load->dialect != HTTP_TUS) {
        http_make_request(load, self->upload, self->chunk, &self->request);
    } else if (self->path[0] == '\0') {
        http_make_creation(load, &self->request);
    } else {
        http_make_append(load, self->path, self->chunk, &self->request);
    }
}

static void begin_request(connection *self)
{
    make_request(self);
    self->sent = 0;
    self->answered = 0;
    self->begun = bench_get_seconds();
    go_on_sending(self);
}

static void begin_upload(connection *self)
{
    if (!http_take_upload(&self->sender->progress, &self->upload)) {
        self->sender->open--;
        (void)close(self->fd);
        self->fd = -1;
        return;
    }
    self->chunk = 0;
    self->path[0] = '\0';
    begin_request(self);
}

static void take_answer(connection *self)
{
    sender *all = self->sender;

    if (self->request.body_length == 0) {
        http_read_location(self->answer, self->path);
        begin_request(self);
        return;
    }
    http_note_chunk(&all->progress, self->begun);
    if (++self->chunk == all->load->chunks) {
        begin_upload(self);
    } else {
        begin_request(self);
    }
}

static bool is_whole(const connection *self)
{
    const char *end = strstr(self->answer, "\r\n\r\n");
    const char *length = strcasestr(self->answer, "\r\ncontent-length:");
    size_t body =
        length != NULL && length < end
            ? strtoul(length + strlen("\r\ncontent-length:"), NULL, 10)
            : 0;

    return end != NULL &&
           self->answered >= (size_t)(end + 4 - self->answer) + body;
}

static void check_answer(const connection *self)
{
    if (strncmp(self->answer, "HTTP/1.1 2", strlen("HTTP/1.1 2")) != 0) {
        bench_fail("the server answers:\n%s", self->answer);
    }
}

static void go_on_receiving(connection *self)
{
    size_t room = sizeof self->answer - 1 - self->answered;
    ssize_t length = recv(self->fd, self->answer + self->answered, room, 0);

    if (length == -1 && errno == EAGAIN) {
        return;
    }
    if (length <= 0) {
        bench_fail("the server closed a connection");
    }
    self->answered += (size_t)length;
    self->answer[self->answered] = '\0';
    if (is_whole(self)) {
        check_answer(self);
        if (self->sent < get_length(self)) {
            bench_fail("the server answers before the end:\n%s", self->answer);
        }
        take_answer(self);
    }
}

static void open_connection(sender *all, connection *self)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET,
                                .data.ptr = self};

    self->sender = all;
    self->fd = http_connect(all->load->port);
    if (fcntl(self->fd, F_SETFL, O_NONBLOCK) != 0 ||
        epoll_ctl(all->epoll, EPOLL_CTL_ADD, self->fd, &event) != 0) {
        bench_fail("cannot watch a connection");
    }
    all->open++;
    begin_upload(self);
}

static void serve(sender *all)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(all->epoll, events, EVENTS, -1);

    for (int i = 0; i < count; i++) {
        connection *self = events[i].data.ptr;

        if ((events[i].events & EPOLLOUT) != 0 && self->fd != -1) {
            go_on_sending(self);
        }
        if ((events[i].events & (EPOLLIN | EPOLLHUP)) != 0 && self->fd != -1) {
            go_on_receiving(self);
        }
    }
}

static void begin(sender *all, const http_load *load)
{
    all->load = load;
    all->epoll = epoll_create1(EPOLL_CLOEXEC);
    all->connections = calloc(load->connections, sizeof *all->connections);
    if (all->epoll == -1 || all->connections == NULL) {
        bench_fail("out of memory");
    }
}

void http_send_load(const http_load *load, http_result *ret_result)
{
    sender all = {0};

    if (http_is_version_2(load->dialect)) {
        http_send_load_2(load, ret_result);
        return;
    }
    begin(&all, load);
    http_begin_progress(&all.progress, load);
    for (unsigned i = 0; i < load->connections; i++) {
        open_connection(&all, &all.connections[i]);
    }
    while (all.open > 0) {
        serve(&all);
    }
    http_end_progress(&all.progress, ret_result);
    (void)close(all.epoll);
    free(all.connections);
}
