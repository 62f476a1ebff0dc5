/*
 * load2.h - uploads sent over HTTP/2.
 */
#ifndef BENCH_HTTP_LOAD2_H
#define BENCH_HTTP_LOAD2_H

#include "http.h"

/* As http_send_load, which calls it; each stream is an upload. */
void http_send_load_2(const http_load *load, http_result *ret_result);

#endif
