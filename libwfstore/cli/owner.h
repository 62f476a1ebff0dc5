/*
 * owner.h - root works on a store as the user who owns it.
 *
 * Files that root made there the store's owner could not write; and root has no
 * business with what that user's programs put on the disk.
 */
#ifndef CLI_OWNER_H
#define CLI_OWNER_H

#include "cli.h"

/*
 * Become who owns the directory at `path`, for good, if this is root and that
 * is another. Complains of `label` and returns what is not CLI_DONE on failure.
 */
cli_exit cli_owner_become(const char *path, const char *label);

/*
 * As root make `directory` for who owns `store`, unless it exists: that user
 * may not write in the directory above.
 */
cli_exit cli_owner_make_directory(const char *store, const char *directory);

#endif
