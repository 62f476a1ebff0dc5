/*
 * wf_target.c - which resource a path names.
 */
#include "wf_target.h"

#include <stdbool.h>
#include <string.h>

#define SEGMENTS_MAX 3

typedef struct segment {
    const char *bytes;
    size_t length;
} segment;

/* The names that belong to us whatever comes below them. */
static const char *const prefixes[] = {"upload", "uploads", "recording",
                                       "recordings", "health", "api",
                                       "files"};

static const struct {
    const char *path[2];
    wf_resource resource;
} fixed[] = {
    {{"upload", "chunk"}, WF_RESOURCE_CHUNK},
    {{"uploads", NULL}, WF_RESOURCE_UPLOADS},
    {{"recording", "complete"}, WF_RESOURCE_COMPLETE},
    {{"recordings", NULL}, WF_RESOURCE_RECORDINGS},
    {{"health", NULL}, WF_RESOURCE_HEALTH},
    {{"health", "live"}, WF_RESOURCE_LIVE},
    {{"api", "config"}, WF_RESOURCE_CONFIG},
    {{"files", NULL}, WF_RESOURCE_FILES},
    {{"files", ""}, WF_RESOURCE_FILES},
};


static bool
is_named(const segment *s, const char *name)
{
    return strlen(name) == s->length && memcmp(s->bytes, name, s->length) == 0;
}


/* Returns the number of segments, SEGMENTS_MAX + 1 if there are more. */
static size_t
split(const char *path, size_t length, segment *segments)
{
    size_t n = 0;
    const char *end = path + length;

    for ( ;; ) {
        const char *slash = memchr(path, '/', (size_t) (end - path));
        const char *stop = slash ? slash : end;

        if (n == SEGMENTS_MAX) {
            return n + 1;
        }

        segments[n].bytes = path;
        segments[n].length = (size_t) (stop - path);
        n++;

        if (slash == NULL) {
            return n;
        }

        path = slash + 1;
    }
}


static bool
is_prefix_ours(const segment *first)
{
    size_t i;

    for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (is_named(first, prefixes[i])) {
            return true;
        }
    }

    return false;
}


static wf_resource
find_fixed(const segment *segments, size_t n)
{
    size_t i;

    for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        size_t wanted = fixed[i].path[1] ? 2 : 1;

        if (n == wanted && is_named(&segments[0], fixed[i].path[0])
            && (n == 1 || is_named(&segments[1], fixed[i].path[1])))
        {
            return fixed[i].resource;
        }
    }

    return WF_RESOURCE_UNKNOWN;
}


static wf_resource
find_of_upload(const segment *segments, size_t n)
{
    if (n == 2) {
        return WF_RESOURCE_UPLOAD;
    }

    if (n == 3 && is_named(&segments[2], "audio")) {
        return WF_RESOURCE_UPLOAD_AUDIO;
    }

    return WF_RESOURCE_UNKNOWN;
}


static wf_resource
find_with_id(const segment *segments, size_t n)
{
    if (is_named(&segments[0], "upload")) {
        return find_of_upload(segments, n);
    }

    if (is_named(&segments[0], "files")) {
        return n == 2 ? WF_RESOURCE_FILE : WF_RESOURCE_UNKNOWN;
    }

    if (!is_named(&segments[0], "recording")) {
        return WF_RESOURCE_UNKNOWN;
    }

    if (n == 2) {
        return WF_RESOURCE_RECORDING;
    }

    if (n == 3 && is_named(&segments[2], "audio")) {
        return WF_RESOURCE_AUDIO;
    }

    if (n == 3 && is_named(&segments[2], "download")) {
        return WF_RESOURCE_DOWNLOAD;
    }

    return WF_RESOURCE_UNKNOWN;
}


void
wf_target_parse(const char *path, size_t length, wf_target *ret_target)
{
    size_t n;
    segment segments[SEGMENTS_MAX] = {{"", 0}, {"", 0}, {"", 0}};

    memset(ret_target, 0, sizeof(*ret_target));

    if (length > 0 && path[0] == '/') {
        path++;
        length--;
    }

    n = split(path, length, segments);

    if (!is_prefix_ours(&segments[0])) {
        ret_target->resource = WF_RESOURCE_NONE;
        return;
    }

    ret_target->resource = find_fixed(segments, n);

    if (ret_target->resource != WF_RESOURCE_UNKNOWN) {
        return;
    }

    ret_target->resource = find_with_id(segments, n);

    if (ret_target->resource == WF_RESOURCE_UNKNOWN) {
        return;
    }

    if (!wfs_id_is_valid(segments[1].bytes, segments[1].length)) {
        ret_target->resource = WF_RESOURCE_BAD_ID;
        return;
    }

    memcpy(ret_target->id, segments[1].bytes, segments[1].length);
}
