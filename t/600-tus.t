# tus 1.0.0 below /files/: versions, methods, what is told of a file.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: OPTIONS tells version and extensions, whatever version is asked for
--- request
OPTIONS /files/
--- more_headers
Tus-Resumable: 0.2.2
--- error_code: 200
--- response_headers
Tus-Resumable: 1.0.0
Tus-Version: 1.0.0
Tus-Max-Size: 104857600
Allow: POST, OPTIONS
--- raw_response_headers_like: \r\nTus-Extension: [a-z,-]*termination


=== TEST 2: without a limit there is no Tus-Max-Size
--- directives
waveforge_max_recording_size 0;
--- request
OPTIONS /files/x
--- error_code: 200
--- response_headers
! Tus-Max-Size
Allow: GET, HEAD, PATCH, DELETE, OPTIONS


=== TEST 3: another version, or none, is refused (UNSUPPORTED_VERSION)
--- request eval
[chunk('take', 0, audio('opus.webm')), 'DELETE /files/take',
 'DELETE /files/take', 'HEAD /files/take', 'GET /upload/take']
--- more_headers eval
['', '', 'Tus-Resumable: 0.2.2', 'Tus-Resumable: 1.0.1', '']
--- error_code eval
[200, 412, 412, 412, 200]
--- raw_response_headers_like eval
['', (qr/Tus-Resumable: 1\.0\.0\r\nTus-Version: 1\.0\.0|Tus-Version: 1\.0\.0(.*\r\n)*Tus-Resumable: 1\.0\.0/) x 3, '']
--- response_body_like eval
['', (problem(412, 'UNSUPPORTED_VERSION')) x 2, '', 'receiving']


=== TEST 4: HEAD tells what has arrived of an upload of chunks
--- request eval
[chunk('take', 0, audio('opus.webm')), 'HEAD /files/take']
--- more_headers eval
['', 'Tus-Resumable: 1.0.0']
--- error_code eval
[200, 200]
--- raw_response_headers_like eval
['', qr/Upload-Defer-Length: 1\r\nUpload-Offset: 1220\r\nUpload-Expires: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\n(.*\r\n)*Cache-Control: no-store\r\n/]


=== TEST 5: HEAD of what is not there is 404 without an offset or a body
--- request
HEAD /files/nothing
--- more_headers
Tus-Resumable: 1.0.0
--- error_code: 404
--- response_headers
! Upload-Offset
Tus-Resumable: 1.0.0
--- response_body eval
''


=== TEST 6: DELETE /files/{file_id} takes away what is unfinished, and then it is gone
--- request eval
[chunk('take', 0, audio('opus.webm')), 'DELETE /files/take',
 'HEAD /files/take', 'DELETE /files/take', 'GET /files/take']
--- more_headers eval
['', ('Tus-Resumable: 1.0.0') x 4]
--- error_code eval
[200, 204, 404, 404, 404]


=== TEST 7: what is finished is read on conditions, and DELETE takes it away
--- request eval
[chunk('take', 0, audio('opus.webm')), complete('{"file_id":"take","total_chunks":1}'),
 ('GET /files/take') x 3, 'DELETE /files/take.', 'DELETE /files/take',
 'GET /files/take', 'GET /recording/take']
--- more_headers eval
['', 'Content-Type: application/json', '', 'If-None-Match: *',
 'If-Match: "another"', ('Tus-Resumable: 1.0.0') x 2, '', '']
--- error_code eval
[200, 200, 200, 304, 412, 400, 204, 404, 404]
--- response_body_like eval
['', '', qr/\A\Q${\ audio('opus.webm')}\E\z/, '',
 problem(412, 'PRECONDITION_FAILED'), problem(400, 'INVALID_ID'), '', '', '']


=== TEST 8: the method that is meant may come in a header
--- request eval
[chunk('take', 0, audio('opus.webm')), 'POST /files/take', 'GET /files/take',
 'POST /files/take', 'POST /files/take', 'POST /files/take']
