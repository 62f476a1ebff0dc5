/*
 * http2.h - connections of HTTP/2 that send chunks, by libnghttp2.
 *
 * The server is known to speak it (RFC 9113, section 3.3). A connection carries
 * streams, each of which sends one chunk after the other as the windows allow;
 * whoever owns a stream is told when a chunk was answered with 2xx, and
 * anything else ends the program.
 *
 *     http2_open(&session, fd, was_answered);
 *     stream.session = &session; http2_begin_chunk(&stream, load, ...);
 *     http2_write(&session) when `fd` is writable, http2_read() when readable
 *     http2_close(&session);
 */
#ifndef BENCH_HTTP_HTTP2_H
#define BENCH_HTTP_HTTP2_H

#include <nghttp2/nghttp2.h>

#include "http.h"

struct http2_stream;

typedef void (*http2_answered)(struct http2_stream *stream);

/*
 * `fd`       does not block
 * `pending`  bytes that nghttp2 keeps and the socket did not take yet
 */
typedef struct http2_session {
    int fd;
    nghttp2_session *state;
    http2_answered was_answered;
    const uint8_t *pending;
    size_t pending_length;
} http2_session;

/*
 * `allowed`  bytes of the chunk that may be sent so far; the rest stalls
 * `data`     its owner's
 */
typedef struct http2_stream {
    http2_session *session;
    const http_load *load;
    unsigned upload;
    uint64_t chunk;
    size_t sent;
    size_t allowed;
    double begun;
    unsigned status;
    int32_t id;
    void *data;
} http2_stream;

void http2_open(http2_session *session, int fd, http2_answered was_answered);
void http2_close(http2_session *session);

/* `stream` has a session, a load, and says which chunk; all of it is sent
 * unless `allowed` is lowered before anything is written. */
void http2_begin_chunk(http2_stream *stream);

/* After `allowed` was raised. */
void http2_resume(http2_stream *stream);

/* Send what the windows and the socket take. */
void http2_write(http2_session *session);

/* Take all that has come, then write. */
void http2_read(http2_session *session);

#endif
