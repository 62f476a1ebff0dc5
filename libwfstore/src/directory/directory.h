/*
 * directory.h - the driver of blobs.h that keeps bytes in a directory.
 *
 *     <root>/recording_….webm               recordings
 *     <root>/.wfstore/uploads/<id>.<row>.part      parts
 *     <root>/.wfstore/uploads/<id>.<row>.<index>   loose chunks
 *     <root>/.wfstore/uploads/.new.<random>        nameless chunks, where the
 *                                           disk has no nameless files
 */
#ifndef WFS_DIRECTORY_H
#define WFS_DIRECTORY_H

#include "blobs.h"

/*
 * Open the blobs of a store; makes uploads/ if it is missing.
 *
 * `root_dir`, `meta_dir`  the store and its .wfstore/; borrowed until closed
 * `ret_blobs`             new; ends with its api's close
 */
wfs_status wfs_directory_open(int root_dir, int meta_dir, wfs_blobs **ret_blobs,
                              wfs_error *error);

#endif
