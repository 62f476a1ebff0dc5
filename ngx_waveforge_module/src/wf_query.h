/*
 * wf_query.h - names and values of a query string or a urlencoded form.
 */
#ifndef WF_QUERY_H
#define WF_QUERY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct wf_span {
    const char *bytes;
    size_t length;
} wf_span;

bool wf_span_is(wf_span span, const char *text);
bool wf_span_is_nocase(wf_span span, const char *text);

/* Without spaces and tabs at its ends. */
wf_span wf_span_trim(wf_span span);

/*
 * What comes before the first `separator`, or all; `*rest` is left with what
 * comes after it, or empty.
 */
wf_span wf_span_cut(wf_span *rest, char separator);

/*
 * The next name and value of `*rest`, still encoded; false at the end. A name
 * without "=" has an empty value; empty pieces are skipped.
 */
bool wf_query_next(wf_span *rest, wf_span *ret_name, wf_span *ret_value);

/*
 * Decode %XX and "+" (a space) of `text` into `buffer`, with a zero after it.
 * False if an escape is broken or it does not fit into `capacity` bytes.
 */
bool wf_query_decode(wf_span text, char *buffer, size_t capacity,
                     size_t *ret_length);

#endif
