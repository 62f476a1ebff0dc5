/*
 * http.h - what is sent over HTTP, to whom, and what that has cost.
 *
 * A subject is a server that can be started with an empty folder: ours, the
 * sink, a peer. A load is a number of uploads sent to it over connections kept
 * alive, each connection one chunk after the other. A contest lets subjects
 * take turns at the same load.
 */
#ifndef BENCH_HTTP_H
#define BENCH_HTTP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "bench.h"
#include "ground.h"
#include "source.h"

typedef enum http_dialect {
    HTTP_RAW,       /* POST /upload/chunk, the body is the chunk */
    HTTP_MULTIPART, /* the same as a form */
    HTTP_PUT,       /* PUT /put/NAME, a file per chunk */
    HTTP_TUS,       /* POST /files/, and PATCH for each chunk */
    HTTP2_RAW,      /* as above, over HTTP/2 in the clear */
    HTTP2_PUT
} http_dialect;

bool http_is_version_2(http_dialect dialect);

#define HTTP_STREAMS_MAX 128 /* at once over one connection */

/*
 * `streams`  of each connection, over HTTP/2; 0 is 1
 */
typedef struct http_load {
    const bench_source *source;
    http_dialect dialect;
    unsigned port;
    unsigned connections;
    unsigned streams;
    unsigned uploads;
    uint64_t chunks; /* of each upload */
    size_t chunk_bytes;
    bool has_digest;  /* Content-Digest with each chunk */
    const char *name; /* of the uploads, before a number */
} http_load;

typedef struct http_result {
    double seconds;
    double p50_ms; /* of a chunk: from its first byte to its answer */
    double p99_ms;
    uint64_t bytes;
} http_result;

/* Send all of it; anything but 2xx ends the program. */
void http_send_load(const http_load *load, http_result *ret_result);

/*
 * `start`    start it with `folder` to keep its files in; returns its process
 * `setting`  for `start`: lines of nginx.conf, or options of the sink
 */
typedef struct http_subject {
    const char *name;
    http_dialect dialect;
    pid_t (*start)(const struct http_subject *subject, const char *folder);
    const char *setting;
    bool has_digest;
} http_subject;

#define HTTP_LOOPBACK "127.0.0.1"

/*
 * `peers`   where the servers from npm are installed
 * `host`    where servers listen, in numbers
 * `server`  lines of nginx's server block, of a row that needs some
 */
typedef struct http_options {
    const char *folder;
    const char *modules; /* the folder of our module */
    unsigned rounds;
    uint64_t bytes;
    uint64_t recordings;
    const char *peers;
    const char *host;
    const char *server;
    unsigned port;
} http_options;

extern http_options http_settings;

#endif
