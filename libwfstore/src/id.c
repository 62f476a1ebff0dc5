/*
 * id.c - ids that the store chooses, and what is kept under an id.
 */
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "error.h"
#include "store_internal.h"
#include "wfstore/append.h"

#define RANDOM_BYTES 16

wfs_status wfs_id_make(char ret_id[WFS_ID_MAX_BYTES + 1])
{
    uint8_t bytes[RANDOM_BYTES];

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes)) {
        return WFS_EIO;
    }
    for (size_t i = 0; i < sizeof(bytes); i++) {
        snprintf(ret_id + 2 * i, 3, "%02x", bytes[i]);
    }
    return WFS_OK;
}

wfs_status wfs_upload_get_note(wfs_store *store, const char *id,
                               char **ret_note, wfs_error *error)
{
    if (id == NULL || !wfs_id_is_valid(id, strlen(id))) {
        return wfs_error_set(error, WFS_EID, 0, NULL, "this is not an id");
    }
    return store->catalogue->api->get_note(store->catalogue, id, ret_note,
                                           error);
}
