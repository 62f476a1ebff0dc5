# POST /upload/chunk as multipart/form-data.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: the fields may come before the file
--- request eval
multipart(file_id => 'take', chunk_index => 0, total_chunks => 2,
          file_name => 'Meyer.webm', file => audio('opus.webm'))
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- response_body_like eval
qr/\A\{"status":"chunk_received","file_id":"take","chunk_index":0,"total_chunks":2,"size":1220,"sha256":(null|"[0-9a-f]{64}"),"received_chunks":1,"received_bytes":1220\}/


=== TEST 2: the file may come before the fields
--- request eval
[multipart(file => audio('opus.webm'), total_chunks => 1, chunk_index => 0,
           file_id => 'take'),
 complete('{"file_id":"take"}'),
 'GET /recording/take/audio']
--- more_headers eval
['Content-Type: multipart/form-data; boundary=edge',
 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
[qr/"status":"chunk_received".*"received_bytes":1220\}/,
 qr/"status":"success"/,
 qr/\A\Q${\ audio('opus.webm')}\E\z/]


=== TEST 3: the file may stand between the fields
--- request eval
multipart(chunk_index => 0, file => audio('s16.wav'), file_id => 'take')
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- response_body_like eval
qr/"file_id":"take","chunk_index":0,"total_chunks":null,"size":8044/


=== TEST 4: session_id is another name for file_id
--- request eval
multipart(session_id => 'old', chunk_index => 0, file => audio('opus.webm'))
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- response_body_like: "file_id":"old"


=== TEST 5: session_id and file_id must agree
--- request eval
multipart(session_id => 'old', file_id => 'new', chunk_index => 0,
          file => audio('opus.webm'))
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- error_code: 400
--- response_body_like eval
problem(400, 'INVALID_FIELD')


=== TEST 6: fields in the query are ignored
--- request eval
my $request = multipart(file_id => 'body', chunk_index => 0,
                        file => audio('opus.webm'));
$request =~ s{/upload/chunk}{/upload/chunk?file_id=query&chunk_index=7};
$request
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- response_body_like: "file_id":"body","chunk_index":0


=== TEST 7: the field sha256 is the chunk's digest and is verified
--- request eval
[multipart(file_id => 'take', chunk_index => 0,
           sha256 => sha256_hex(audio('opus.webm')),
           file => audio('opus.webm')),
 multipart(file_id => 'take', chunk_index => 1, file => 'other',
           sha256 => sha256_hex('another')),
 'GET /upload/take']
--- more_headers eval
[('Content-Type: multipart/form-data; boundary=edge') x 2, '']
--- error_code eval
[200, 422, 200]
--- response_body_like eval
[qr/"sha256":"${\ sha256_hex(audio('opus.webm'))}"/,
 problem(422, 'DIGEST_MISMATCH'),
 qr/"received_chunks":1/]


=== TEST 8: Content-Digest covers the whole message body
--- request eval
[multipart(file_id => 'take', chunk_index => 0, file => audio('opus.webm')),
 multipart(file_id => 'take', chunk_index => 1, file => 'next')]
--- more_headers eval
my $message = multipart(file_id => 'take', chunk_index => 0,
                        file => audio('opus.webm'));
$message =~ s/\A.*\n//;
my $type = 'Content-Type: multipart/form-data; boundary=edge';
my $lines = "$type\nContent-Digest: md5=:AAAAAAAAAAAAAAAAAAAAAA==:\n";
[$lines . content_digest($message), $type . "\n" . content_digest('no')]
--- error_code eval
[200, 422]
--- response_body_like eval
[qr/"status":"chunk_received"/, problem(422, 'DIGEST_MISMATCH')]


=== TEST 9: without a part `file` it is refused (INVALID_FORMAT)
--- request eval
multipart(file_id => 'take', chunk_index => 0)
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- error_code: 400
--- response_body_like eval
problem(400, 'INVALID_FORMAT')


=== TEST 10: with two parts `file` it is refused and nothing is kept
--- request eval
[multipart(file_id => 'take', chunk_index => 0, file => audio('opus.webm'),
           file => audio('opus.webm')),
 'GET /upload/take']
--- more_headers eval
['Content-Type: multipart/form-data; boundary=edge', '']
--- error_code eval
[400, 404]
--- response_body_like eval
[problem(400, 'INVALID_FORMAT'), problem(404, 'UPLOAD_NOT_FOUND')]


=== TEST 11: a body that ends before its last boundary is refused
--- request eval
my $request = multipart(file_id => 'take', chunk_index => 0,
                        file => audio('opus.webm'));
$request =~ s/--edge--\z//;
[$request, 'GET /upload/take']
--- more_headers eval
['Content-Type: multipart/form-data; boundary=edge', '']
--- error_code eval
[400, 404]
--- response_body_like eval
[problem(400, 'INVALID_FORMAT'), problem(404, 'UPLOAD_NOT_FOUND')]


=== TEST 12: without a boundary it is refused
--- request eval
multipart(file_id => 'take', chunk_index => 0, file => audio('opus.webm'))
--- more_headers
Content-Type: multipart/form-data
--- error_code: 400
--- response_body_like eval
problem(400, 'INVALID_FORMAT')


=== TEST 13: a boundary may be quoted and a preamble is skipped
--- request eval
my $request = multipart(file_id => 'take', chunk_index => 0,
                        file => audio('opus.webm'));
$request =~ s/\n/\nThis is a message for old readers.\r\n/;
$request
--- more_headers
Content-Type: multipart/form-data; boundary="edge"
--- response_body_like: "status":"chunk_received"


=== TEST 14: an empty part `file` is refused
--- request eval
multipart(file_id => 'take', chunk_index => 0, file => '')
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- error_code: 400
--- response_body_like eval
problem(400, 'EMPTY_CHUNK')


=== TEST 15: bytes like a boundary inside the file are its content
--- request eval
my $bytes = audio('s16.wav')
    . "\r\n--edg\r\n--edgX\r\n--ed\r\n\r--edge\n--edge--\r\r\n-";
[multipart(file_id => 'take', chunk_index => 0, total_chunks => 1,
           sha256 => sha256_hex($bytes), file => $bytes)]
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- response_body_like: "status":"chunk_received"


=== TEST 16: a chunk index that is no number is refused after a leading file too
--- request eval
multipart(file => audio('opus.webm'), file_id => 'take', chunk_index => '1x')
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- error_code: 400
--- response_body_like eval
problem(400, 'INVALID_FIELD')


=== TEST 17: a repeat is told as such, wherever the file stands
--- request eval
[multipart(file_id => 'take', chunk_index => 0, file => audio('opus.webm')),
 multipart(file => audio('opus.webm'), file_id => 'take', chunk_index => 0),
 multipart(file => audio('opus-live.webm'), file_id => 'take',
           chunk_index => 0)]
--- more_headers
Content-Type: multipart/form-data; boundary=edge
--- error_code eval
[200, 200, 409]
--- response_body_like eval
[qr/"status":"chunk_received"/, qr/"status":"chunk_already_exists"/,
 problem(409, 'CHUNK_CONFLICT')]
