/*
 * sink.h - the least a server can do with a chunk.
 */
#ifndef BENCH_HTTP_SINK_H
#define BENCH_HTTP_SINK_H

#include "http.h"

/* `setting` of the subject: "digest", "sync", both, or "". */
pid_t http_start_sink(const http_subject *subject, const char *folder);

#endif
