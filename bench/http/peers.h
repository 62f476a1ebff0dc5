/*
 * peers.h - servers of others that take uploads.
 */
#ifndef BENCH_HTTP_PEERS_H
#define BENCH_HTTP_PEERS_H

#include "http.h"

/* Apache httpd with mod_dav, a file per PUT. */
bool http_has_apache(void);
pid_t http_start_apache(const http_subject *subject, const char *folder);

/* @tus/server on Node.js; `setting` is its number of processes. */
bool http_has_tus_node(void);
pid_t http_start_tus_node(const http_subject *subject, const char *folder);

#endif
