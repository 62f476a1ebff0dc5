/*
 * ask.h - requests that are answered with bytes.
 */
#ifndef BENCH_HTTP_ASK_H
#define BENCH_HTTP_ASK_H

#include "http.h"

/*
 * Send `request` over a connection and read its answer, which has a length and
 * a 2xx status. Returns the bytes of its body.
 */
uint64_t http_ask(int fd, const char *request);

/* POST /recording/complete; returns how long it took. */
double http_complete(const char *id);

/*
 * Ask over some connections at once, again and again.
 *
 * `connections`  a thread each, which asks `times` times
 *
 * Returns the bytes of all answers.
 */
uint64_t http_ask_often(const char *request, unsigned connections,
                        unsigned times);

#endif
