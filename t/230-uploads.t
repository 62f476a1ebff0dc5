# GET /uploads.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: without uploads the list of GET /uploads is empty
--- request
GET /uploads
--- response_headers
Content-Type: application/json
Cache-Control: no-store
! ETag
--- response_body eval
qq({"uploads":[],"total":0,"next":null})


=== TEST 2: an upload is told as by itself, without what is missing
--- request eval
[chunk('take', 0, 'RIFF....WAVEdata', total_chunks => 5, chunk_size => 16,
       file_name => 'Lecture 4.wav'),
 chunk('take', 3, 'x' x 16),
 'GET /uploads']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
['chunk_received', 'chunk_received',
 qr/\A\{"uploads":\[\{"status":"receiving","file_id":"take",
    "file_name":"Lecture\ 4\.wav","total_chunks":5,"chunk_size":16,
    "received_bytes":32,"received_chunks":2,"prefix_chunks":1,
    "prefix_bytes":16,"provisional":false,"created":\d{13},
    "updated":\d{13},"expires":\d{13}\}\],"total":1,"next":null\}\z/x]


=== TEST 3: the newest comes first, whichever was sent to last
--- request eval
[chunk('a', 0, audio('s16.wav')), chunk('b', 0, audio('opus.webm')),
 chunk('c', 0, audio('s16.wav')), chunk('a', 1, 'more'), 'GET /uploads']
--- error_code eval
[(200) x 5]
--- response_body_like eval
[(qr/chunk_received/) x 4,
 qr/"file_id":"c".*"file_id":"b".*"file_id":"a".*"total":3,"next":null\}\z/]


=== TEST 4: what has ended or never began is not listed
--- request eval
[chunk('done', 0, audio('s16.wav'), total_chunks => 1),
 chunk('gone', 0, audio('s16.wav')), chunk('text', 0, 'no audio at all'),
 'DELETE /upload/gone', complete('{"file_id":"done"}'), 'GET /uploads']
--- more_headers eval
['', '', '', '', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 415, 200, 200, 200]
--- response_body_like eval
['chunk_received', 'chunk_received', problem(415, 'UNSUPPORTED_TYPE'),
 'deleted', 'success', qr/\A\{"uploads":\[\],"total":0,"next":null\}\z/]


=== TEST 5: a page ends with a cursor and the last one without
--- request eval
[chunk('a', 0, audio('s16.wav')), chunk('b', 0, audio('s16.wav')),
 'GET /uploads?limit=1', 'GET /uploads?limit=2']
--- error_code eval
[(200) x 4]
--- response_body_like eval
[(qr/chunk_received/) x 2, qr/"file_id":"b"[^{]*"total":2,"next":"[^"]+"\}\z/,
 qr/"file_id":"a"[^{]*"total":2,"next":null\}\z/]


=== TEST 6: a limit out of range and a broken cursor are refused (INVALID_CURSOR)
--- request eval
['GET /uploads?limit=0', 'GET /uploads?limit=1001', 'GET /uploads?limit=x',
 'GET /uploads?cursor=broken', 'GET /uploads?cursor=',
 'GET /uploads?cursor=%00']
--- error_code eval
[(400) x 6]
--- response_body_like eval
[(problem(400, 'INVALID_FIELD', 'limit\sis\snot\svalid')) x 3,
 (problem(400, 'INVALID_CURSOR')) x 3]


=== TEST 7: HEAD is answered like GET without the body
--- request eval
['HEAD /uploads', 'HEAD /uploads?limit=0']
--- error_code eval
[200, 400]
--- response_body_like eval
[qr/\A\z/, qr/\A\z/]


=== TEST 8: other methods are told which ones there are
--- request eval
['POST /uploads', 'OPTIONS /uploads', 'GET /uploads/take']
--- error_code eval
[405, 204, 404]
--- raw_response_headers_like eval
[(qr/\r\nAllow: GET, HEAD, OPTIONS\r\n/) x 2, qr/problem\+json/]
--- response_body_like eval
[problem(405, 'METHOD_NOT_ALLOWED'), qr/\A\z/, problem(404, 'NOT_FOUND')]
