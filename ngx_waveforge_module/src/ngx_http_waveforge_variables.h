
/*
 * $waveforge_file_id, $waveforge_chunk_index, $waveforge_bytes,
 * $waveforge_code and $waveforge_store_time.
 */


#ifndef _NGX_HTTP_WAVEFORGE_VARIABLES_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_VARIABLES_H_INCLUDED_


#include "ngx_http_waveforge.h"


ngx_int_t ngx_http_waveforge_add_variables(ngx_conf_t *cf);


#endif /* _NGX_HTTP_WAVEFORGE_VARIABLES_H_INCLUDED_ */
