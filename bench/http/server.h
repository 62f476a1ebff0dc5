/*
 * server.h - a server as a process of its own: beginning, costs, end.
 */
#ifndef BENCH_HTTP_SERVER_H
#define BENCH_HTTP_SERVER_H

#include "http.h"

typedef struct http_server {
    pid_t pid;
    char folder[BENCH_PATH_BYTES];
} http_server;

/* Returns once it accepts connections. */
void http_start_server(const http_subject *subject, http_server *ret_server);

/* Ends with its folder. */
void http_stop_server(http_server *server);

/* Run a program with its output in `folder`/log. */
pid_t http_run_program(char *const words[], const char *folder);

/* CPU seconds of the process and its children, the dead among them. */
double http_get_cpu_seconds(const http_server *server);

/* The same, once nothing goes on any more. */
double http_settle(const http_server *server);

/* Memory that is the workers' own, in bytes, all together. */
uint64_t http_get_memory(const http_server *server);

/* A connected socket. */
int http_connect(unsigned port);

#endif
