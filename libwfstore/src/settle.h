/*
 * settle.h - a new catalogue takes the old one's place in one step.
 *
 *     .wfstore/rebuild/   what is being built: nobody's until it is committed
 *     .wfstore/rebuilt/   committed: from here on it is the store's catalogue,
 *                         whoever meets it puts it in its place
 *
 * The step is the rename from the one to the other. A catalogue and its journal
 * are two files, so the old ones cannot be replaced at once; but as long as the
 * second folder is there nobody looks at them.
 */
#ifndef WFS_SETTLE_H
#define WFS_SETTLE_H

#include "wfstore/types.h"

#define WFS_BUILDING_FOLDER "rebuild"
#define WFS_ASIDE_BYTES 64

/* In .wfstore/ of a backup; moves with the catalogue it belongs to. */
#define WFS_BACKUP_MARK "backup"

/* Begin with an empty folder. The caller closes `*ret_dir`. */
wfs_status wfs_begin_building(int meta_dir, int *ret_dir, wfs_error *error);

/* Remove it with what it holds. Idempotent. */
wfs_status wfs_discard_building(int meta_dir, wfs_error *error);

/*
 * Commit what was built: catalog.sqlite3 in `building_dir`, closed, without a
 * journal. Then wfs_settle_rebuilt.
 *
 * `aside`  goes into the names of what is moved aside: the old catalogue, its
 *          journal, uploads/. "": the old catalogue is replaced, uploads/ stay.
 */
wfs_status wfs_commit_building(int meta_dir, int building_dir,
                               const char *aside, wfs_error *error);

/*
 * Put a committed catalogue in its place; nothing happens if there is none. To
 * be called before the catalogue is opened, by one process at a time.
 * Idempotent: ended anywhere, the next call goes on.
 */
wfs_status wfs_settle_rebuilt(int meta_dir, wfs_error *error);

#endif
