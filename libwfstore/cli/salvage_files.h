/*
 * salvage_files.h - bytes that lie in files become an upload, to be salvaged.
 */
#ifndef CLI_SALVAGE_FILES_H
#define CLI_SALVAGE_FILES_H

#include "progress.h"

/*
 * Make an upload `id`, which must not exist, of the bytes of `count` files, one
 * after the other, as far as they have no gap: what is behind one is left out
 * and told. The files are only read.
 *
 * `ret_timestamp_ms`  when the first one was changed last
 *
 * Complains and returns what is not CLI_DONE on failure. An upload of which a
 * file was received whole stays then.
 */
cli_exit cli_salvage_receive(wfs_store *store, const char *id,
                             char *const *files, int count,
                             cli_progress *progress, int64_t *ret_timestamp_ms);

#endif
