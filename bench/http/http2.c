/*
 * http2.c - connections of HTTP/2 that send chunks, by libnghttp2.
 */
#include "http2.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cost.h"
#include "request.h"

#define FIELDS_MAX 16
#define READ_BYTES 65536

static void expect(ssize_t status, const char *what)
{
    if (status < 0) {
        bench_fail("%s: %s", what, nghttp2_strerror((int)status));
    }
}

static nghttp2_nv make_field(const char *name, const char *value)
{
    return (nghttp2_nv){(uint8_t *)(uintptr_t)name, (uint8_t *)(uintptr_t)value,
                        strlen(name), strlen(value), NGHTTP2_NV_FLAG_NONE};
}

static nghttp2_nv split_line(char *line)
{
    char *value = strstr(line, ": ");

    if (value == NULL) {
        bench_fail("not a header: %s", line);
    }
    *value = '\0';
    for (char *at = line; *at != '\0'; at++) {
        *at = (char)tolower((unsigned char)*at);
    }
    return make_field(strcmp(line, "host") == 0 ? ":authority" : line,
                      value + 2);
}

/* What a request of HTTP/1 says, in fields. `head` is taken apart. */
static size_t split_head(char *head, nghttp2_nv ret_fields[FIELDS_MAX])
{
    char *rest = NULL;
    const char *method = strtok_r(head, " ", &rest);
    const char *path = strtok_r(NULL, " ", &rest);
    size_t count = 0;

    ret_fields[count++] = make_field(":method", method);
    ret_fields[count++] = make_field(":scheme", "http");
    ret_fields[count++] = make_field(":path", path);
    (void)strtok_r(NULL, "\r\n", &rest);
    for (char *line = strtok_r(NULL, "\r\n", &rest);
         line != NULL && count < FIELDS_MAX;
         line = strtok_r(NULL, "\r\n", &rest)) {
        ret_fields[count++] = split_line(line);
    }
    return count;
}

static ssize_t read_chunk(nghttp2_session *state, int32_t id, uint8_t *buffer,
                          size_t length, uint32_t *flags,
                          nghttp2_data_source *source, void *data)
{
    http2_stream *self = source->ptr;
    const uint8_t *bytes = bench_get_chunk(self->load->source, self->chunk);
    size_t most = self->allowed - self->sent;

    (void)state;
    (void)id;
    (void)data;
    if (most == 0) {
        return NGHTTP2_ERR_DEFERRED;
    }
    length = length < most ? length : most;
    memcpy(buffer, bytes + self->sent, length);
    self->sent += length;
    if (self->sent == self->load->chunk_bytes) {
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    }
    return (ssize_t)length;
}

void http2_begin_chunk(http2_stream *stream)
{
    nghttp2_data_provider body = {{.ptr = stream}, read_chunk};
    nghttp2_nv fields[FIELDS_MAX];
    http_request request;
    size_t count;

    http_make_request(stream->load, stream->upload, stream->chunk, &request);
    count = split_head(request.head, fields);
    stream->sent = 0;
    stream->allowed = stream->load->chunk_bytes;
    stream->status = 0;
    stream->begun = bench_get_seconds();
    stream->id = nghttp2_submit_request(stream->session->state, NULL, fields,
                                        count, &body, stream);
    expect(stream->id, "cannot begin a stream");
}

void http2_resume(http2_stream *stream)
{
    expect(nghttp2_session_resume_data(stream->session->state, stream->id),
           "cannot resume a stream");
}

static int take_field(nghttp2_session *state, const nghttp2_frame *frame,
                      const uint8_t *name, size_t name_length,
                      const uint8_t *value, size_t length, uint8_t flags,
                      void *data)
{
    http2_stream *self =
        nghttp2_session_get_stream_user_data(state, frame->hd.stream_id);

    (void)length;
    (void)flags;
    (void)data;
    if (self != NULL && name_length == strlen(":status") &&
        memcmp(name, ":status", name_length) == 0) {
        self->status = (unsigned)strtoul((const char *)value, NULL, 10);
    }
    return 0;
}

static int take_bytes(nghttp2_session *state, uint8_t flags, int32_t id,
                      const uint8_t *bytes, size_t length, void *data)
{
    const http2_stream *self = nghttp2_session_get_stream_user_data(state, id);

    (void)flags;
    (void)data;
    if (self == NULL || self->status / 100 != 2) {
        bench_fail("the server answers %u:\n%.*s",
                   self == NULL ? 0 : self->status, (int)length, bytes);
    }
    return 0;
}

static int end_stream(nghttp2_session *state, int32_t id, uint32_t code,
                      void *data)
{
    const http2_session *self = data;
    http2_stream *stream = nghttp2_session_get_stream_user_data(state, id);

    if (stream->status / 100 != 2 || code != NGHTTP2_NO_ERROR ||
        stream->sent < stream->load->chunk_bytes) {
        bench_fail("a stream ends with status %u, %s, after %zu bytes",
                   stream->status, nghttp2_http2_strerror(code), stream->sent);
    }
    self->was_answered(stream);
    return 0;
}

void http2_open(http2_session *session, int fd, http2_answered was_answered)
{
    nghttp2_session_callbacks *callbacks;

    *session = (http2_session){.fd = fd, .was_answered = was_answered};
    expect(nghttp2_session_callbacks_new(&callbacks), "HTTP/2");
    nghttp2_session_callbacks_set_on_header_callback(callbacks, take_field);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks,
                                                              take_bytes);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks,
                                                           end_stream);
    expect(nghttp2_session_client_new(&session->state, callbacks, session),
           "HTTP/2");
    nghttp2_session_callbacks_del(callbacks);
    expect(nghttp2_submit_settings(session->state, NGHTTP2_FLAG_NONE, NULL, 0),
           "HTTP/2");
}

void http2_close(http2_session *session)
{
    nghttp2_session_del(session->state);
    (void)close(session->fd);
}

void http2_write(http2_session *session)
{
    for (;;) {
        ssize_t sent;

        if (session->pending_length == 0) {
            ssize_t length =
                nghttp2_session_mem_send(session->state, &session->pending);

            expect(length, "cannot make a frame");
            session->pending_length = (size_t)length;
        }
        if (session->pending_length == 0) {
            return;
        }
        sent = send(session->fd, session->pending, session->pending_length,
                    MSG_NOSIGNAL);
        if (sent == -1 && errno == EAGAIN) {
            return;
        }
        if (sent == -1) {
            bench_fail("cannot send: %s", strerror(errno));
        }
        session->pending += sent;
        session->pending_length -= (size_t)sent;
    }
}

void http2_read(http2_session *session)
{
    uint8_t buffer[READ_BYTES];
    ssize_t length;

    while ((length = recv(session->fd, buffer, sizeof buffer, 0)) > 0) {
        expect(nghttp2_session_mem_recv(session->state, buffer, (size_t)length),
               "cannot read a frame");
    }
    if (length == 0 || errno != EAGAIN) {
        bench_fail("the server closed a connection");
    }
    http2_write(session);
}
