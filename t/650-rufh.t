# Resumable uploads for HTTP below /files/: what is told of limits and files.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: OPTIONS tells the limits in Upload-Limit, whichever dialect a client will speak
--- request eval
['OPTIONS /files/', 'OPTIONS /files/x']
--- more_headers eval
['', 'Upload-Draft-Interop-Version: 8']
--- error_code eval
[200, 200]
--- raw_response_headers_like eval
[qr/Allow: POST, OPTIONS\r\n(.*\r\n)*Tus-Version: 1.0.0\r\n(.*\r\n)*Accept-Patch: application\/partial-upload\r\nUpload-Limit: max-size=104857600, max-age=86400\r\n/,
 qr/Allow: GET, HEAD, PATCH, DELETE, OPTIONS\r\n(.*\r\n)*Upload-Limit: max-size=104857600, max-age=86400\r\n/]


=== TEST 2: the limits are those of the location
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_max_recording_size 8g;
    waveforge_upload_expiry 2h;
    client_max_body_size 64m;
}
--- request
OPTIONS /files/
--- error_code: 200
--- response_headers
Upload-Limit: max-size=8589934592, max-append-size=67108864, max-age=7200


=== TEST 3: without any limit the least size is told, which is none
--- directives
waveforge_max_recording_size 0;
waveforge_upload_expiry 0;
--- request
OPTIONS /files/
--- error_code: 200
--- response_headers
Upload-Limit: min-size=0


=== TEST 4: HEAD tells offset, completeness and limits of an upload
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 2), 'HEAD /files/take']
--- more_headers eval
['', 'Upload-Draft-Interop-Version: 8']
--- error_code eval
[200, 204]
--- raw_response_headers_like eval
['', qr/Upload-Offset: 1220\r\nUpload-Complete: \?0\r\nUpload-Limit: max-size=104857600, max-age=86(399|400)\r\n(?!(.*\r\n)*Upload-Length)(.*\r\n)*Cache-Control: no-store\r\n/]


=== TEST 5: GET /files/{file_id} tells it, too
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 2), 'GET /files/take']
--- more_headers eval
['', 'Upload-Draft-Interop-Version: 8']
--- error_code eval
[200, 204]
--- raw_response_headers_like eval
['', qr/Upload-Offset: 1220\r\nUpload-Complete: \?0\r\n/]


=== TEST 6: of a recording HEAD tells that it is complete, and its digest to whom wants it
--- request eval
[chunk('take', 0, audio('opus.webm')),
 complete('{"file_id":"take","total_chunks":1}'), ('HEAD /files/take') x 3]
--- more_headers eval
my $rufh = 'Upload-Draft-Interop-Version: 8';
['', 'Content-Type: application/json', $rufh,
 "$rufh\nWant-Repr-Digest: md5=10, sha-256=5",
 "$rufh\nWant-Repr-Digest: sha-256=0"]
--- error_code eval
[200, 200, 204, 204, 204]
--- raw_response_headers_like eval
my $digest = content_digest(audio('opus.webm'));
$digest =~ s/Content/Repr/;
['', '',
 qr/\A(?!(.*\r\n)*Repr-Digest)(.*\r\n)*Upload-Offset: 1220\r\nUpload-Complete: \?1\r\n(.*\r\n)*Upload-Length: 1220\r\n/,
 qr/\r\n\Q$digest\E\r\n/, qr/\A(?!(.*\r\n)*Repr-Digest)/]


=== TEST 7: GET of a recording is its bytes
--- request eval
[chunk('take', 0, audio('opus.webm')),
 complete('{"file_id":"take","total_chunks":1}'), 'GET /files/take']
--- more_headers eval
['', 'Content-Type: application/json', 'Upload-Draft-Interop-Version: 8']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
['', '', qr/\A\Q${\ audio('opus.webm')}\E\z/]


=== TEST 8: HEAD of what is not there is UPLOAD_NOT_FOUND without an offset
--- request
HEAD /files/nothing
--- more_headers
Upload-Draft-Interop-Version: 8
--- error_code: 404
--- response_headers
! Upload-Offset
! Tus-Resumable


