/*
 * complete.h - the steps of completing an upload, for complete.c alone.
 *
 *     complete_check.c  what is missing or contradicts; pure
 *     finish_part.c     the part becomes the file of a recording
 *     describe.c        what the recording is
 */
#ifndef WFS_COMPLETE_H
#define WFS_COMPLETE_H

#include "container.h"
#include "store_internal.h"

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

/*
 * Bring the part to its final bytes and find out what they are. `upload`'s
 * whole range is locked by `part`; it is moved on. Nothing of it counts
 * before the transaction, so it may fail and be repeated.
 */
wfs_status wfs_finish_part(wfs_store *store, const wfs_complete_spec *spec,
                           wfs_upload_row *upload, wfs_blob *part,
                           wfs_container_facts *ret_facts,
                           wfs_digest *ret_digest, wfs_error *error);

/* `metadata` is taken by the recording. */
void wfs_describe_recording(const wfs_complete_spec *spec,
                            const wfs_upload_row *upload,
                            const wfs_container_facts *facts,
                            const wfs_digest *digest, char *metadata,
                            wfs_recording *ret_recording);

#endif
