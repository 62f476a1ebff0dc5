#include "error.h"
#include "store_internal.h"
#include "wfstore/recording.h"
#define NOT_YET wfs_error_set(error, WFS_EIO, 0, "stub", "not there yet")
wfs_status wfs_recording_get(wfs_store *store, const char *id,
                             wfs_recording *ret_recording, wfs_error *error)
{ (void)store; (void)id; (void)ret_recording; return NOT_YET; }
wfs_status wfs_recording_open(wfs_store *store, const char *id,
                              wfs_recording *ret_recording,
                              wfs_blob_ref *ret_blob, wfs_error *error)
{ (void)store; (void)id; (void)ret_recording; (void)ret_blob; return NOT_YET; }
wfs_status wfs_recording_to_json(const wfs_recording *recording,
                                 char **ret_json, size_t *ret_length)
{ (void)recording; (void)ret_json; (void)ret_length; return WFS_EIO; }
wfs_status wfs_recording_get_etag(const wfs_recording *recording,
                                  char ret_etag[WFS_ETAG_BYTES])
{ (void)recording; (void)ret_etag; return WFS_EIO; }
wfs_status wfs_recording_list(wfs_store *store, const wfs_list_query *query,
                              wfs_recording_page *ret_page, wfs_error *error)
{ (void)store; (void)query; (void)ret_page; return NOT_YET; }
void wfs_recording_page_release(wfs_recording_page *page) { (void)page; }
wfs_status wfs_recording_update(wfs_store *store, const char *id,
                                const wfs_recording_change *change,
                                wfs_recording *ret_recording, wfs_error *error)
{ (void)store; (void)id; (void)change; (void)ret_recording; return NOT_YET; }
wfs_status wfs_recording_delete(wfs_store *store, const char *id,
                                wfs_error *error)
{ (void)store; (void)id; return NOT_YET; }
