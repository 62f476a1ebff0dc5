# POST /recording/complete.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: POST /recording/complete makes the chunks a recording with the facts of its container (duration, mime_type, codec, channels, sample_rate)
--- request eval
my $bytes = audio('opus.webm');
[chunk('take', 0, substr($bytes, 0, 1000), total_chunks => 2),
 chunk('take', 1, substr($bytes, 1000)),
 complete('{"file_id":"take","file_name":"Meyer.webm","timestamp":1705327496000,'
     . '"duration":99,"metadata":{"b":[1,2.5,"\u00fc"],"a":null}}'),
 'GET /recording/take/audio']
--- more_headers eval
['', '', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200, 200]
--- response_body_like eval
[qr/chunk_received/, qr/chunk_received/,
 qr/\A\{"status":"success","recording_id":"take","recording":\{"id":"take","filename":"recording_20240115_140456_take.webm","name":"Meyer.webm","timestamp":1705327496000,"size":1220,"duration":0.504,"mime_type":"audio\/webm","codec":"opus","channels":1,"sample_rate":48000,"sha256":"${\ sha256_hex(audio('opus.webm'))}","stored":\d{13},"metadata":\{"b":\[1,2.5,"\xc3\xbc"\],"a":null\}\}\}/,
 qr/\A\Q${\ audio('opus.webm')}\E\z/]


=== TEST 2: a repeat gets the same recording
--- request eval
[chunk('take', 0, audio('s16.wav'), total_chunks => 1, file_name => 'A.wav'),
 complete('{"file_id":"take"}'),
 complete('{"file_id":"take","file_name":"ignored","size":8044}')]
--- more_headers eval
['', ('Content-Type: application/json') x 2]
--- error_code eval
[200, 200, 200]
--- response_body_like eval
[qr/chunk_received/, qr/"status":"success".*"name":"A.wav"/,
 qr/"status":"already_complete".*"name":"A.wav"/]


=== TEST 3: a repeat that contradicts the recording is refused
--- request eval
[chunk('take', 0, audio('s16.wav'), total_chunks => 1),
 complete('{"file_id":"take"}'),
 complete('{"file_id":"take","size":7}'),
 complete('{"file_id":"take","sha256":"' . '0' x 64 . '"}')]
--- more_headers eval
['', ('Content-Type: application/json') x 3]
--- error_code eval
[200, 200, 409, 422]
--- response_body_like eval
[qr/chunk_received/, qr/success/, problem(409, 'CHUNK_CONFLICT'),
 problem(422, 'DIGEST_MISMATCH')]


=== TEST 4: chunks that come in any order are put in theirs
--- request eval
my $bytes = audio('s24.wav');
[(map { chunk('take', $_, substr($bytes, $_ * 5200, 5200), chunk_size => 5200) }
     2, 4, 0, 3, 1),
 complete('{"file_id":"take","size":24068,"sha256":"' . sha256_hex($bytes) . '"}'),
 'GET /recording/take/audio']
--- more_headers eval
[('') x 5, 'Content-Type: application/json', '']
--- error_code eval
[(200) x 7]
--- response_body_like eval
[(qr/chunk_received/) x 4, qr/"total_chunks":5/, qr/"codec":"pcm_s24le"/,
 qr/\A\Q${\ audio('s24.wav')}\E\z/]


=== TEST 5: chunks of any sizes and out of order are put in theirs
--- request eval
my $bytes = audio('s16.wav');
[chunk('take', 2, substr($bytes, 3000)),
 chunk('take', 1, substr($bytes, 1000, 2000)),
 chunk('take', 0, substr($bytes, 0, 1000), total_chunks => 3),
 complete('{"file_id":"take","sha256":"' . sha256_hex($bytes) . '"}'),
 'GET /recording/take/audio']
--- more_headers eval
[('') x 3, 'Content-Type: application/json', '']
--- error_code eval
[(200) x 5]
--- response_body_like eval
[(qr/chunk_received/) x 3, qr/"size":8044/, qr/\A\Q${\ audio('s16.wav')}\E\z/]


=== TEST 6: a provisional header is replaced by the sealed one
--- request eval
my $bytes = audio('opus.webm');
my $before = $bytes;
substr($before, 300, 100) = 'p' x 100;
[chunk('take', 0, substr($before, 0, 1000), provisional => 1),
 chunk('take', 1, substr($bytes, 1000)),
 chunk('take', 0, substr($bytes, 0, 1000), total_chunks => 2),
 complete('{"file_id":"take","size":1220,"sha256":"' . sha256_hex($bytes) . '"}'),
 'GET /recording/take/audio']
--- more_headers eval
[('') x 3, 'Content-Type: application/json', '']
--- error_code eval
[(200) x 5]
--- response_body_like eval
[(qr/chunk_received/) x 3, qr/"status":"success"/,
 qr/\A\Q${\ audio('opus.webm')}\E\z/]


=== TEST 7: missing chunks are named (CHUNKS_MISSING)
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 4),
 chunk('take', 2, 'two'), complete('{"file_id":"take"}')]
--- more_headers eval
[('') x 2, 'Content-Type: application/json']
--- error_code eval
[200, 200, 409]
--- response_body_like eval
[(qr/chunk_received/) x 2,
 qr/"status":409,"code":"CHUNKS_MISSING".*"missing":\[\[1,1\],\[3,3\]\]/]


=== TEST 8: an upload whose end nobody knows is not taken for whole
--- request eval
[chunk('take', 0, audio('opus.webm')), complete('{"file_id":"take"}'),
 complete('{"file_id":"take","size":5000}')]
