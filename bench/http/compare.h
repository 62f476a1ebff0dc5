/*
 * compare.h - how subjects did beside each other, told.
 */
#ifndef BENCH_HTTP_COMPARE_H
#define BENCH_HTTP_COMPARE_H

#include "contest.h"

/* Of ratios to the first subject; BENCH_NO_GOAL, or 0 for `speed`: any. */
typedef struct http_goals {
    double cpu;
    double speed; /* at least */
    double p99;
} http_goals;

/*
 * Hold the contest and tell it. The first subject is what the second one's
 * goals are about; the others are told beside.
 */
void http_compare(const char *name, const http_subject *const subjects[],
                  size_t count, const http_crowd *crowd,
                  const http_goals *aims);

#endif
