/*
 * wf_patch.c - what the body of PATCH /recording/{id} says.
 */
#include "wf_patch.h"

#include <stdlib.h>
#include <string.h>


void
wf_patch_release(wf_patch *patch)
{
    free(patch->metadata);
    patch->metadata = NULL;
}


/* A name can be changed, not removed. */
static wf_request_status
patch_name(wf_patch *patch, wf_value *value)
{
    patch->culprit = "name";
    patch->has_name = true;

    return wf_value_is_null(value) ? WF_REQUEST_INVALID
                                   : wf_value_read_name(value, patch->name);
}


static wf_request_status
patch_metadata(wf_patch *patch, wf_value *value)
{
    patch->culprit = "metadata";
    patch->removes_metadata = wf_value_is_null(value);

    if (patch->removes_metadata) {
        return WF_REQUEST_OK;
    }

    return wf_value_read_metadata(value, &patch->metadata,
                                  &patch->metadata_length);
}


static wf_request_status
patch_member(void *data, const char *name, wf_value *value)
{
    wf_patch *patch = data;

    if (strcmp(name, "name") == 0) {
        return patch_name(patch, value);
    }

    if (strcmp(name, "metadata") == 0) {
        return patch_metadata(patch, value);
    }

    patch->culprit = "a member other than name and metadata";

    return WF_REQUEST_INVALID;
}


wf_request_status
wf_patch_parse(wf_patch *patch, wf_span text)
{
    wf_request_status status = WF_REQUEST_MALFORMED;
    wf_value *object = wf_value_parse(text);

    memset(patch, 0, sizeof(*patch));
    patch->culprit = "the body";

    if (wf_value_is_object(object)) {
        status = wf_value_visit(object, patch_member, patch);
    }

    wf_value_close(object);

    return status;
}
