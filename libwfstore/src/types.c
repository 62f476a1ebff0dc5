/*
 * types.c - releasing the values that own something.
 */
#include "wfstore/types.h"

#include <stdlib.h>

#include "file.h"

void wfs_recording_release(wfs_recording *recording)
{
    free(recording->metadata);
    recording->metadata = NULL;
}

void wfs_blob_ref_release(wfs_blob_ref *blob)
{
    wfs_file_close(blob->fd);
    blob->fd = -1;
}
