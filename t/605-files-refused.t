# Below /files/: what is refused whichever dialect is spoken, and what every
# refusal says.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: a request without a store is told so in its dialect (NO_STORE)
--- config
location / {
    waveforge on;
    waveforge_store %STORE%-$arg_user;
    waveforge_reserve 0;
    client_max_body_size 0;
}
--- request eval
['POST /files/', upload_request('PATCH', '/files/take', 'abc'),
 'GET /files/take', 'HEAD /files/take', 'DELETE /files/take',
 'DELETE /files/take', 'OPTIONS /files/take']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nUpload-Offset: 0\nUpload-Length: 3\n"
    . 'Content-Type: application/offset+octet-stream';
[($v) x 5, 'Upload-Draft-Interop-Version: 8', $v]
--- error_code eval
[(403) x 6, 200]
--- raw_response_headers_like eval
[(qr/\r\nTus-Resumable: 1\.0\.0\r\n/) x 5, qr/\A(?!.*Tus-Resumable)/s,
 qr/\r\nTus-Resumable: 1\.0\.0\r\n/]
--- response_body_like eval
my $refused = problem(403, 'NO_STORE');
[($refused) x 3, qr/\A\z/, ($refused) x 2, qr/\A\z/]


=== TEST 2: what nginx refuses tells the version, and a page can read it
--- http_config
limit_req_zone $http_x_limit zone=rate:1m rate=1r/m;
--- config
waveforge_cors https://a.example;
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_max_chunk_size 1k;
    client_max_body_size 1k;
    limit_req zone=rate;
}
location /locked/ {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    client_max_body_size 0;
    auth_basic studio;
    auth_basic_user_file /nonexistent;
}
--- request eval
[upload_request('PATCH', '/files/take', 'x' x 1025), 'POST /locked/files/',
 'HEAD /locked/files/take', 'HEAD /files/take', 'POST /files/']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nOrigin: https://a.example\nUpload-Offset: 0\n"
    . "Upload-Length: 9\nContent-Type: application/offset+octet-stream";
[$v, $v, $v, "$v\nX-Limit: x", "$v\nX-Limit: x"]
--- error_code eval
[413, 401, 401, 404, 503]
--- raw_response_headers_like eval
my $all = qr/(?=.*\r\nTus-Resumable:[ ]1\.0\.0\r\n)
    (?=.*\r\nAccess-Control-Allow-Origin:[ ]https:\/\/a.example\r\n)
    (?=.*\r\nAccess-Control-Expose-Headers:[^\r]*[ ]Tus-Resumable,)/xs;
[(qr/\A$all/) x 4, qr/\A$all(?=.*\r\nRetry-After: 1\r\n)/s]
--- raw_response_headers_unlike eval
[(qr/(\r\nTus-Resumable.*){2}/s) x 5]
--- response_body_like eval
[problem(413, 'FILE_TOO_LARGE'), problem(401, 'UNAUTHORIZED'), '', '',
 problem(503, 'UNAVAILABLE')]


=== TEST 3: a page of another site changes nothing by another name of the method
--- request eval
[chunk('take', 0, audio('opus.webm')), ('POST /files/take') x 4,
 'GET /files/take', 'GET /upload/take']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nX-HTTP-Method-Override:";
['', "$v DELETE\nSec-Fetch-Site: cross-site",
 "$v delete\nOrigin: https://b.example", "$v DELETE\nOrigin: null",
 "$v PATCH\nSec-Fetch-Site: same-site",
 "$v DELETE\nSec-Fetch-Site: cross-site", '']
--- error_code eval
[200, (403) x 4, 404, 200]
--- response_body_like eval
['', (problem(403, 'FORBIDDEN_ORIGIN')) x 4, '', '"received_bytes":1220']


=== TEST 4: an allowed page may use another name, and any page not with a cookie
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_cors https://a.example;
    client_max_body_size 0;
}
location /open/ {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_cors *;
    client_max_body_size 0;
}
--- request eval
[chunk('take', 0, audio('opus.webm')), 'POST /files/take',
 'POST /open/files/take', 'GET /upload/take', 'POST /files/take',
 'GET /upload/take']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nX-HTTP-Method-Override: DELETE\n"
    . 'Sec-Fetch-Site: cross-site';
['', "$v\nOrigin: https://b.example",
 "$v\nOrigin: https://b.example\nCookie: a=b", '',
 "$v\nOrigin: https://a.example", '']
--- error_code eval
[200, 403, 403, 200, 204, 404]
--- raw_response_headers_like eval
['', qr/\A(?!.*Access-Control)/s, qr/\r\nAccess-Control-Allow-Origin: \*\r\n/,
 '', qr/\r\nAccess-Control-Allow-Origin: https:\/\/a.example\r\n/, '']


=== TEST 5: no length or offset is too large to be refused
--- directives
waveforge_max_recording_size 0;
--- request eval
['POST /files/', 'POST /files/', chunk('take', 0, audio('opus.webm')),
 ((upload_request('PATCH', '/files/take', 'abc')) x 5), 'GET /upload/take']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\n"
    . 'Content-Type: application/offset+octet-stream';
