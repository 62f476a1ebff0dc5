#include "error.h"
#include "store_internal.h"
#define NOT_YET wfs_error_set(error, WFS_EIO, 0, "stub", "not there yet")
wfs_status wfs_upload_begin_chunk(wfs_store *store, const wfs_chunk_spec *spec,
                                  wfs_chunk **ret_chunk, wfs_error *error)
{ (void)store; (void)spec; (void)ret_chunk; return NOT_YET; }
wfs_status wfs_upload_begin_unplaced_chunk(wfs_store *store,
                                           const wfs_limits *limits,
                                           wfs_chunk **ret_chunk,
                                           wfs_error *error)
{ (void)store; (void)limits; (void)ret_chunk; return NOT_YET; }
wfs_status wfs_chunk_place(wfs_chunk *chunk, const wfs_chunk_spec *spec,
                           wfs_error *error)
{ (void)chunk; (void)spec; return NOT_YET; }
wfs_chunk_state wfs_chunk_get_state(const wfs_chunk *chunk)
{ (void)chunk; return WFS_CHUNK_RECEIVING; }
wfs_status wfs_chunk_write(wfs_chunk *chunk, const void *bytes, size_t length,
                           wfs_error *error)
{ (void)chunk; (void)bytes; (void)length; return NOT_YET; }
wfs_status wfs_chunk_submit(wfs_chunk *chunk, wfs_chunk_done done, void *data,
                            wfs_error *error)
{ (void)chunk; (void)done; (void)data; return NOT_YET; }
wfs_status wfs_chunk_commit(wfs_chunk *chunk, wfs_receipt *ret_receipt,
                            wfs_error *error)
{ (void)chunk; (void)ret_receipt; return NOT_YET; }
void wfs_chunk_discard(wfs_chunk *chunk) { (void)chunk; }
wfs_status wfs_upload_get(wfs_store *store, const char *id, bool with_received,
                          wfs_upload_info *ret_info, wfs_error *error)
{ (void)store; (void)id; (void)with_received; (void)ret_info; return NOT_YET; }
void wfs_upload_info_release(wfs_upload_info *info) { (void)info; }
wfs_status wfs_upload_delete(wfs_store *store, const char *id, wfs_error *error)
{ (void)store; (void)id; return NOT_YET; }
wfs_status wfs_upload_complete(wfs_store *store, const wfs_complete_spec *spec,
                               wfs_recording *ret_recording,
                               bool *ret_was_complete, wfs_error *error)
{ (void)store; (void)spec; (void)ret_recording; (void)ret_was_complete;
  return NOT_YET; }
