/*
 * rebuild.h - what the files that rebuild a catalogue share.
 *
 *     rebuild.c            the steps, the commit
 *     rebuild_store.c      the store as it is found, and to be had alone
 *     rebuild_catalogue.c  where recordings are found: the old catalogue
 *     rebuild_sources.c    the published list, the files themselves
 *     rebuild_file.c       one recording's file, compared with what is known
 *     rebuild_take.c       one recording: told of, put into the new catalogue
 *     rebuild_parts.c      the bytes of unfinished uploads, which are set aside
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

/*
 * Open the store and lock it, finish what another rebuild left, look at what is
 * there. WFS_EBUSY, WFS_ECONFLICT, WFS_ENOSTORE, WFS_EVERSION.
 */
wfs_status wfs_rebuild_open_store(wfs_rebuilding *self, wfs_error *error);

/* By id; for qsort and bsearch. */
int wfs_rebuild_compare_parts(const void *a, const void *b);

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

/* Open a file for reading, but nothing else: a pipe would wait for ever. */
wfs_status wfs_rebuild_open_file(wfs_rebuilding *self, const char *filename,
                                 int *ret_fd, wfs_error *error);

/*
 * Compare a recording with its file, which may still be that of upload row
 * `part`, and fill in what was not told. `ret_bad`: a wfs_finding_kind; left
 * alone if the file is what it should be.
 */
wfs_status wfs_rebuild_inspect(wfs_rebuilding *self, wfs_recording *recording,
                               int64_t part, int *ret_bad, wfs_error *error);

/* What a file tells by itself. `ret_is_audio` false: nothing that may be taken;
 * `ret_recording` is left alone then. */
wfs_status wfs_rebuild_describe(wfs_rebuilding *self, int fd,
                                const char *filename, const wfs_filename *parts,
                                wfs_recording *ret_recording,
                                bool *ret_is_audio, wfs_error *error);

/*
 * Write the heads that only the old catalogue has into the parts of their
 * uploads, so that what is set aside begins where the audio does.
 */
wfs_status wfs_rebuild_keep_heads(wfs_rebuilding *self, wfs_catalogue *old,
                                  wfs_error *error);

/* Tell of each file that is going to be set aside where it will lie. */
wfs_status wfs_rebuild_tell_parts(wfs_rebuilding *self, wfs_error *error);

/* Put what waits into the catalogue. */
wfs_status wfs_rebuild_flush(wfs_rebuilding *self, wfs_error *error);

/* Whether an id is taken already, and with this file. */
wfs_status wfs_rebuild_find(wfs_rebuilding *self, const char *id,
                            const char *filename, bool *ret_is_known,
                            bool *ret_is_same_file, wfs_error *error);

#endif
