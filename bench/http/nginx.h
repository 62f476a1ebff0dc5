/*
 * nginx.h - nginx with our module, and nginx alone.
 */
#ifndef BENCH_HTTP_NGINX_H
#define BENCH_HTTP_NGINX_H

#include "http.h"

/* `setting`: directives of the location, after those all have. */
pid_t http_start_ours(const http_subject *subject, const char *folder);

/* Our module with nothing but `setting`. */
pid_t http_start_module(const http_subject *subject, const char *folder);

/* PUT into files, and GET of what is there. `setting` as above. */
pid_t http_start_nginx(const http_subject *subject, const char *folder);

#endif