--- more_headers eval
['', ('Content-Type: application/json') x 2]
--- error_code eval
[200, 409, 409]
--- response_body_like eval
['chunk_received', (qr/"code":"CHUNKS_MISSING".*"total_chunks":null/) x 2]


=== TEST 9: size, total and digest are checked, and the upload stays
--- request eval
[chunk('take', 0, audio('opus.webm')),
 complete('{"file_id":"take","size":1219}'),
 complete('{"file_id":"take","sha256":"' . '0' x 64 . '"}'),
 'GET /upload/take', complete('{"file_id":"take","size":1220}')]
--- more_headers eval
['', ('Content-Type: application/json') x 2, '', 'Content-Type: application/json']
--- error_code eval
[200, 409, 422, 200, 200]
--- response_body_like eval
[qr/chunk_received/, problem(409, 'CHUNK_CONFLICT'),
 problem(422, 'DIGEST_MISMATCH'), qr/"status":"receiving"/, qr/"success"/]


=== TEST 10: an unknown upload is not found
--- request eval
complete('{"file_id":"nobody","total_chunks":1}')
--- more_headers
Content-Type: application/json
--- error_code: 404
--- response_body_like eval
problem(404, 'UPLOAD_NOT_FOUND')


=== TEST 11: video is refused
--- request eval
[chunk('take', 0, audio('video.webm'), total_chunks => 1),
 complete('{"file_id":"take"}'), 'GET /upload/take']
--- more_headers eval
['', 'Content-Type: application/json', '']
--- error_code eval
[200, 415, 200]
--- response_body_like eval
[qr/chunk_received/, problem(415, 'UNSUPPORTED_TYPE'), qr/"receiving"/]


=== TEST 12: what is no JSON object is refused
--- request eval
[map { complete($_) } '{"file_id":"take"', '[]', '"take"', '', '{"file_id":7}',
 '{"file_id":"take","size":"1"}', '{"file_id":"take","size":-1}',
 '{"file_id":"take","metadata":[]}', '{"file_id":"take","sha256":"xyz"}',
 '{"file_id":"take","metadata":' . '{"a":' x 40 . '1' . '}' x 40 . '}',
 '{"file_id":"take","metadata":{"a":99999999999999999999}}']
--- more_headers
Content-Type: application/json
--- error_code eval
[(400) x 11]
--- response_body_like eval
[(qr/"status":400,"code":"INVALID_(FORMAT|FIELD)"/) x 11]


=== TEST 13: metadata above 64 KiB is refused
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"take","metadata":{"a":"' . 'x' x 65536 . '"}}')]
--- more_headers eval
['', 'Content-Type: application/json']
--- error_code eval
[200, 413]
--- response_body_like eval
[qr/chunk_received/, problem(413, 'INVALID_FORMAT')]


=== TEST 14: a missing id and a bad id are told apart
--- request eval
[complete('{"total_chunks":1}'), complete('{"file_id":"../x"}')]
--- more_headers
Content-Type: application/json
--- error_code eval
[400, 400]
--- response_body_like eval
[problem(400, 'MISSING_FIELD'), problem(400, 'INVALID_ID')]


=== TEST 15: a name with control or direction characters is refused
--- request eval
[complete('{"file_id":"take","file_name":"a\u0007b"}'),
 complete('{"file_id":"take","file_name":"a\u202eb"}'),
 complete('{"file_id":"take","file_name":"' . 'n' x 256 . '"}')]
--- more_headers
Content-Type: application/json
--- error_code eval
[400, 400, 400]
--- response_body_like eval
[(problem(400, 'INVALID_FIELD')) x 3]


=== TEST 16: the form encoding with session_id works too
--- request eval
[chunk('take', 0, audio('opus.webm')),
 form('/recording/complete', session_id => 'take', file_name => 'Köln & co',
      total_chunks => 1, metadata => '{"k":1}')]
--- more_headers eval
['', 'Content-Type: application/x-www-form-urlencoded']
--- error_code eval
[200, 200]
--- response_body_like eval
[qr/chunk_received/, qr/"status":"success".*"name":"Köln & co".*"metadata":\{"k":1\}/]


=== TEST 17: another content type is refused (UNSUPPORTED_BODY)
--- request eval
complete('{"file_id":"take"}')
--- more_headers
Content-Type: text/plain
--- error_code: 415
--- response_body_like eval
problem(415, 'UNSUPPORTED_BODY')


=== TEST 18: a chunk for a finished recording is refused with the recording
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"take"}'), chunk('take', 1, 'late')]
--- more_headers eval
['', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 409]
--- response_body_like eval
[qr/chunk_received/, qr/success/,
 qr/"code":"ALREADY_COMPLETE".*"recording":\{"id":"take"/]


=== TEST 19: what a container does not state is taken from the client
--- request eval
[chunk('take', 0, audio('aiff.aiff'), total_chunks => 1),
 complete('{"file_id":"take","duration":0.25}')]
--- more_headers eval
['', 'Content-Type: application/json']
--- error_code eval
[200, 200]
--- response_body_like eval
[qr/chunk_received/,
 qr/"filename":"recording_\d{8}_\d{6}_take.aiff","name":"[^"]+",.*"duration":0.25,"mime_type":"audio\/aiff"/]


=== TEST 20: what a container states wins over the client
--- request eval
[chunk('take', 0, audio('opus.ogg'), total_chunks => 1),
 complete('{"file_id":"take","duration":99}')]
--- more_headers eval
['', 'Content-Type: application/json']
--- error_code eval
[200, 200]
--- response_body_like eval
[qr/chunk_received/,
 qr/"duration":0.5,"mime_type":"audio\/ogg","codec":"opus","channels":1,"sample_rate":48000/]
