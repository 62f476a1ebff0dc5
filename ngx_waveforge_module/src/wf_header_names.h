/*
 * wf_header_names.h - a list of header names, as a preflight asks for it.
 */
#ifndef WF_HEADER_NAMES_H
#define WF_HEADER_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#define WF_HEADER_NAMES_MAX_BYTES 1024

/*
 * Whether `list` is one name or more (RFC 9110, 5.6.2) with commas between, of
 * at most WF_HEADER_NAMES_MAX_BYTES, and so may stand in a header as it is.
 */
bool wf_header_names_are_valid(const char *list, size_t length);

#endif
