/*
 * finding.h - what verifying, backing up and rebuilding share: telling what
 * they find, and looking at a recording's file.
 */
#ifndef WFS_FINDING_H
#define WFS_FINDING_H

#include "pace.h"
#include "wfstore/maintenance.h"

typedef struct wfs_teller {
    wfs_finding_visitor visitor; /* may be NULL */
    void *data;
} wfs_teller;

/* `id`, `filename`: may be NULL. WFS_ECANCELED: who was told has enough. */
wfs_status wfs_tell(const wfs_teller *teller, wfs_finding_kind kind,
                    const char *id, const char *filename, wfs_error *error,
                    const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* "<prefix><name>", as the filename of a finding. */
#define WFS_FINDING_NAME_BYTES 320
void wfs_join_name(const char *prefix, const char *name,
                   char ret_filename[WFS_FINDING_NAME_BYTES]);

/*
 * The SHA-256 of an open file of `size_bytes`, read from the disk. Counts both
 * for `pace`. WFS_ECORRUPT: it ends early; WFS_ECANCELED.
 */
wfs_status wfs_digest_file(int fd, uint64_t size_bytes, wfs_pace *pace,
                           uint8_t ret_sha256[WFS_SHA256_BYTES],
                           wfs_error *error);

#endif
