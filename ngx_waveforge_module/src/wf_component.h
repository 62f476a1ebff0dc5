/*
 * wf_component.h - what a variable's value is called in a path.
 *
 * Pure functions without nginx. A value becomes a part of one component of the
 * path, whatever it holds: no slash, no "..", nothing a shell or a terminal
 * would mind is left, and two values never become the same.
 */
#ifndef WF_COMPONENT_H
#define WF_COMPONENT_H

#include <stdbool.h>
#include <stddef.h>

/* What `length` bytes may become. */
#define WF_COMPONENT_ROOM(length) ((length) * 3)

/* The longest path below which a catalogue can be opened. */
#define WF_COMPONENT_PATH_BYTES 479

/*
 * Write `value` with its leading dot and all bytes but A-Z, a-z, 0-9, "_", "@",
 * "." and "-" percent-encoded. `ret_text` has WF_COMPONENT_ROOM(length) bytes
 * and gets no NUL.
 *
 * Returns the length of the text; 0 for an empty value.
 */
size_t wf_component_encode(const char *value, size_t length, char *ret_text);

/*
 * Whether a store can have this path: its components have at most 255 bytes
 * each, and all of it WF_COMPONENT_PATH_BYTES.
 */
bool wf_component_fits(const char *path, size_t length);

#endif
