/*
 * rebuild.h - what the files that rebuild a catalogue share.
 *
 *     rebuild.c          the steps, the locks, the commit
 *     rebuild_sources.c  where recordings are found: old catalogue, list, files
 *     rebuild_take.c     one recording: its file, then into the new catalogue
 */
#ifndef WFS_REBUILD_H
#define WFS_REBUILD_H

#include "filename.h"
#include "finding.h"
#include "settle.h"
#include "store_internal.h"

#define WFS_REBUILD_BATCH 64

typedef enum wfs_origin {
    WFS_ORIGIN_CATALOGUE,
    WFS_ORIGIN_LIST,
    WFS_ORIGIN_FILE
} wfs_origin;

/* The part of an upload in uploads/; some are recordings not yet renamed. */
typedef struct wfs_lost_part {
    char id[WFS_ID_MAX_BYTES + 1];
    int64_t row;
} wfs_lost_part;

/*
 * `catalogue`  the new one
 * `parts`      sorted by id
 * `batch`      waits to be put into the catalogue, with what is known against
 *              each file
 */
typedef struct wfs_rebuilding {
    wfs_rebuild_options options;
    wfs_teller teller;
    wfs_pace pace;
    wfs_rebuild_summary summary;
    const char *path;
    int root_dir;
    int meta_dir;
    int lock;
    int building_dir;
    char aside[WFS_ASIDE_BYTES];
    wfs_blobs *blobs;
    wfs_catalogue *catalogue;
    wfs_lost_part *parts;
    size_t part_count;
    size_t batch_count;
    wfs_recording batch[WFS_REBUILD_BATCH];
    int batch_bad[WFS_REBUILD_BATCH];
    wfs_origin batch_origin[WFS_REBUILD_BATCH];
} wfs_rebuilding;

/* The path of what lies at `below` in the folder of the new catalogue; new. */
char *wfs_rebuild_get_path(const wfs_rebuilding *self, const char *below);

/* Read one source each, and take what it tells. */
wfs_status wfs_rebuild_read_catalogue(wfs_rebuilding *self, wfs_error *error);
wfs_status wfs_rebuild_read_list(wfs_rebuilding *self, wfs_error *error);
wfs_status wfs_rebuild_read_files(wfs_rebuilding *self, wfs_error *error);

/*
 * Take a recording that a source knows. `part`: the upload row whose file it
 * may still be; 0: not known. Its metadata is copied.
 */
wfs_status wfs_rebuild_take(wfs_rebuilding *self,
                            const wfs_recording *recording, int64_t part,
                            wfs_origin origin, wfs_error *error);

/* Take a file that no source knows, of a name that is a recording's. */
wfs_status wfs_rebuild_take_file(wfs_rebuilding *self, const char *filename,
                                 const wfs_filename *parts, wfs_error *error);

/* Put what waits into the catalogue. */
wfs_status wfs_rebuild_flush(wfs_rebuilding *self, wfs_error *error);

/* Whether an id is taken already, and with this file. */
wfs_status wfs_rebuild_find(wfs_rebuilding *self, const char *id,
                            const char *filename, bool *ret_is_known,
                            bool *ret_is_same_file, wfs_error *error);

#endif
