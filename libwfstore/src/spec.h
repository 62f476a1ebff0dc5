/*
 * spec.h - what is wrong with a request whatever the store holds; pure.
 */
#ifndef WFS_SPEC_H
#define WFS_SPEC_H

#include "catalogue.h"

/* WFS_EID, WFS_EINVAL, WFS_EEMPTY. */
wfs_status wfs_spec_check(const wfs_chunk_spec *spec, wfs_error *error);

/*
 * Whether the chunk keeps within the caller's limits, `upload` being what has
 * arrived (of an unknown length: its first byte). WFS_ETOOMANY, WFS_ETOOLARGE.
 */
wfs_status wfs_spec_check_limits(const wfs_chunk_spec *spec,
                                 const wfs_upload_row *upload,
                                 wfs_error *error);

/*
 * The most bytes this chunk may have, and the code to tell when there are
 * more: WFS_ECONFLICT (its own length, the chunk size) or WFS_ETOOLARGE.
 */
uint64_t wfs_spec_get_bytes_max(const wfs_chunk_spec *spec,
                                const wfs_upload_row *upload, bool is_head,
                                wfs_status *ret_status);

#endif
