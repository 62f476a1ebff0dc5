/*
 * rows.h - what is measured over HTTP, one function a row of the table.
 */
#ifndef BENCH_HTTP_ROWS_H
#define BENCH_HTTP_ROWS_H

void http_row_raw(void);
void http_row_synced(void);
void http_row_small(void);
void http_row_plain(void);
void http_row_form(void);
void http_row_digest(void);
void http_row_buffers(void);
void http_row_http2(void);
void http_row_distant(void);
void http_row_stalled(void);
void http_row_stalled2(void);
void http_row_resting(void);
void http_row_complete(void);
void http_row_list(void);
void http_row_audio(void);
void http_row_peers(void);

#endif
