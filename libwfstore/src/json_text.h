/*
 * json_text.h - pieces of JSON, written where there is room for them.
 *
 * Each function returns where the piece ends; nothing is zero-terminated. The
 * caller has taken room for the longest piece before.
 */
#ifndef WFS_JSON_TEXT_H
#define WFS_JSON_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* The longest pieces: a byte of a string may become \u0000. */
#define WFS_JSON_NUMBER_BYTES 40
#define WFS_JSON_STRING_BYTES(length) (6 * (length) + 2)

/* Text that is JSON already. */
char *wfs_json_put_raw(char *to, const char *text);

/* Quoted; escaped is what must be (RFC 8259, section 7), and nothing else. */
char *wfs_json_put_string(char *to, const char *text);

/* Quoted, in hexadecimal of small letters. */
char *wfs_json_put_bytes(char *to, const uint8_t *bytes, size_t length);

char *wfs_json_put_uint(char *to, uint64_t value);
char *wfs_json_put_int(char *to, int64_t value);

/* The shortest text that is read back as the same finite number, of 15 digits
 * or more where so many are needed; in any locale. */
char *wfs_json_put_real(char *to, double value);

#endif
