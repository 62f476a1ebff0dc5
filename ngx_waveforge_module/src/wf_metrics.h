/*
 * wf_metrics.h - writes figures in Prometheus' text format, version 0.0.4, into
 * memory of its own.
 *
 * Running out of memory is remembered, not reported at each call: ask
 * wf_metrics_is_whole at the end. All samples of a metric follow its begin.
 *
 *     wf_metrics metrics = WF_METRICS_INIT;
 *
 *     wf_metrics_begin(&metrics, "takes_total", "counter", "Takes.");
 *     wf_metrics_label(&metrics, "kind", "mono");
 *     wf_metrics_uint(&metrics, 3);
 */
#ifndef WF_METRICS_H
#define WF_METRICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * `name`, `type`, `help`  of the metric that has begun; the last two NULL once
 *                         they are written, before its first sample
 * `labels`  its next sample has so far
 */
typedef struct wf_metrics {
    char *text; /* not zero-terminated */
    size_t length;
    size_t capacity;
    bool has_failed;
    const char *name;
    const char *type;
    const char *help;
    unsigned labels;
} wf_metrics;

#define WF_METRICS_INIT {NULL, 0, 0, false, NULL, NULL, NULL, 0}

/* Static strings; `help` is one line without a backslash. Nothing is written
 * of a metric without a sample. */
void wf_metrics_begin(wf_metrics *metrics, const char *name, const char *type,
                      const char *help);

/* A label of the next sample. */
void wf_metrics_label(wf_metrics *metrics, const char *key, const char *value);

/* The sample. */
void wf_metrics_uint(wf_metrics *metrics, uint64_t value);

/* The same in seconds, of nanoseconds. */
void wf_metrics_seconds(wf_metrics *metrics, uint64_t ns);

/*
 * A metric of type histogram, whole. `bounds_ns` rise; `counts` has one more:
 * how many were at most that bound and above the one before, the last how many
 * were above all.
 */
void wf_metrics_histogram(wf_metrics *metrics, const char *name,
                          const char *help, const uint64_t *bounds_ns,
                          size_t count, const uint64_t *counts,
                          uint64_t sum_ns);

bool wf_metrics_is_whole(const wf_metrics *metrics);

/* Accepts the INIT value; leaves it. */
void wf_metrics_release(wf_metrics *metrics);

#endif
