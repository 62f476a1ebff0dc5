/*
 * directory_internal.h - what the files of this driver share.
 */
#ifndef WFS_DIRECTORY_INTERNAL_H
#define WFS_DIRECTORY_INTERNAL_H

#include "directory/directory.h"

typedef struct directory {
    wfs_blobs blobs;
    int root_dir;
    int uploads_dir;
} directory;

/* `temporary`: the name of a file that stands in for a nameless one, or "". */
#define TEMPORARY_NAME_BYTES 32
struct wfs_blob {
    directory *owner;
    int fd;
    char temporary[TEMPORARY_NAME_BYTES];
};

#define TEMPORARY_PREFIX ".new."

/* "<id>.<row>.<index>" and its zero. */
#define UPLOAD_NAME_BYTES (WFS_ID_MAX_BYTES + 1 + 20 + 1 + 20 + 1)

/* `index` WFS_UNKNOWN: the part. */
void wfs_directory_write_name(wfs_blob_owner owner, uint64_t index,
                              char ret_name[UPLOAD_NAME_BYTES]);

/* Whether `name` is one written as above; `ret_leftover` without filename. */
bool wfs_directory_read_name(const char *name, wfs_leftover *ret_leftover);

/* blob.c: one open file */
wfs_status wfs_directory_open_blob(directory *self, const char *name, int fd,
                                   wfs_blob **ret_blob, wfs_error *error);
wfs_status wfs_directory_open_nameless(wfs_blobs *blobs, wfs_blob **ret_blob,
                                       wfs_error *error);
wfs_status wfs_directory_link(wfs_blob *blob, const char *name,
                              wfs_error *error);
/* Whether the file that stands in for a nameless one has lost its writer. */
bool wfs_directory_is_abandoned(const directory *self, const char *name);
void wfs_directory_close_blob(wfs_blob *blob);
wfs_status wfs_directory_lock(wfs_blob *blob, uint64_t first, uint64_t count,
                              wfs_error *error);
wfs_status wfs_directory_write(wfs_blob *blob, uint64_t offset,
                               const void *bytes, size_t length,
                               wfs_error *error);
wfs_status wfs_directory_read(wfs_blob *blob, uint64_t offset, void *buffer,
                              size_t length, size_t *ret_length,
                              wfs_error *error);
wfs_status wfs_directory_copy(wfs_blob *from, uint64_t from_offset,
                              wfs_blob *to, uint64_t to_offset, uint64_t length,
                              wfs_error *error);
wfs_status wfs_directory_get_size(wfs_blob *blob, uint64_t *ret_size,
                                  wfs_error *error);
wfs_status wfs_directory_truncate(wfs_blob *blob, uint64_t size,
                                  wfs_error *error);
wfs_status wfs_directory_sync_blob(wfs_blob *blob, wfs_error *error);

/* recording.c: the files of recordings */
wfs_status wfs_directory_put_recording(wfs_blobs *blobs, wfs_blob_owner owner,
                                       const char *filename, wfs_error *error);
wfs_status wfs_directory_open_recording(wfs_blobs *blobs, wfs_blob_owner owner,
                                        const char *filename,
                                        wfs_blob_ref *ret_ref,
                                        wfs_error *error);
wfs_status wfs_directory_remove_recording(wfs_blobs *blobs,
                                          wfs_blob_owner owner,
                                          const char *filename,
                                          wfs_error *error);

wfs_status wfs_directory_visit_recordings(wfs_blobs *blobs,
                                          wfs_filename_visitor visit,
                                          void *data, wfs_error *error);

/* upload.c: the files of uploads */
wfs_status wfs_directory_open_part(wfs_blobs *blobs, wfs_blob_owner owner,
                                   wfs_blob **ret_blob, bool *ret_is_new,
                                   wfs_error *error);
wfs_status wfs_directory_open_loose(wfs_blobs *blobs, wfs_blob_owner owner,
                                    uint64_t index, wfs_blob **ret_blob,
                                    wfs_error *error);
wfs_status wfs_directory_put_loose(wfs_blobs *blobs, wfs_blob *nameless,
                                   wfs_blob_owner owner, uint64_t index,
                                   wfs_error *error);
wfs_status wfs_directory_remove_loose(wfs_blobs *blobs, wfs_blob_owner owner,
                                      uint64_t index, wfs_error *error);
wfs_status wfs_directory_remove_upload(wfs_blobs *blobs, wfs_blob_owner owner,
                                       bool with_loose, wfs_error *error);
wfs_status wfs_directory_visit_leftovers(wfs_blobs *blobs,
                                         wfs_leftover_visitor visit, void *data,
                                         wfs_error *error);
wfs_status wfs_directory_remove_leftover(wfs_blobs *blobs, const char *filename,
                                         wfs_error *error);

/* A missing file is what was wanted. */
wfs_status wfs_directory_remove_if_there(int dir, const char *name,
                                         wfs_error *error);

#endif
