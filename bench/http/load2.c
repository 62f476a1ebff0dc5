/*
 * load2.c - uploads sent over HTTP/2, by one thread.
 */
#include "load2.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "http2.h"
#include "progress.h"
#include "server.h"

#define EVENTS 64

typedef struct connection {
    http2_session session;
    http2_stream streams[HTTP_STREAMS_MAX];
} connection;

typedef struct sender {
    const http_load *load;
    http_progress progress;
    int epoll;
    unsigned open;
    connection *connections;
} sender;

static void begin_upload(sender *all, http2_stream *stream)
{
    if (!http_take_upload(&all->progress, &stream->upload)) {
        all->open--;
        return;
    }
    stream->chunk = 0;
    http2_begin_chunk(stream);
}

static void take_answer(http2_stream *stream)
{
    sender *all = stream->data;

    http_note_chunk(&all->progress, stream->begun);
    if (++stream->chunk == all->load->chunks) {
        begin_upload(all, stream);
    } else {
        http2_begin_chunk(stream);
    }
}

static void open_connection(sender *all, connection *self, unsigned streams)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET,
                                .data.ptr = &self->session};
    int fd = http_connect(all->load->port);

    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0 ||
        epoll_ctl(all->epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
        bench_fail("cannot watch a connection");
    }
    http2_open(&self->session, fd, take_answer);
    for (unsigned i = 0; i < streams; i++) {
        self->streams[i] = (http2_stream){
            .session = &self->session, .load = all->load, .data = all};
        all->open++;
        begin_upload(all, &self->streams[i]);
    }
    http2_write(&self->session);
}

static void serve(const sender *all)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(all->epoll, events, EVENTS, -1);

    for (int i = 0; i < count; i++) {
        if ((events[i].events & EPOLLOUT) != 0) {
            http2_write(events[i].data.ptr);
        }
        if ((events[i].events & (EPOLLIN | EPOLLHUP)) != 0) {
            http2_read(events[i].data.ptr);
        }
    }
}

void http_send_load_2(const http_load *load, http_result *ret_result)
{
    unsigned streams = load->streams > 0 ? load->streams : 1;
    sender all = {.load = load, .epoll = epoll_create1(EPOLL_CLOEXEC)};

    all.connections = calloc(load->connections, sizeof *all.connections);
    if (all.epoll == -1 || all.connections == NULL ||
        streams > HTTP_STREAMS_MAX) {
        bench_fail("cannot open as many streams");
    }
    http_begin_progress(&all.progress, load);
    for (unsigned i = 0; i < load->connections; i++) {
        open_connection(&all, &all.connections[i], streams);
    }
    while (all.open > 0) {
        serve(&all);
    }
    http_end_progress(&all.progress, ret_result);
    for (unsigned i = 0; i < load->connections; i++) {
        http2_close(&all.connections[i].session);
    }
    (void)close(all.epoll);
    free(all.connections);
}
