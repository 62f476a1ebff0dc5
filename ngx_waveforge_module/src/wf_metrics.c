/*
 * wf_metrics.c - writes figures in Prometheus' text format.
 */
#include "wf_metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NS_PER_S 1000000000
#define NS_DIGITS 9


static void
append(wf_metrics *metrics, const char *bytes, size_t length)
{
    char *grown;
    size_t capacity = metrics->capacity ? metrics->capacity : 4096;

    if (metrics->has_failed) {
        return;
    }

    while (capacity - metrics->length < length) {
        capacity *= 2;
    }

    if (capacity != metrics->capacity) {
        grown = realloc(metrics->text, capacity);
        if (grown == NULL) {
            metrics->has_failed = true;
            return;
        }

        metrics->text = grown;
        metrics->capacity = capacity;
    }

    memcpy(metrics->text + metrics->length, bytes, length);
    metrics->length += length;
}


static void
append_text(wf_metrics *metrics, const char *text)
{
    append(metrics, text, strlen(text));
}


void
wf_metrics_begin(wf_metrics *metrics, const char *name, const char *type,
                 const char *help)
{
    metrics->name = name;
    metrics->type = type;
    metrics->help = help;
    metrics->labels = 0;
}


static void
append_head(wf_metrics *metrics)
{
    if (metrics->type == NULL) {
        return;
    }

    append_text(metrics, "# HELP ");
    append_text(metrics, metrics->name);
    append_text(metrics, " ");
    append_text(metrics, metrics->help);
    append_text(metrics, "\n# TYPE ");
    append_text(metrics, metrics->name);
    append_text(metrics, " ");
    append_text(metrics, metrics->type);
    append_text(metrics, "\n");

    metrics->type = NULL;
    metrics->help = NULL;
}


static void
append_escaped(wf_metrics *metrics, const char *value)
{
    const char *p;

    for (p = value; *p != '\0'; p++) {
        if (*p == '\n') {
            append_text(metrics, "\\n");
            continue;
        }

        if (*p == '"' || *p == '\\') {
            append_text(metrics, "\\");
        }

        append(metrics, p, 1);
    }
}


void
wf_metrics_label(wf_metrics *metrics, const char *key, const char *value)
{
    if (metrics->labels == 0) {
        append_head(metrics);
        append_text(metrics, metrics->name);
    }

    append_text(metrics, metrics->labels == 0 ? "{" : ",");
    append_text(metrics, key);
    append_text(metrics, "=\"");
    append_escaped(metrics, value);
    append_text(metrics, "\"");

    metrics->labels++;
}


/* What stands before the value. */

static void
begin_value(wf_metrics *metrics)
{
    if (metrics->labels == 0) {
        append_head(metrics);
        append_text(metrics, metrics->name);

    } else {
        append_text(metrics, "}");
    }

    append_text(metrics, " ");
    metrics->labels = 0;
}


static void
append_uint(wf_metrics *metrics, uint64_t value)
{
    char digits[24];

    append(metrics, digits,
           (size_t) snprintf(digits, sizeof(digits), "%" PRIu64, value));
}


/* Without zeros at the end: 0.25, 1. */

static size_t
format_seconds(char *text, size_t size, uint64_t ns)
{
    size_t length;

    length =
        (size_t) snprintf(text, size, "%" PRIu64 ".%0*" PRIu64,
                          ns / NS_PER_S, NS_DIGITS, ns % NS_PER_S);

    while (text[length - 1] == '0') {
        length--;
    }

    if (text[length - 1] == '.') {
        length--;
    }

    text[length] = '\0';

    return length;
}


void
wf_metrics_uint(wf_metrics *metrics, uint64_t value)
{
    begin_value(metrics);
    append_uint(metrics, value);
    append_text(metrics, "\n");
}


void
wf_metrics_seconds(wf_metrics *metrics, uint64_t ns)
{
    char text[32];

    begin_value(metrics);
    append(metrics, text, format_seconds(text, sizeof(text), ns));
    append_text(metrics, "\n");
}


/* The count of all is that of the last bucket, whatever is added meanwhile. */

void
wf_metrics_histogram(wf_metrics *metrics, const char *name, const char *help,
                     const uint64_t *bounds_ns, size_t count,
                     const uint64_t *counts, uint64_t sum_ns)
{
    char bound[32];
    size_t i;
    uint64_t below = 0;

    wf_metrics_begin(metrics, name, "histogram", help);
    append_head(metrics);

    for (i = 0; i <= count; i++) {
        if (i < count) {
            (void) format_seconds(bound, sizeof(bound), bounds_ns[i]);
        }

        below += counts[i];

        append_text(metrics, name);
        append_text(metrics, "_bucket{le=\"");
        append_text(metrics, i < count ? bound : "+Inf");
        append_text(metrics, "\"} ");
        append_uint(metrics, below);
        append_text(metrics, "\n");
    }

    append_text(metrics, name);
    append_text(metrics, "_sum ");
    append(metrics, bound, format_seconds(bound, sizeof(bound), sum_ns));
    append_text(metrics, "\n");
    append_text(metrics, name);
    append_text(metrics, "_count ");
    append_uint(metrics, below);
    append_text(metrics, "\n");
}


bool
wf_metrics_is_whole(const wf_metrics *metrics)
{
    return !metrics->has_failed && metrics->length > 0;
}


void
wf_metrics_release(wf_metrics *metrics)
{
    free(metrics->text);
    *metrics = (wf_metrics) WF_METRICS_INIT;
}
