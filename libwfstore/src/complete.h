/*
 * complete.h - the steps of completing an upload, for complete.c alone.
 *
 *     complete_check.c  what is missing or contradicts; pure
 *     complete_lock.c   everybody else is out
 *     finish_part.c     the part becomes the file of a recording
 *     complete_salvage.c  of an upload that will never be all there
 *     describe.c        what the recording is
 */
#ifndef WFS_COMPLETE_H
#define WFS_COMPLETE_H

#include "commit.h"
#include "container.h"
#include "live.h"

/* What is wrong with the request whatever the store holds. */
wfs_status wfs_complete_check_spec(const wfs_complete_spec *spec,
                                   wfs_error *error);

/*
 * Whether what has arrived is all of it. Returns WFS_EMISSING, WFS_ECONFLICT,
 * WFS_ETOOLARGE.
 */
wfs_status wfs_complete_check_upload(const wfs_complete_spec *spec,
                                     const wfs_upload_row *upload,
                                     wfs_error *error);

/* Whether a repeat contradicts the recording: WFS_ECONFLICT, WFS_EDIGEST. */
wfs_status wfs_complete_check_repeat(const wfs_complete_spec *spec,
                                     const wfs_recording_row *row,
                                     wfs_error *error);

bool wfs_complete_needs_digest(const wfs_store *store,
                               const wfs_complete_spec *spec,
                               const wfs_upload_row *upload);

/*
 * Bytes that are still to be absorbed, and all that are digested; of these
 * `ret_done` have been, by whomever: a repeat does not begin at nothing. What
 * is salvaged is digested from its beginning after all, so of it nothing has
 * been.
 */
uint64_t wfs_complete_count(const wfs_store *store,
                            const wfs_complete_spec *spec,
                            const wfs_upload_row *upload, uint64_t *ret_done);

/* Call spec->progress; WFS_ECANCELED if it says so. */
wfs_status wfs_complete_tell(const wfs_complete_spec *spec, uint64_t done,
                             uint64_t total, wfs_error *error);

/*
 * Take all locks of an upload by its `part`, and a slot that tells others of
 * it. Writers and catch-up are asked to end, for 2 s at most; somebody who
 * completes it already is waited for. WFS_EBUSY, WFS_ECANCELED.
 */
wfs_status wfs_complete_lock(wfs_store *store, const wfs_complete_spec *spec,
                             const wfs_upload_row *upload, wfs_blob *part,
                             wfs_live_slot *slot, wfs_error *error);

/*
 * Mend what is there of an upload without a gap, and make `upload` say what
 * that leaves: fewer bytes, not digested. From then on it takes no chunk.
 * WFS_ETYPE: nothing of it plays, and nothing was changed.
 */
wfs_status wfs_complete_salvage(wfs_store *store, wfs_upload_row *upload,
                                wfs_blob *part, wfs_error *error);

/*
 * Bring the part to its final bytes and find out what they are. `upload`'s
 * whole range is locked by `part`; it is moved on. Nothing of it counts
 * before the transaction, so it may fail and be repeated. It ends with
 * WFS_EGONE if `slot` is told so, and WFS_ECANCELED.
 */
wfs_status wfs_finish_part(wfs_store *store, const wfs_complete_spec *spec,
                           wfs_upload_row *upload, wfs_blob *part,
                           wfs_live_slot *slot, wfs_container_facts *ret_facts,
                           wfs_digest *ret_digest, wfs_error *error);

/* `metadata` is taken by the recording. */
void wfs_describe_recording(const wfs_complete_spec *spec,
                            const wfs_upload_row *upload,
                            const wfs_container_facts *facts,
                            const wfs_digest *digest, char *metadata,
                            wfs_recording *ret_recording);

#endif
