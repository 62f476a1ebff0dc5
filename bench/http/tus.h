/*
 * tus.h - the requests of an upload by tus 1.0.0.
 *
 * POST /files/ makes an upload and tells where it is; PATCH there appends.
 */
#ifndef BENCH_HTTP_TUS_H
#define BENCH_HTTP_TUS_H

#include "request.h"

/* Without a body. */
void http_make_creation(const http_load *load, http_request *ret_request);

/* The path in the answer to that, whether or not a host is before it. */
void http_read_location(const char *answer, char ret_path[HTTP_PATH_BYTES]);

void http_make_append(const http_load *load, const char *path, uint64_t chunk,
                      http_request *ret_request);

#endif
