/*
 * publish_file.h - writing all recordings to a file, and putting it in place.
 */
#ifndef WFS_PUBLISH_FILE_H
#define WFS_PUBLISH_FILE_H

#include "catalogue.h"

/* What became of the file, to know it again. */
typedef struct wfs_published_file {
    uint64_t size_bytes;
    int64_t modified;
} wfs_published_file;

/*
 * Write every recording of `catalogue` to a new file in `meta_dir`, sync it,
 * rename it to WFS_PUBLISHED_NAME in `root_dir`, and sync that. On failure the
 * old file is still there, whole.
 */
wfs_status wfs_publish_file_write(wfs_catalogue *catalogue, int root_dir,
                                  int meta_dir, wfs_published_file *ret_file,
                                  wfs_error *error);

/* False: there is no such file. */
bool wfs_publish_file_find(int root_dir, wfs_published_file *ret_file);

#endif
