
/*
 * What is told of an upload, by several resources. On a thread.
 */


#ifndef _NGX_HTTP_WAVEFORGE_UPLOAD_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_UPLOAD_H_INCLUDED_


#include "ngx_http_waveforge.h"


/* One JSON object; "missing" and "received" if the library has told them. */
void ngx_http_waveforge_put_upload(wf_json *json, const wfs_upload_info *info);

void ngx_http_waveforge_put_ranges(wf_json *json, const char *key,
    const wfs_range *ranges, size_t count);

/* Add the members "total_chunks" and "missing", if there is such an upload. */
void ngx_http_waveforge_put_missing(wfs_store *store, const char *id,
    wf_json *members);


#endif /* _NGX_HTTP_WAVEFORGE_UPLOAD_H_INCLUDED_ */
