
/*
 * What other resources tell of an upload. On a thread.
 */


#ifndef _NGX_HTTP_WAVEFORGE_UPLOAD_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_UPLOAD_H_INCLUDED_


#include "ngx_http_waveforge.h"


void ngx_http_waveforge_put_ranges(wf_json *json, const char *key,
    const wfs_range *ranges, size_t count);

/* Add the members "total_chunks" and "missing", if there is such an upload. */
void ngx_http_waveforge_put_missing(wfs_store *store, const char *id,
    wf_json *members);


#endif /* _NGX_HTTP_WAVEFORGE_UPLOAD_H_INCLUDED_ */
