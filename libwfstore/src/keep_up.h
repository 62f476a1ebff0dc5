/*
 * keep_up.h - the whole-file digest stays close behind the chunks.
 *
 * Chunks of known size may come over several connections at once. Most of them
 * are then out of step, and what digests them behind their backs could fall
 * further and further behind, until completing has to read it all. So who
 * begins a chunk first sees to it that the accepted ones are digested: what is
 * left to completing is at most what the connections had in flight.
 */
#ifndef WFS_KEEP_UP_H
#define WFS_KEEP_UP_H

#include "store_internal.h"

/* Whether `upload`, a row just read, lacks anything. */
bool wfs_keep_up_is_due(const wfs_store *store, const wfs_upload_row *upload);

/*
 * Digest what `upload`, a row just read, lacks; or wait for whoever is at it,
 * for half a second at most. A failure is left to completing.
 */
void wfs_keep_up(wfs_store *store, const wfs_upload_row *upload);

#endif
