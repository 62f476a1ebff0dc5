# tus 1.0.0: creating a file below /files/, appending to it, completing it.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: POST /files/ makes a new file with a location, an offset of 0 and a moment it expires
--- request
POST /files/
--- more_headers
Tus-Resumable: 1.0.0
Upload-Length: 100
--- error_code: 201
--- raw_response_headers_like eval
qr{Location: /files/[0-9a-f]{32}\r\nUpload-Offset: 0\r\nUpload-Expires: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\n}
--- response_headers
Tus-Resumable: 1.0.0
Cache-Control: no-store


=== TEST 2: the Location is absolute if that is wanted
--- directives
waveforge_tus_location absolute;
--- request
POST /files/
--- more_headers
Host: example.org:8443
Tus-Resumable: 1.0.0
Upload-Length: 100
--- error_code: 201
--- raw_response_headers_like eval
qr{Location: http://example\.org:8443/files/[0-9a-f]{32}\r\n}


=== TEST 3: the location is below the base of ours
--- config
location /take/it/ {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    client_max_body_size 0;
}
--- request
POST /take/it/files
--- more_headers
Tus-Resumable: 1.0.0
Upload-Length: 100
--- error_code: 201
--- raw_response_headers_like eval
qr{Location: /take/it/files/[0-9a-f]{32}\r\n}


=== TEST 4: the length is told or deferred, once and as a number (INVALID_FIELD)
--- request eval
[('POST /files/') x 8]
--- more_headers eval
my $v = 'Tus-Resumable: 1.0.0';
[$v, "$v\nUpload-Length: 5\nUpload-Defer-Length: 1",
 "$v\nUpload-Length: -1", "$v\nUpload-Length: 1x",
 "$v\nUpload-Length: 9223372036854775808",
 "$v\nUpload-Length: 99999999999999999999",
 "$v\nUpload-Defer-Length: 2", "$v\nUpload-Defer-Length: "]
--- error_code eval
[(400) x 8]
--- response_body_like eval
[(problem(400, 'INVALID_FIELD')) x 8]


=== TEST 5: more than a recording may have is refused at once (FILE_TOO_LARGE)
--- directives
waveforge_max_recording_size 1000;
waveforge_max_chunk_size 1000;
--- request eval
['POST /files/', 'POST /files/']
--- more_headers eval
["Tus-Resumable: 1.0.0\nUpload-Length: 1001",
 "Tus-Resumable: 1.0.0\nUpload-Length: 1000"]
--- error_code eval
[413, 201]
--- response_body_like eval
[problem(413, 'FILE_TOO_LARGE'), '']


=== TEST 6: metadata that is no list of keys and base64 is refused
--- request eval
[('POST /files/') x 9]
--- more_headers eval
[map { "Tus-Resumable: 1.0.0\nUpload-Length: 5\nUpload-Metadata: $_" }
 'key !!!!', 'a eA==,a eA==', 'a eA==,', ',a eA==', 'a eA== b', 'a eA==,,b',
 'a eA', 'a,b,c', 'a ']
--- error_code eval
[(400) x 6, (201) x 3]


=== TEST 7: a body needs the type of the protocol (UNSUPPORTED_BODY)
--- request eval
[upload_request('POST', '/files/', 'abc'),
 upload_request('PATCH', '/files/x', 'abc')]
--- more_headers eval
["Tus-Resumable: 1.0.0\nUpload-Length: 3\nContent-Type: text/plain",
 "Tus-Resumable: 1.0.0\nUpload-Offset: 0"]
--- error_code eval
[415, 415]
--- response_body_like eval
[(problem(415, 'UNSUPPORTED_BODY')) x 2]


=== TEST 8: an encoded body is refused (UNSUPPORTED_ENCODING)
--- request eval
upload_request('PATCH', '/files/x', 'abc')
--- more_headers
Tus-Resumable: 1.0.0
Upload-Offset: 0
Content-Type: application/offset+octet-stream
Content-Encoding: gzip
--- error_code: 415
--- response_body_like eval
problem(415, 'UNSUPPORTED_ENCODING')


=== TEST 9: an offset is a number of bytes
--- request eval
[map { upload_request('PATCH', '/files/x', 'abc') } 1 .. 4]
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nContent-Type: application/offset+octet-stream";
[$v, "$v\nUpload-Offset: -1", "$v\nUpload-Offset: one",
 "$v\nUpload-Offset: 9223372036854775808"]
--- error_code eval
[(400) x 4]
--- response_body_like eval
[(problem(400, 'INVALID_FIELD')) x 4]


=== TEST 10: appending to what is not there is 404
--- request eval
upload_request('PATCH', '/files/nothing', 'abc')
--- more_headers
Tus-Resumable: 1.0.0
Upload-Offset: 0
Content-Type: application/offset+octet-stream
--- error_code: 404
--- response_body_like eval
problem(404, 'UPLOAD_NOT_FOUND')


=== TEST 11: a whole file in one request is a recording at once
--- request eval
[upload_request('POST', '/files/', audio('s16.wav')), 'GET /recordings']
--- more_headers eval
["Tus-Resumable: 1.0.0\nUpload-Length: 8044\n"
 . "Content-Type: application/offset+octet-stream\n"
 . 'Upload-Metadata: filename VGFrZSAxLndhdg==,filetype YXVkaW8vd2F2,'
 . 'mood Z29vZA==,tags', '']
--- error_code eval
[201, 200]
--- raw_response_headers_like eval
[qr/Location: \/files\/[0-9a-f]{32}\r\nUpload-Offset: 8044\r\n(?!.*Upload-Expires)/s, '']
--- response_body_like eval
['', '"name":"Take 1.wav".*"size":8044.*"mime_type":"audio/wav".*"metadata":\{"mood":"good","tags":""\}']


=== TEST 12: of a wrong checksum nothing stays (460, DIGEST_MISMATCH)
--- request eval
[map({ upload_request('POST', '/files/', audio('s16.wav')) } 1 .. 5),
 'GET /uploads', 'GET /recordings']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nUpload-Length: 8044\n"
    . "Content-Type: application/offset+octet-stream\nUpload-Checksum:";
["$v sha1 " . checksum('sha1', 'other'), "$v sha1 " . checksum('sha256', 'x'),
 "$v md5 " . checksum('sha1', 'x'), "$v sha1", "$v sha1 !!!!", '', '']
--- error_code eval
[460, 460, 400, 400, 400, 200, 200]
--- response_body_like eval
[(problem(460, 'DIGEST_MISMATCH')) x 2, (problem(400, 'INVALID_DIGEST')) x 3,
 '"total":0', '"total":0']


=== TEST 13: a checksum that fits is no hindrance, whichever it is
--- request eval
[map { upload_request('POST', '/files/', audio('s16.wav')) } 1 .. 3]
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nUpload-Length: 8044\n"
    . "Content-Type: application/offset+octet-stream\nUpload-Checksum:";
[map { "$v $_ " . checksum($_, audio('s16.wav')) } 'sha1', 'sha256', 'sha512']
--- error_code eval
[201, 201, 201]


=== TEST 14: what is not audio is refused and leaves nothing (UNSUPPORTED_TYPE)
--- request eval
[upload_request('POST', '/files/', 'x' x 100), 'POST /files/', 'GET /uploads']
--- more_headers eval
["Tus-Resumable: 1.0.0\nUpload-Length: 100\n"
 . 'Content-Type: application/offset+octet-stream',
 "Tus-Resumable: 1.0.0\nUpload-Length: 0", '']
--- error_code eval
[415, 415, 200]
--- response_body_like eval
[(problem(415, 'UNSUPPORTED_TYPE')) x 2, '"total":0']


=== TEST 15: where anything goes an empty file is complete at once
--- directives
waveforge_types *;
--- request eval
['POST /files/', 'GET /recordings']
--- more_headers eval
["Tus-Resumable: 1.0.0\nUpload-Length: 0", '']
--- error_code eval
[201, 200]
--- response_body_like eval
['', '"size":0,.*"total":1']


=== TEST 16: too many uploads is 503, which clients of tus try again, but not what never can be (UNSUPPORTED_TYPE)
--- directives
waveforge_max_uploads 1;
--- request eval
['POST /files/', 'POST /files/', 'POST /files/']
--- more_headers eval
[map { "Tus-Resumable: 1.0.0\nUpload-Length: $_" } 100, 100, 0]
--- error_code eval
[201, 503, 415]
--- raw_response_headers_like eval
['Tus-Resumable: 1.0.0\r\n',
 '(?s)(?=.*Retry-After: \d+\r\n).*Tus-Resumable: 1.0.0\r\n',
 'Tus-Resumable: 1.0.0\r\n']
--- response_body_like eval
['', problem(503, 'TOO_MANY_UPLOADS'), problem(415, 'UNSUPPORTED_TYPE')]


=== TEST 17: what the quota has no room for is refused (STORAGE_FULL)
--- directives
waveforge_quota 1000;
--- request
POST /files/
--- more_headers
Tus-Resumable: 1.0.0
Upload-Length: 1001
--- error_code: 507
--- response_body_like eval
problem(507, 'STORAGE_FULL')


=== TEST 18: a body longer than the length told is refused, and nothing stays
--- request eval
[upload_request('POST', '/files/', audio('s16.wav')), 'GET /uploads']
--- more_headers eval
["Tus-Resumable: 1.0.0\nUpload-Length: 8043\n"
 . 'Content-Type: application/offset+octet-stream', '']
--- error_code eval
[413, 200]
--- response_body_like eval
[problem(413, 'FILE_TOO_LARGE'), '"total":0']


=== TEST 19: an upload of chunks takes its bytes as chunks (NOT_APPENDABLE)
--- request eval
[chunk('take', 0, audio('opus.webm')),
 upload_request('PATCH', '/files/take', 'abc'),
 upload_request('PATCH', '/files/take', ''), 'GET /recording/take']
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nUpload-Offset: 1220\n"
    . 'Content-Type: application/offset+octet-stream';
['', $v, "$v\nUpload-Length: 1220", '']
--- error_code eval
[200, 403, 204, 200]
--- response_body_like eval
['', problem(403, 'NOT_APPENDABLE'), '', '"size":1220']


=== TEST 20: a page of another site may not create or append
--- request eval
['POST /files/', upload_request('PATCH', '/files/x', 'abc')]
--- more_headers eval
my $v = "Tus-Resumable: 1.0.0\nSec-Fetch-Site: cross-site\nUpload-Offset: 0\n"
    . 'Content-Type: application/offset+octet-stream';
["Tus-Resumable: 1.0.0\nSec-Fetch-Site: cross-site\nUpload-Length: 9", $v]
--- error_code eval
[403, 403]
--- response_body_like eval
[(problem(403, 'FORBIDDEN_ORIGIN')) x 2]


=== TEST 21: what no disk has cannot be reserved twice, and no quota is to blame (STORAGE_FULL)
--- directives
waveforge_max_recording_size 0;
--- request eval
['POST /files/', 'POST /files/', 'POST /files/']
--- more_headers
Tus-Resumable: 1.0.0
Upload-Length: 4611686018427387904
--- error_code eval
[201, 507, 507]
--- response_body_unlike eval
['quota', 'quota', 'quota']
