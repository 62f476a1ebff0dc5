/*
 * store.c - finding and opening the store a command works on.
 */
#include "store.h"

#include <stdlib.h>

#include "message.h"
#include "owner.h"

const char *cli_store_get_path(const cli *self)
{
    const char *path = self->store_path;

    if (path == NULL) {
        path = getenv("WFSTORE_DIR");
    }
    return path != NULL && path[0] != '\0' ? path : ".";
}

const char *cli_store_get_label(const cli *self)
{
    return self->store_label != NULL ? self->store_label
                                     : cli_store_get_path(self);
}

cli_exit cli_store_open(const cli *self, const wfs_store_options *options,
                        wfs_store **ret_store)
{
    static const wfs_store_options defaults = WFS_STORE_OPTIONS_INIT;
    const char *path = cli_store_get_path(self);
    wfs_store_options existing = options != NULL ? *options : defaults;
    wfs_error error = WFS_ERROR_INIT;
    cli_exit result = cli_owner_become(path, cli_store_get_label(self));

    if (result != CLI_DONE) {
        return result;
    }
    existing.existing = true;
    if (wfs_store_open(path, &existing, ret_store, &error) != WFS_OK) {
        return cli_message_fail(cli_store_get_label(self), &error);
    }
    return CLI_DONE;
}
