/*
 * text.h - text of others on a terminal: what it may not contain is escaped,
 * and how wide it is.
 *
 * Text is UTF-8 whatever the locale says. Control characters, formatting
 * characters that turn a line around, and bytes that are not UTF-8 appear as
 * \x1b, \u{202e}. In a terminal of another encoding so does all but ASCII.
 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Once, before the others. */
void cli_text_open(void);

/* Columns it takes. */
size_t cli_text_get_width(const char *text);

/*
 * Write it in at most `width` columns (SIZE_MAX: all of it); what does not fit
 * is cut, and an ellipsis says so. Returns the columns written.
 */
size_t cli_text_put(FILE *to, const char *text, size_t width);

/* Bytes at the beginning of `text` that are plain ASCII, one column each. */
size_t cli_text_get_plain(const char *text);

/*
 * Take the next character off `*text`, at most `length` bytes of it.
 *
 * `ret_code`  its code point, or for a byte that is not UTF-8 that byte
 * False: it is such a byte.
 */
bool cli_text_next(const char **text, size_t length, unsigned long *ret_code);

/* Whether it may not reach a terminal as it is. */
bool cli_text_is_unsafe(unsigned long code);

#endif
