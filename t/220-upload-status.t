# GET and DELETE /upload/{id}.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: an upload nobody began is not found (UPLOAD_NOT_FOUND)
--- request
GET /upload/nobody
--- error_code: 404
--- response_headers
Content-Type: application/problem+json
Cache-Control: no-store
--- response_body_like eval
problem(404, 'UPLOAD_NOT_FOUND')


=== TEST 2: GET /upload/{file_id} tells what has arrived and what is missing (file_name, prefix_chunks, prefix_bytes, updated)
--- request eval
[chunk('take', 0, 'RIFF....WAVEdata', total_chunks => 5, chunk_size => 16,
       file_name => 'Lecture 4.wav'),
 chunk('take', 3, 'x' x 16),
 'GET /upload/take']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
[qr/chunk_received/, qr/chunk_received/,
 qr/\A\{"status":"receiving","file_id":"take","file_name":"Lecture 4.wav","total_chunks":5,"chunk_size":16,"received_bytes":32,"received_chunks":2,"prefix_chunks":1,"prefix_bytes":16,"provisional":false,"missing":\[\[1,2\],\[4,4\]\],"created":\d{13},"updated":\d{13},"expires":\d{13}\}/]


=== TEST 3: while the total is unknown only gaps below the highest are missing
--- request eval
[chunk('take', 0, audio('opus.webm')),
 chunk('take', 2, 'two'),
 'GET /upload/take?received=1']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
[qr/"total_chunks":null/, qr/"total_chunks":null/,
 qr/"file_name":null,"total_chunks":null,"chunk_size":null,.*"missing":\[\[1,1\]\],.*"received":\[\[0,0\],\[2,2\]\]/]


=== TEST 4: a provisional header counts as chunk 0
--- request eval
[chunk('take', 0, audio('opus.webm'), provisional => 1),
 chunk('take', 1, 'cluster'),
 'GET /upload/take']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
[qr/chunk_received/, qr/chunk_received/,
 qr/"received_bytes":1227,"received_chunks":2,"prefix_chunks":2,"prefix_bytes":1227,"provisional":true,"missing":\[\]/]


=== TEST 5: HEAD is answered like GET without the body
--- request eval
[chunk('take', 0, audio('opus.webm')), 'HEAD /upload/take',
 'HEAD /upload/nobody']
--- error_code eval
[200, 200, 404]
--- response_body_like eval
[qr/chunk_received/, qr/\A\z/, qr/\A\z/]


=== TEST 6: a finished upload is told as complete, with its recording_id
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"take"}'), 'GET /upload/take']
--- more_headers eval
['', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
[qr/chunk_received/, qr/success/,
 qr/\A\{"status":"complete","file_id":"take","recording_id":"take"\}/]


=== TEST 7: after DELETE /upload/{file_id} it is gone, and refuses late chunks
--- request eval
[chunk('take', 0, audio('opus.webm')), 'DELETE /upload/take',
 'GET /upload/take', 'DELETE /upload/take',
 chunk('take', 1, 'late'), complete('{"file_id":"take","size":1220}')]
--- more_headers eval
['', '', '', '', '', 'Content-Type: application/json']
--- error_code eval
[200, 200, 404, 404, 410, 410]
--- response_body_like eval
[qr/chunk_received/, qr/\A\{"status":"deleted","id":"take"\}/,
 problem(404, 'UPLOAD_NOT_FOUND'), problem(404, 'UPLOAD_NOT_FOUND'),
 problem(410, 'DELETED'), problem(410, 'DELETED')]


=== TEST 8: a finished recording is not deleted as an upload
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"take"}'), 'DELETE /upload/take', 'GET /recording/take']
--- more_headers eval
['', 'Content-Type: application/json', '', '']
--- error_code eval
[200, 200, 409, 200]
--- response_body_like eval
[qr/chunk_received/, qr/success/, qr/"code":"ALREADY_COMPLETE"/,
 qr/"id":"take"/]


=== TEST 9: an id with other characters is refused, and never a path
--- request eval
['GET /upload/a%2e%2e', 'GET /upload/%7e', 'GET /upload/' . 'x' x 65,
 'DELETE /upload/a.b', 'GET /upload/..%2f..%2fetc%2fpasswd']
--- error_code eval
[(400) x 5]
--- response_body_like eval
[(problem(400, 'INVALID_ID')) x 4, qr/400 Bad Request/]


=== TEST 10: other methods are told which ones there are (METHOD_NOT_ALLOWED)
--- request
PUT /upload/take
--- error_code: 405
--- response_headers_like
Allow: GET, HEAD, DELETE, OPTIONS
--- response_body_like eval
problem(405, 'METHOD_NOT_ALLOWED')


=== TEST 11: with an expiry of 0 it is told that the upload never expires
--- directives
waveforge_upload_expiry 0;
--- request eval
[chunk('take', 0, audio('opus.webm')), 'GET /upload/take', 'GET /uploads',
 'GET /api/config']
--- error_code eval
[(200) x 4]
--- response_body_like eval
[qr/chunk_received/, qr/"updated":\d{13},"expires":null\}\z/,
 qr/"updated":\d{13},"expires":null\}\],/, qr/"upload_expiry":null,/]


=== TEST 12: and a deleted id is remembered all the same
--- directives
waveforge_upload_expiry 0;
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1), 'DELETE /upload/take',
 chunk('take', 0, audio('opus.webm')), complete('{"file_id":"take"}'),
 chunk('kept', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"kept"}'), 'DELETE /recording/kept',
 chunk('kept', 0, audio('opus.webm'))]
--- more_headers eval
[('') x 3, 'Content-Type: application/json', '',
 'Content-Type: application/json', '', '']
--- error_code eval
[200, 200, 410, 410, 200, 200, 200, 410]
--- response_body_like eval
[qr/chunk_received/, qr/deleted/, problem(410, 'DELETED'),
 problem(410, 'DELETED'), qr/chunk_received/, qr/success/, qr/deleted/,
 problem(410, 'DELETED')]
