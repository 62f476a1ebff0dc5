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
 */
typedef struct http_request {
    char head[HTTP_HEAD_BYTES];
    size_t head_length;
    char tail[HTTP_TAIL_BYTES];
    size_t tail_length;
} http_request;

void http_make_request(const http_load *load, unsigned upload, uint64_t chunk,
                       http_request *ret_request);

#endif
