# Paths, methods and origins that are refused, and what nginx itself refuses.

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


=== TEST 6: an error tells title, detail, instance and timestamp, but no path and no system error
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


=== TEST 9: GET /api/config tells max_chunk_size, max_recording_size, allowed_types, upload_expiry and protocols
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


=== TEST 10: GET /health tells uptime and the storage as_of a moment (total_recordings, available, writable), GET /health/live that there is a server
--- request eval
[chunk('a', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"a"}'), 'GET /health', 'HEAD /health',
 'GET /health/live']
--- more_headers eval
['', 'Content-Type: application/json', '', '', '']
--- error_code eval
[(200) x 5]
--- response_body_like eval
[qr/./, qr/./,
 qr/\A\{"status":"healthy","version":"1\.0\.0","uptime":\d+,"timestamp":"[^"]+","storage":\{"total_recordings":1,"total_size":1220,"uploads":0,"available":\d+,"quota":null,"writable":true\},"as_of":"[^"]+"\}/,
 qr/\A\z/, qr/\A\{"status":"live"/]


=== TEST 11: a password that is missing is a problem (UNAUTHORIZED)
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    auth_basic "the studio";
    auth_basic_user_file /nonexistent;
}
--- request eval
['GET /recordings', 'HEAD /recordings', 'DELETE /recording/take',
 'GET /index.html']
--- error_code eval
[(401) x 4]
--- raw_response_headers_like eval
[(qr/\A(?=.*\r\nWWW-Authenticate:[ ]Basic[ ]realm="the[ ]studio"\r\n)
     (?=.*\r\nContent-Type:[ ]application\/problem\+json\r\n)
     (?=.*\r\nCache-Control:[ ]no-store\r\n)
     (?=.*\r\nContent-Length:[ ][1-9])/xs) x 4]
--- raw_response_headers_unlike eval
[(qr/^([\w-]+):.*^\g1:/mis) x 4]
--- response_body_like eval
my $unauthorized = problem(401, 'UNAUTHORIZED');
[$unauthorized, qr/\A\z/, $unauthorized, $unauthorized]


=== TEST 12: what a rule denies is a problem (FORBIDDEN)
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    limit_except GET {
        deny all;
    }
}
location /closed/ {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    deny all;
}
--- request eval
[chunk('take', 0, audio('opus.webm')), 'GET /closed/recordings',
 'HEAD /closed/nothing.html', 'GET /assets/']
--- user_files
>>> assets/app.js
nothing to list
--- error_code eval
[(403) x 4]
--- raw_response_headers_like eval
[(qr/\r\nContent-Type: application\/problem\+json\r\n/) x 4]
--- raw_response_headers_unlike eval
[(qr/^([\w-]+):.*^\g1:/mis) x 4]
--- response_body_like eval
my $forbidden = problem(403, 'FORBIDDEN');
[$forbidden, $forbidden, qr/\A\z/, $forbidden]


=== TEST 13: a body above nginx's own limit is a problem (FILE_TOO_LARGE)
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_max_chunk_size 1k;
    client_max_body_size 1k;
}
--- request eval
[chunk('take', 0, audio('opus.webm')), complete('x' x 2000),
 'GET /upload/take']
--- error_code eval
[413, 413, 404]
--- raw_response_headers_unlike eval
[(qr/^([\w-]+):.*^\g1:/mis) x 3]
--- response_body_like eval
[(problem(413, 'FILE_TOO_LARGE')) x 2, problem(404, 'UPLOAD_NOT_FOUND')]


=== TEST 14: a file that is not there is a problem (NOT_FOUND)
--- request eval
['GET /nothing.html', 'HEAD /nothing.html', 'GET /']
--- error_code eval
[404, 404, 200]
--- raw_response_headers_like eval
[(qr/\r\nContent-Type: application\/problem\+json\r\n/) x 2, qr/./]
--- response_body_like eval
[problem(404, 'NOT_FOUND'), qr/\A\z/, qr/./]
--- user_files
>>> index.html
the studio


=== TEST 15: limits refuse with a problem and when to come again (TOO_MANY_REQUESTS)
--- http_config
limit_req_zone $server_name zone=rate:1m rate=1r/m;
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    limit_req zone=rate;
    limit_req_status 429;
}
--- request eval
['GET /recordings', 'GET /recordings', 'HEAD /recordings']
--- error_code eval
[200, 429, 429]
--- raw_response_headers_like eval
[qr/./, (qr/\r\nRetry-After: 1\r\n/) x 2]
--- raw_response_headers_unlike eval
[(qr/^([\w-]+):.*^\g1:/mis) x 3]
--- response_body_like eval
[qr/recordings/, problem(429, 'TOO_MANY_REQUESTS'), qr/\A\z/]


