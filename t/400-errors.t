# Paths, methods and origins that are refused.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: a chunk has one method
--- request eval
['GET /upload/chunk', 'PUT /upload/chunk']
--- error_code eval
[405, 405]
--- response_body_like eval
[(problem(405, 'METHOD_NOT_ALLOWED')) x 2]


=== TEST 2: OPTIONS tells the methods of each resource
--- request eval
[map { "OPTIONS $_" } '/upload/chunk', '/upload/take', '/recording/complete',
 '/recordings', '/recording/take', '/recording/take/audio', '/health',
 '/api/config']
--- error_code eval
[(204) x 8]
--- raw_response_headers_like eval
[map { qr/\r\nAllow: $_\r\n/ } 'POST, OPTIONS', 'GET, HEAD, DELETE, OPTIONS',
 'POST, OPTIONS', 'GET, HEAD, OPTIONS', 'GET, HEAD, PATCH, DELETE, OPTIONS',
 ('GET, HEAD, OPTIONS') x 3]
--- response_body_like eval
[(qr/\A\z/) x 8]


=== TEST 3: a page of another site may not change anything (FORBIDDEN_ORIGIN)
--- request eval
[chunk('take', 0, audio('opus.webm')), chunk('take', 0, audio('opus.webm')),
 chunk('take', 0, audio('opus.webm')), 'DELETE /recording/take',
 complete('{"file_id":"take"}'), 'GET /upload/take']
--- more_headers eval
['Sec-Fetch-Site: cross-site', 'Origin: https://evil.example',
 'Origin: null', 'Sec-Fetch-Site: same-site',
 "Content-Type: application/json\nSec-Fetch-Site: cross-site", '']
--- error_code eval
[(403) x 5, 404]
--- response_body_like eval
[(problem(403, 'FORBIDDEN_ORIGIN')) x 5, problem(404, 'UPLOAD_NOT_FOUND')]


=== TEST 4: our own page and clients without a page may
--- request eval
[chunk('a', 0, audio('opus.webm')), chunk('b', 0, audio('opus.webm')),
 chunk('c', 0, audio('opus.webm')), chunk('d', 0, audio('opus.webm'))]
--- more_headers eval
["Sec-Fetch-Site: same-origin\nOrigin: https://evil.example",
 'Sec-Fetch-Site: none', "Host: example.org:8080\nOrigin: https://example.org:8080",
 '']
--- error_code eval
[(200) x 4]
--- response_body_like eval
[(qr/chunk_received/) x 4]


=== TEST 5: reading is not bound to an origin
--- request
GET /recordings
--- more_headers
Sec-Fetch-Site: cross-site
--- error_code: 200
--- response_body_like: recordings


=== TEST 6: the answer to an error names no path and no system error
--- request eval
['GET /recording/a.b', 'GET /upload/etc:passwd',
 'POST /upload/chunk?file_id=../../x&chunk_index=0',
 'POST /upload/chunk?file_id=x&chunk_index=../1']
--- error_code eval
[400, 400, 400, 400]
--- response_body_like eval
my $silent = '(?!.*(/|errno|directory))[^"]+';
[(problem(400, 'INVALID_ID', $silent)) x 3,
 problem(400, 'INVALID_FIELD', $silent)]


=== TEST 7: static files and the API share a location
--- user_files
>>> index.html
the studio
>>> upload.html
a static page
--- request eval
['GET /index.html', 'GET /upload.html', 'GET /health/live', 'GET /nothing']
--- error_code eval
[200, 200, 200, 404]
--- response_body_like eval
[qr/the studio/, qr/a static page/, qr/./, qr/./]


=== TEST 8: an unknown path of ours is not found in every method (NOT_FOUND)
--- request eval
['POST /nothing', 'DELETE /nothing', 'PATCH /upload']
--- error_code eval
[404, 404, 404]
--- response_body_like eval
[(qr/"status":404,"code":"NOT_FOUND"/) x 3]


=== TEST 9: the configuration is told
--- directives
waveforge_max_recording_size 2g;
waveforge_max_chunk_size 4m;
waveforge_chunk_size 512k;
--- request
GET /api/config
--- response_headers
Content-Type: application/json
Cache-Control: no-store
--- response_body_like eval
qr/\A\{"chunk_size":524288,"max_chunk_size":4194304,"max_recording_size":2147483648,"allowed_types":\["audio\/webm",.*\],"upload_expiry":86400,"retention":(0|null),"durability":"chunk","protocols":\["chunk","tus","rufh"\],"version":"1\.0\.0"\}/


=== TEST 10: health tells the figures of the store
--- request eval
[chunk('a', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"a"}'), 'GET /health', 'HEAD /health']
--- more_headers eval
['', 'Content-Type: application/json', '', '']
--- error_code eval
[(200) x 4]
--- response_body_like eval
[qr/./, qr/./,
 qr/\A\{"status":"healthy","version":"1\.0\.0","uptime":\d+,"timestamp":"[^"]+","storage":\{"total_recordings":1,"total_size":1220,"uploads":0,"available":\d+,"quota":null,"writable":true\},"as_of":"[^"]+"\}/,
 qr/\A\z/]