my ($most, $more) = ('9223372036854775807', '9223372036854775808');
["$v\nUpload-Length: $more", "$v\nUpload-Length: $most", '',
 "$v\nUpload-Offset: $most", "$v\nUpload-Offset: $more",
 "$v\nUpload-Offset: 18446744073709551615",
 "$v\nUpload-Offset: 1220\nUpload-Length: $more",
 "$v\nUpload-Offset: 1220, 1220", '']
--- error_code eval
[400, 507, 200, 409, 400, 400, 400, 400, 200]
--- response_body_like eval
my $bad = problem(400, 'INVALID_FIELD');
[$bad, problem(507, 'STORAGE_FULL'), '', '"code":"OFFSET_MISMATCH"',
 ($bad) x 4, '"received_bytes":1220']


=== TEST 6: metadata has at most 64 keys of 255 bytes, and 32 KiB
--- config
large_client_header_buffers 4 128k;
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    client_max_body_size 0;
}
--- request eval
[('POST /files/') x 6, 'GET /uploads']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nUpload-Length: 5\nUpload-Metadata: ";
my $keys = sub { CORE::join(',', map { "k$_" } 1 .. $_[0]) };
[$v . $keys->(64), $v . $keys->(65),
 $v . 'k' x 255, $v . 'k' x 256, "${v}k " . 'AAAA' x 8_000,
 "${v}k " . 'AAAA' x 8_200, '']
--- error_code eval
[201, 400, 201, 400, 201, 413, 200]
--- response_body_like eval
['', problem(400, 'INVALID_FIELD'), '', problem(400, 'INVALID_FIELD'), '',
 problem(413, 'FILE_TOO_LARGE'), '"total":3']


=== TEST 7: an upload of chunks is what it is for each method of tus
--- request eval
[chunk('take', 0, audio('opus.webm')),
 chunk('take', 2, 'later'), 'HEAD /files/take', 'GET /files/take',
 upload_request('PATCH', '/files/take', 'abc'),
 upload_request('PATCH', '/files/take', 'abc'),
 'POST /files/take', 'OPTIONS /files/take', 'GET /upload/take',
 'DELETE /files/take', 'GET /upload/take']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\n"
    . "Content-Type: application/offset+octet-stream\nUpload-Offset:";
['', '', ("$v 0") x 2, "$v 1220", "$v 1225", ("$v 0") x 5]
--- error_code eval
[200, 200, 200, 404, 403, 409, 405, 200, 200, 204, 404]
--- raw_response_headers_like eval
['', '', qr/\r\nUpload-Defer-Length: 1\r\nUpload-Offset: 1220\r\n/, '', '',
 qr/\r\nUpload-Offset: 1220\r\n/, '', '', '', '', '']
--- response_body_like eval
['', '', '', problem(404, 'RECORDING_NOT_FOUND'),
 problem(403, 'NOT_APPENDABLE'), '"code":"OFFSET_MISMATCH"',
 problem(405, 'METHOD_NOT_ALLOWED'), '', '"received_bytes":1225', '', '']


=== TEST 8: the extensions are those that are there, the algorithms have sha1
--- request
OPTIONS /files/
--- error_code: 200
--- response_headers
Tus-Extension: creation,creation-with-upload,creation-defer-length,termination,expiration,checksum,concatenation
--- raw_response_headers_like: \r\nTus-Checksum-Algorithm: ([a-z0-9]+,)*sha1(,[a-z0-9]+)*\r\n


=== TEST 9: filename is the name, else name is, and neither is kept twice
--- directives
waveforge_types *;
--- request eval
[('POST /files/') x 3, 'GET /recordings?sort=name']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nUpload-Length: 0\nUpload-Metadata:";
["$v name YQ==,type YXVkaW8vd2F2", "$v name eA==,filename Yg==",
 "$v filename YQ0KWC1FdmlsOiAx", '']
--- error_code eval
[201, 201, 201, 200]
--- raw_response_headers_unlike eval
[(qr/X-Evil/) x 4]
--- response_body_like eval
['', '', '', qr/"name":"a","timestamp.*"metadata":\{\}\}.*"name":"b",
    "timestamp.*"metadata":\{"name":"x"\}\}/x]


=== TEST 10: a preflight of each method is answered before passwords
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_cors https://a.example;
    client_max_body_size 0;
    auth_basic studio;
    auth_basic_user_file /nonexistent;
}
--- request eval
['OPTIONS /files/', ('OPTIONS /files/take') x 5]
--- more_headers eval
[map({ "Origin: https://a.example\nAccess-Control-Request-Method: $_\n"
       . 'Access-Control-Request-Headers: tus-resumable,upload-checksum,'
       . 'upload-concat,upload-defer-length,upload-length,upload-metadata,'
       . 'upload-offset,x-http-method-override' }
     'POST', 'PATCH', 'HEAD', 'DELETE'),
 "Origin: https://b.example\nAccess-Control-Request-Method: PATCH",
 'Origin: https://a.example']
--- error_code eval
[(204) x 4, 401, 401]
--- raw_response_headers_like eval
my $names = qr/\r\nAccess-Control-Allow-Headers:[ ]tus-resumable,
    [^\r]*upload-offset,x-http-method-override\r\n/x;
[($names) x 4, qr/\A(?!.*Access-Control)/s,
 qr/\r\nAccess-Control-Allow-Origin: https:\/\/a.example\r\n/]
