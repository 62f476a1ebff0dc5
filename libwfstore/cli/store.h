/*
 * store.h - finding and opening the store a command works on.
 */
#ifndef CLI_STORE_H
#define CLI_STORE_H

#include "cli.h"

/* What --store, $WFSTORE_DIR or else the current directory says. */
const char *cli_store_get_path(const cli *self);

/* What messages call it. */
const char *cli_store_get_label(const cli *self);

/*
 * Open it as its owner; it must exist. `options` as for wfs_store_open, NULL:
 * the defaults. Complains and returns what is not CLI_DONE on failure.
 */
cli_exit cli_store_open(const cli *self, const wfs_store_options *options,
                        wfs_store **ret_store);

#endif
