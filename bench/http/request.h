/*
 * request.h - the bytes around a chunk, in each dialect.
 */
#ifndef BENCH_HTTP_REQUEST_H
#define BENCH_HTTP_REQUEST_H

#include "http.h"

#define HTTP_HEAD_BYTES 2048
#define HTTP_TAIL_BYTES 64
#define HTTP_PATH_BYTES 256

/*
 * `head`, `tail`  before and after the chunk's own bytes
 * `body_length`   of these
 */
typedef struct http_request {
    char head[HTTP_HEAD_BYTES];
    size_t head_length;
    char tail[HTTP_TAIL_BYTES];
    size_t tail_length;
    size_t body_length;
} http_request;

/* More of a head, as printf. */
__attribute__((format(printf, 2, 3))) void
http_add_text(http_request *request, const char *format, ...);

/* A chunk in any dialect but tus, which has a file of its own. */
void http_make_request(const http_load *load, unsigned upload, uint64_t chunk,
                       http_request *ret_request);

#endif
