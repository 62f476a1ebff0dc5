/*
 * fuzz_multipart.c - the streaming parser of multipart/form-data: the same
 * events and bytes, however the body is cut into pieces. The first line is the
 * Content-Type, the rest the body.
 */
#include <string.h>

#include "fuzz.h"
#include "wf_multipart.h"

/* FNV-1a of all that was told, and how it ended. */
typedef struct told {
    uint64_t sum;
    wf_multipart_event last;
} told;

static void add(told *all, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        all->sum = (all->sum ^ (uint8_t)bytes[i]) * UINT64_C(1099511628211);
    }
}

/* Data comes in pieces of any size: only other events are marked. */
static void take(told *all, const wf_multipart *mp, wf_multipart_event event,
                 wf_span data)
{
    char mark[2] = {'\0', (char)event};

    if (event == WF_MULTIPART_DATA) {
        REQUIRE(data.length > 0);
        add(all, data.bytes, data.length);
        return;
    }
    add(all, mark, sizeof mark);
    if (event == WF_MULTIPART_PART) {
        add(all, mp->name, strlen(mp->name));
    }
    all->last = event;
}

static void feed(told *all, wf_multipart *mp, const char *from, size_t length)
{
    const char *pos = from;
    const char *last = from + length;
    wf_multipart_event event;
    wf_span data = {NULL, 0};

    while (all->last != WF_MULTIPART_MALFORMED &&
           (event = wf_multipart_next(mp, &pos, last, &data)) !=
               WF_MULTIPART_MORE) {
        REQUIRE(pos >= from && pos <= last);
        take(all, mp, event, data);
    }
}

static told parse(const char *type, size_t type_length, const char *body,
                  size_t length, size_t piece)
{
    told all = {UINT64_C(14695981039346656037), WF_MULTIPART_MORE};
    wf_multipart mp;

    if (!wf_multipart_init(&mp, type, type_length)) {
        return all;
    }
    for (size_t at = 0; at < length; at += piece) {
        feed(&all, &mp, body + at, length - at < piece ? length - at : piece);
    }
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    const char *line = length > 0 ? memchr(text, '\n', length) : NULL;
    size_t type = line != NULL ? (size_t)(line - text) : length;
    const char *body = line != NULL ? line + 1 : text + length;
    size_t rest = line != NULL ? length - type - 1 : 0;
    told whole = parse(text, type, body, rest, rest + 1);

    for (size_t piece = 1; piece <= 7; piece += 2) {
        told same = parse(text, type, body, rest, piece);

        REQUIRE(same.sum == whole.sum && same.last == whole.last);
    }
    return 0;
}
