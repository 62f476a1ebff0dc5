/*
 * wf_crlf.c - finds the ends of lines in bytes that are no text.
 */
#include "wf_crlf.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define LANE ((size_t) 16)
#define BLOCK (4 * LANE)


/* As one instruction takes it; of gcc and clang, for any processor. */
typedef uint8_t lane __attribute__((vector_size(LANE)));


static inline lane
load(const char *bytes)
{
    lane value;

    memcpy(&value, bytes, sizeof(value));

    return value;
}


/* Where a CRLF begins, all bits of its byte; looks at one byte more. */
static inline lane
match(const char *bytes)
{
    return (lane) (load(bytes) == '\r') & (lane) (load(bytes + 1) == '\n');
}


/* Whether one begins in the block. */
static inline bool
has_crlf(const char *bytes)
{
    lane found = match(bytes) | match(bytes + LANE) | match(bytes + 2 * LANE)
                 | match(bytes + 3 * LANE);
    uint64_t words[LANE / sizeof(uint64_t)];

    memcpy(words, &found, sizeof(words));

    return (words[0] | words[1]) != 0;
}


const char *
wf_crlf_find(const char *pos, const char *last)
{
    const char *cr;

    while ((size_t) (last - pos) > BLOCK && !has_crlf(pos)) {
        pos += BLOCK;
    }

    while (pos < last
           && (cr = memchr(pos, '\r', (size_t) (last - pos))) != NULL)
    {
        if (cr + 1 == last || cr[1] == '\n') {
            return cr;
        }

        pos = cr + 1;
    }

    return last;
}