--- more_headers eval
['', "Tus-Resumable: 1.0.0\nX-HTTP-Method-Override: HEAD",
 "X-HTTP-Method-Override: OPTIONS",
 "Tus-Resumable: 1.0.0\nX-HTTP-Method-Override: DELETE",
 "Tus-Resumable: 1.0.0\nX-HTTP-Method-Override: HEAD",
 "Tus-Resumable: 1.0.0\nX-HTTP-Method-Override: BREW"]
--- error_code eval
[200, 200, 200, 204, 404, 405]
--- raw_response_headers_like eval
['', 'Upload-Offset: 1220', 'Tus-Version: 1.0.0', '', '', 'Allow: GET, ']


=== TEST 9: what only reads is not turned into what changes something
--- request eval
[chunk('take', 0, audio('opus.webm')), 'HEAD /files/take', 'GET /upload/take']
--- more_headers eval
['', "Tus-Resumable: 1.0.0\nX-HTTP-Method-Override: DELETE", '']
--- error_code eval
[200, 200, 200]


=== TEST 10: a method that a file does not have is refused with those it has
--- request eval
['PUT /files/x', 'DELETE /files/', 'POST /files/x']
--- more_headers
Tus-Resumable: 1.0.0
--- error_code eval
[405, 405, 405]
--- raw_response_headers_like eval
['Allow: GET, HEAD, PATCH, DELETE, OPTIONS', 'Allow: POST, OPTIONS',
 'Allow: GET, HEAD, PATCH']


=== TEST 11: a page of another site may not delete
--- request eval
[chunk('take', 0, audio('opus.webm')), 'DELETE /files/take',
 'HEAD /files/take']
--- more_headers eval
['', "Tus-Resumable: 1.0.0\nSec-Fetch-Site: cross-site",
 "Tus-Resumable: 1.0.0\nSec-Fetch-Site: cross-site"]
--- error_code eval
[200, 403, 200]
--- response_body_like eval
['', problem(403, 'FORBIDDEN_ORIGIN'), '']


=== TEST 12: errors that nginx raises itself tell the version, too
--- directives
deny all;
--- request eval
['HEAD /files/take', 'POST /files/', 'GET /recordings']
--- error_code eval
[403, 403, 403]
--- raw_response_headers_like eval
['Tus-Resumable: 1\.0\.0', 'Tus-Resumable: 1\.0\.0',
 qr/\A(?!.*Tus-Resumable)/s]


=== TEST 13: with both dialects switched off, there is nothing below /files/
--- directives
waveforge_tus off;
waveforge_rufh off;
--- request eval
['OPTIONS /files/', 'HEAD /files/x', 'GET /files/x']
--- error_code eval
[404, 404, 404]
--- raw_response_headers_like eval
[(qr/\A(?!.*Tus-Resumable)/s) x 3]


=== TEST 14: an id that cannot be one is refused
--- request
HEAD /files/a.b
--- more_headers
Tus-Resumable: 1.0.0
--- error_code: 400
--- response_headers
Tus-Resumable: 1.0.0


=== TEST 15: a location is relative or absolute, nothing else
--- directives
waveforge_tus_location nowhere;
--- must_die
--- error_log
invalid value "nowhere" in "waveforge_tus_location"


=== TEST 16: what the server says of tus holds in its locations
--- config
waveforge_tus off;
waveforge_tus_location absolute;
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    client_max_body_size 0;
}
location /on/ {
    waveforge on;
    waveforge_tus on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    client_max_body_size 0;
}
--- request eval
['POST /files/', 'POST /on/files/']
--- more_headers
Tus-Resumable: 1.0.0
Upload-Length: 9
--- error_code eval
[404, 201]
--- raw_response_headers_like eval
['', 'Location: http://localhost(:\d+)?/on/files/']


=== TEST 17: OPTIONS tells what there is, whatever else it is said to mean
--- request eval
[chunk('take', 0, audio('opus.webm')), ('OPTIONS /files/take') x 3,
 'GET /upload/take']
--- more_headers eval
['', map({ "Tus-Resumable: 1.0.0\nX-HTTP-Method-Override: $_" }
         'HEAD', 'GET', 'DELETE'), '']
--- error_code eval
[(200) x 5]
--- raw_response_headers_like eval
['', (qr/\r\nTus-Version: 1\.0\.0\r\n/) x 3, '']
