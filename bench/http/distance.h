/*
 * distance.h - servers that are some milliseconds away.
 *
 * Client and server get a network namespace each, with nothing in it but a
 * device; a process carries packets from one to the other, later. So TCP itself
 * meets the distance: its windows, its slow start, its pace. Nothing of it has
 * a name or outlives this process, whatever becomes of it.
 */
#ifndef BENCH_HTTP_DISTANCE_H
#define BENCH_HTTP_DISTANCE_H

#include <stdbool.h>

/* Making namespaces takes root. */
bool http_may_open_distance(void);

/* From now on servers are far away, until it is closed. */
void http_open_distance(double round_trip_seconds);
void http_close_distance(void);

/* Where servers are started; both do nothing if there is no distance. */
void http_go_far(void);
void http_go_near(void);

#endif