=== TEST 9: DELETE takes an upload away, and a finished one
--- request eval
[chunk('take', 0, audio('opus.webm')), 'DELETE /files/take',
 'HEAD /files/take', 'DELETE /files/take',
 chunk('done', 0, audio('opus.webm')),
 complete('{"file_id":"done","total_chunks":1}'), 'DELETE /files/done',
 'GET /recording/done']
--- more_headers eval
my $rufh = 'Upload-Draft-Interop-Version: 8';
['', ($rufh) x 3, '', 'Content-Type: application/json', $rufh, '']
--- error_code eval
[200, 204, 404, 404, 200, 200, 204, 404]


=== TEST 10: a page of another site may not delete: FORBIDDEN_ORIGIN
--- request eval
[chunk('take', 0, audio('opus.webm')), 'DELETE /files/take',
 'HEAD /files/take']
--- more_headers eval
my $foreign = "Upload-Draft-Interop-Version: 8\nSec-Fetch-Site: cross-site";
['', $foreign, $foreign]
--- error_code eval
[200, 403, 204]


=== TEST 11: what nginx finds too large tells the limits
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    client_max_body_size 1k;
    waveforge_max_chunk_size 1k;
}
--- request eval
"POST /files/\n" . 'x' x 2000
--- more_headers
Upload-Complete: ?1
--- error_code: 413
--- response_headers
Upload-Limit: max-size=104857600, max-append-size=1024, max-age=86400


=== TEST 12: switched off, it is not there, and tus is
--- directives
waveforge_rufh off;
--- request eval
[chunk('take', 0, audio('opus.webm')), 'HEAD /files/take', 'HEAD /files/take',
 'OPTIONS /files/', 'GET /api/config', 'GET /files/take', 'POST /files/']
--- more_headers eval
['', 'Upload-Draft-Interop-Version: 8', 'Tus-Resumable: 1.0.0', '', '',
 'Upload-Draft-Interop-Version: 8', 'Upload-Complete: ?0']
--- error_code eval
[200, 404, 200, 200, 200, 404, 404]
--- raw_response_headers_like eval
['', '', 'Upload-Offset: 1220', qr/\A(?!.*Upload-Limit)/s, '', '', '']
--- response_body_like eval
['', '', '', '', '"protocols":\["chunk","tus"\]', '', '']


=== TEST 13: it is there without tus
--- directives
waveforge_tus off;
--- request eval
[chunk('take', 0, audio('opus.webm')), 'HEAD /files/take', 'HEAD /files/take',
 'OPTIONS /files/', 'GET /api/config']
--- more_headers eval
['', 'Upload-Draft-Interop-Version: 8', 'Tus-Resumable: 1.0.0', '', '']
--- error_code eval
[200, 204, 404, 200, 200]
--- raw_response_headers_like eval
['', 'Upload-Offset: 1220', '',
 qr/\A(?!.*Tus-)(.*\r\n)*Upload-Limit: max-size/, '']
--- response_body_like eval
['', '', '', '', '"protocols":\["chunk","rufh"\]']


=== TEST 14: a location inherits whether it is on
--- config
waveforge_rufh off;
waveforge_store %STORE%;
location / {
    waveforge on;
    client_max_body_size 0;
}
location /b/ {
    waveforge on;
    waveforge_rufh on;
    client_max_body_size 0;
}
--- request eval
['GET /api/config', 'GET /b/api/config']
--- error_code eval
[200, 200]
--- response_body_like eval
['"protocols":\["chunk","tus"\]', '"protocols":\["chunk","tus","rufh"\]']


=== TEST 15: it is on or off
--- directives
waveforge_rufh maybe;
--- must_die
--- error_log: invalid value "maybe" in "waveforge_rufh" directive


=== TEST 16: without a dialect nothing is begun or appended to: UNSUPPORTED_VERSION
--- request eval
['POST /files/', 'PATCH /files/take']
--- more_headers
Upload-Offset: 0
--- error_code eval
[412, 412]
--- response_body_like eval
[(problem(412, 'UNSUPPORTED_VERSION')) x 2]


=== TEST 17: an id that cannot be one is refused: INVALID_ID
--- request
GET /files/a.b
--- more_headers
Upload-Draft-Interop-Version: 8
--- error_code: 400
--- response_body_like eval
problem(400, 'INVALID_ID')
