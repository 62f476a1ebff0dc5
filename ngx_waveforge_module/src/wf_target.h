/*
 * wf_target.h - which resource a path names.
 *
 * A pure parser without nginx, so that it can be tested and fuzzed by itself.
 * It gets what is left of the normalised, decoded path below the base of our
 * location.
 */
#ifndef WF_TARGET_H
#define WF_TARGET_H

#include <stddef.h>

#include "wfstore/types.h"

typedef enum wf_resource {
    WF_RESOURCE_NONE = 0, /* not ours: static files */
    WF_RESOURCE_UNKNOWN,  /* below a prefix of ours, but no such thing */
    WF_RESOURCE_BAD_ID,   /* a resource of ours with an impossible id */
    WF_RESOURCE_CHUNK,
    WF_RESOURCE_UPLOAD,
    WF_RESOURCE_UPLOAD_AUDIO,
    WF_RESOURCE_UPLOADS,
    WF_RESOURCE_COMPLETE,
    WF_RESOURCE_RECORDINGS,
    WF_RESOURCE_RECORDING,
    WF_RESOURCE_AUDIO,
    WF_RESOURCE_DOWNLOAD,
    WF_RESOURCE_HEALTH,
    WF_RESOURCE_LIVE,
    WF_RESOURCE_CONFIG,
    WF_RESOURCE_FILES,
    WF_RESOURCE_FILE,
    WF_RESOURCES
} wf_resource;

/* `id` is "" for resources that have none. */
typedef struct wf_target {
    wf_resource resource;
    char id[WFS_ID_MAX_BYTES + 1];
} wf_target;

/*
 * Parse `path`, which may begin with one slash ("/upload/chunk" and
 * "upload/chunk" are the same). Never fails: what is not ours is
 * WF_RESOURCE_NONE.
 */
void wf_target_parse(const char *path, size_t length, wf_target *ret_target);

#endif