=== TEST 16: also where nobody has changed their status (UNAVAILABLE)
--- http_config
limit_req_zone $server_name zone=rate:1m rate=1r/m;
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    limit_req zone=rate;
}
--- request eval
['GET /recordings', 'GET /recordings']
--- error_code eval
[200, 503]
--- raw_response_headers_like eval
[qr/./, qr/\r\nRetry-After: 1\r\n/]
--- response_body_like eval
[qr/recordings/, problem(503, 'UNAVAILABLE')]


=== TEST 17: a guard that fails is a problem (INTERNAL_ERROR)
--- config
location = /guard {
    return 404;
}
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    auth_request /guard;
}
--- request
GET /recordings
--- error_code: 500
--- response_body_like eval: problem(500, 'INTERNAL_ERROR')


=== TEST 18: a guard's refusal keeps what it asks for
--- config
location = /guard {
    add_header WWW-Authenticate 'Bearer realm="studio"' always;
    return 401;
}
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    auth_request /guard;
}
--- request
GET /recordings
--- error_code: 401
--- raw_response_headers_unlike eval: qr/^([\w-]+):.*^\g1:/mis
--- response_body_like eval: problem(401, 'UNAUTHORIZED')


=== TEST 19: any other status is a problem, too (ERROR)
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    if ($arg_busy) {
        return 451;
    }
    if ($arg_page) {
        return 451 "a page of the operator's";
    }
}
--- request eval
['GET /recordings?busy=1', 'HEAD /recordings?busy=1', 'GET /index.html?page=1']
--- error_code eval
[451, 451, 451]
--- response_body_like eval
[problem(451, 'ERROR'), qr/\A\z/, qr/\Aa page of the operator's\z/]


=== TEST 20: conditions that fail are a problem, once (PRECONDITION_FAILED)
--- user_files
>>> index.html
the studio
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"take"}'), 'GET /recordings', 'GET /recording/take',
 'GET /recording/take/audio', 'GET /recording/take/download', 'GET /index.html']
--- more_headers eval
['', 'Content-Type: application/json', ('If-Match: "other"') x 4,
 'If-Unmodified-Since: Mon, 01 Jan 2001 00:00:00 GMT']
--- error_code eval
[200, 200, (412) x 5]
--- raw_response_headers_unlike eval
[(qr/^([\w-]+):.*^\g1:/mis) x 7]
--- raw_response_headers_like eval
[qr/./, qr/./,
 (qr/\A(?=.*^X-Content-Type-Options:[ ]nosniff\r?$)
      (?=.*^Referrer-Policy:[ ]no-referrer\r?$)
      (?=.*^Cross-Origin-Resource-Policy:[ ]same-origin\r?$)
      .*^Cache-Control:[ ]no-store\r?$/msx) x 5]
--- response_body_like eval
[qr/./, qr/./, (problem(412, 'PRECONDITION_FAILED')) x 5]


=== TEST 21: ranges outside the bytes are a problem, once (RANGE_NOT_SATISFIABLE)
--- user_files
>>> index.html
the studio
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"take"}'), 'GET /recording/take/audio', 'GET /index.html',
 'GET /files/take', 'GET /recording/take/download']
--- more_headers eval
['', 'Content-Type: application/json', ('Range: bytes=99999-') x 4]
--- error_code eval
[200, 200, (416) x 4]
--- raw_response_headers_like eval
my $said = sub {
    qr/\A(?=.*\r\nContent-Range:[ ]bytes[ ]\*\/$_[0]\r\n)
       (?=.*\r\nCache-Control:[ ]no-store\r\n)
       (?!.*\r\n(?:Repr-Digest|Content-Disposition):)/xs
};
[qr/./, qr/./, $said->(1220), $said->(11), ($said->(1220)) x 2]
--- raw_response_headers_unlike eval
[(qr/^([\w-]+):.*^\g1:/mis) x 6]
--- response_body_like eval
[qr/./, qr/./, (problem(416, 'RANGE_NOT_SATISFIABLE')) x 4]


=== TEST 22: a page that the operator names takes a problem's place
--- config
error_page 403 /sorry.html;
location = /sorry.html {
}
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    deny all;
}
--- user_files
>>> sorry.html
ask the operator
--- request
GET /recordings
--- error_code: 403
--- response_body
ask the operator


=== TEST 23: outside of our locations errors are nginx's own
--- config
location / {
}
location /studio/ {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
}
--- request eval
['GET /nothing', 'GET /studio/nothing']
--- error_code eval
[404, 404]
--- response_body_like eval
[qr/<html>/, problem(404, 'NOT_FOUND')]
