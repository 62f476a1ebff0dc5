#include "ngx_http_waveforge.h"
#define S(n) ngx_int_t n(ngx_http_request_t *r) { return 501; }
S(ngx_http_waveforge_chunk_handler) S(ngx_http_waveforge_upload_handler) S(ngx_http_waveforge_complete_handler)
S(ngx_http_waveforge_recordings_handler) S(ngx_http_waveforge_recording_handler) S(ngx_http_waveforge_audio_handler)
