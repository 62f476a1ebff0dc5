/*
 * wf_disposition.h - parameters of Content-Disposition and Content-Type, read
 * and written.
 */
#ifndef WF_DISPOSITION_H
#define WF_DISPOSITION_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The value of parameter `name` in "value; a=b; c=\"d\"", without quotes and
 * their escapes, into `buffer` of `capacity` bytes (no zero is added). False:
 * it is not there or does not fit.
 */
bool wf_disposition_get(const char *text, size_t length, const char *name,
                        char *buffer, size_t capacity, size_t *ret_length);

/*
 * attachment; filename="ASCII"; filename*=UTF-8''PERCENT (RFC 6266, 8187) for a
 * UTF-8 name of at most 263 bytes. Returns the length; `buffer` needs
 * WF_DISPOSITION_BYTES.
 */
#define WF_DISPOSITION_BYTES 1200
size_t wf_disposition_format(const char *name, char *buffer);

#endif
