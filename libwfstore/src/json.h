/*
 * json.h - the JSON the store itself reads and writes; jansson stays in json.c.
 */
#ifndef WFS_JSON_H
#define WFS_JSON_H

#include "wfstore/wfstore.h"

/*
 * Check user metadata (a JSON object, at most WFS_METADATA_MAX_BYTES, depth at
 * most WFS_METADATA_MAX_DEPTH, integers within int64, no duplicate keys) and
 * bring it to its compact form.
 *
 * `ret_text`  new, zero-terminated, free() it
 * Returns WFS_EFORMAT, WFS_ETOOLARGE, WFS_ENOMEM.
 */
wfs_status wfs_json_compact_metadata(const char *text, size_t length,
                                     char **ret_text, wfs_error *error);

/*
 * Merge `patch` (an object) into `metadata` as RFC 7396 says; the result is
 * checked as above.
 */
wfs_status wfs_json_merge_metadata(const char *metadata, const char *patch,
                                   size_t patch_length, char **ret_text,
                                   wfs_error *error);

/*
 * Read a recording's JSON as wfs_recording_to_json writes it, in any layout and
 * order of members; members it does not know are passed over.
 *
 * `ret_recording`  new metadata; what is not told is 0, "" or without has_
 * Returns WFS_EFORMAT (no JSON, or an id, file name or digest that cannot be
 * one), WFS_ENOMEM.
 */
wfs_status wfs_json_read_recording(const char *text, size_t length,
                                   wfs_recording *ret_recording,
                                   wfs_error *error);

#endif
