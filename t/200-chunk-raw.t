# POST /upload/chunk with the chunk as the body and its fields in the query.

use lib 't/lib';
use WaveForge;

no_shuffle();
run_tests();

__DATA__

=== TEST 1: POST /upload/chunk receives a chunk, and tells what has arrived (received_chunks, received_bytes)
--- request eval
chunk('take', 0, audio('opus.webm'), total_chunks => 2, file_name => 'a b.webm')
--- response_body_like eval
qr/\A\{"status":"chunk_received","file_id":"take","chunk_index":0,"total_chunks":2,"size":1220,"sha256":null,"received_chunks":1,"received_bytes":1220\}\z/
--- response_headers
Content-Type: application/json
Cache-Control: no-store
X-Content-Type-Options: nosniff


=== TEST 2: the bytes of a recording are those of its chunks, in their order
--- request eval
[chunk('take', 2, 'third'), chunk('take', 0, audio('s16.wav')),
 chunk('take', 1, 'second', total_chunks => 3),
 complete('{"file_id":"take"}'), 'GET /recording/take/audio']
--- more_headers eval
['', '', '', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200, 200, 200]
--- response_body_like eval
['"received_chunks":1', '"received_chunks":2', '"received_chunks":3',
 'success', qr/\A\Q${\ audio('s16.wav')}\Esecondthird\z/]


=== TEST 3: chunks of one size have their place from the beginning
--- request eval
[chunk('take', 1, substr(audio('s16.wav'), 4098), chunk_size => 4098),
 'GET /upload/take', chunk('take', 0, substr(audio('s16.wav'), 0, 4098)),
 complete('{"file_id":"take"}'), 'GET /recording/take/audio']
--- more_headers eval
['', '', '', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200, 200, 200]
--- response_body_like eval
['"total_chunks":2', '"missing":\[\[0,0\]\]', '"total_chunks":2', 'success',
 qr/\A\Q${\ audio('s16.wav')}\E\z/]


=== TEST 4: a body without a length is a chunk, too
--- raw_request eval
my $audio = audio('s16.wav');
"POST /upload/chunk?file_id=take&chunk_index=0 HTTP/1.1\r\nHost: x\r\n"
    . "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    . CORE::join('', map { sprintf "%x\r\n%s\r\n", length, $_ }
                   $audio =~ /(.{1,7})/sg)
    . "0\r\n\r\n"
--- response_body_like: chunk_received.*"size":8044


=== TEST 5: a digest that fits is told in the answer
--- request eval
chunk('take', 0, audio('s16.wav'))
--- more_headers eval
content_digest(audio('s16.wav'))
--- response_body_like eval
'"sha256":"' . sha256_hex(audio('s16.wav')) . '"'


=== TEST 6: other bytes than the digest says leave no trace (DIGEST_MISMATCH)
--- request eval
[chunk('take', 0, audio('s16.wav')), 'GET /upload/take']
--- more_headers eval
[content_digest('other bytes'), '']
--- error_code eval
[422, 404]
--- response_body_like eval
[problem(422, 'DIGEST_MISMATCH'), problem(404, 'UPLOAD_NOT_FOUND')]


=== TEST 7: SHA-512 is a digest, too
--- request eval
[map { chunk($_, 0, 'RIFF....WAVE') } qw(good bad)]
--- more_headers eval
my $digest = Digest::SHA::sha512_base64('RIFF....WAVE');
["Content-Digest: sha-512=:$digest==:",
 'Content-Digest: sha-512=:' . Digest::SHA::sha512_base64('x') . '==:']
--- error_code eval
[200, 422]
--- response_body_like eval
['chunk_received', problem(422, 'DIGEST_MISMATCH')]


=== TEST 8: a digest that cannot be read is refused (INVALID_DIGEST)
--- request eval
[map { chunk('take', 0, 'RIFF....WAVE') } 1 .. 3]
--- more_headers eval
['Content-Digest: sha-256=:AAAA:', 'Content-Digest: md5=:AAAA:',
 'Content-Digest: sha-256']
--- error_code eval
[400, 400, 400]
--- response_body_like eval
[map { problem(400, 'INVALID_DIGEST') } 1 .. 3]


=== TEST 9: the same bytes again are no error
--- request eval
[chunk('take', 0, audio('s16.wav')), chunk('take', 0, audio('s16.wav'))]
--- error_code eval
[200, 200]
--- response_body_like eval
['"status":"chunk_received".*"received_chunks":1',
 '"status":"chunk_already_exists".*"size":8044.*"received_chunks":1']


=== TEST 10: other bytes of the same length are a conflict (CHUNK_CONFLICT)
--- request eval
[chunk('take', 0, audio('s16.wav')),
 chunk('take', 0, audio('s16.wav') =~ s/.\z/#/sr)]
--- error_code eval
[200, 409]
--- response_body_like eval
['chunk_received', problem(409, 'CHUNK_CONFLICT')]


=== TEST 11: another length is a conflict before the body is read
--- more_headers eval
['', 'Expect: 100-continue']
--- request eval
[map { "POST /upload/chunk?file_id=take&chunk_index=0\n$_" }
     'RIFF....WAVE', 'RIFF....WAVE.']
--- error_code eval
[200, 409]
--- response_body_like eval
['chunk_received', problem(409, 'CHUNK_CONFLICT')]


=== TEST 12: what is there with this digest is not asked for again
--- more_headers eval
my $digest = content_digest('RIFF....WAVE');
[$digest, "$digest\nExpect: 100-continue"]
--- request eval
[map { "POST /upload/chunk?file_id=take&chunk_index=0\nRIFF....WAVE" } 1, 2]
--- error_code eval
[200, 200]
--- response_body_like eval
['chunk_received', 'chunk_already_exists']


=== TEST 13: a chunk needs a file_id and a chunk_index (MISSING_FIELD)
--- request eval
["POST /upload/chunk\nx", "POST /upload/chunk?chunk_index=0\nx",
 "POST /upload/chunk?file_id=take\nx"]
--- error_code eval
[400, 400, 400]
--- response_body_like eval
[problem(400, 'MISSING_FIELD', 'file_id\sis\smissing'),
 problem(400, 'MISSING_FIELD', 'file_id\sis\smissing'),
 problem(400, 'MISSING_FIELD', 'chunk_index\sis\smissing')]


=== TEST 14: absurd fields are refused by name (INVALID_FIELD)
--- request eval
[map { "POST /upload/chunk?file_id=take&chunk_index=0&$_\nx" }
     'total_chunks=0', 'total_chunks=-1', 'chunk_size=1.5',
     'chunk_size=99999999999999999999', 'provisional=2', 'file_name=a%0Ab',
     'chunk_index=1']
--- error_code eval
[map { 400 } 1 .. 7]
--- response_body_like eval
[map { problem(400, 'INVALID_FIELD', "$_\\sis\\snot\\svalid") }
     qw(total_chunks total_chunks chunk_size chunk_size provisional file_name
        chunk_index)]


=== TEST 15: an id is letters, digits, _ and - (INVALID_ID)
--- request eval
[map { "POST /upload/chunk?file_id=$_&chunk_index=0\nx" }
     '', '..', 'a%2Fb', '..%2F..%2Fetc%2Fpasswd', 'a%00', 'x' x 65]
--- error_code eval
[map { 400 } 1 .. 6]
--- response_body_like eval
[map { problem(400, 'INVALID_ID') } 1 .. 6]


=== TEST 16: an empty body is no chunk, without a length (EMPTY_CHUNK)
--- raw_request eval
"POST /upload/chunk?file_id=take&chunk_index=0 HTTP/1.1\r\nHost: x\r\n"
    . "Connection: close\r\n\r\n"
--- error_code: 400
--- response_body_like eval
problem(400, 'EMPTY_CHUNK')


=== TEST 17: an empty body is no chunk, of no bytes (EMPTY_CHUNK)
--- raw_request eval
"POST /upload/chunk?file_id=take&chunk_index=0 HTTP/1.1\r\nHost: x\r\n"
    . "Content-Length: 0\r\nConnection: close\r\n\r\n"
--- error_code: 400
--- response_body_like eval
problem(400, 'EMPTY_CHUNK')


=== TEST 18: an empty body is no chunk, in chunks (EMPTY_CHUNK)
--- raw_request eval
"POST /upload/chunk?file_id=take&chunk_index=0 HTTP/1.1\r\nHost: x\r\n"
    . "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
--- error_code: 400
--- response_body_like eval
problem(400, 'EMPTY_CHUNK')


=== TEST 19: what does not look like audio is refused at chunk 0 (UNSUPPORTED_TYPE)
--- request eval
[chunk('take', 0, '<html><body>hello</body></html>'), 'GET /upload/take']
--- error_code eval
[415, 404]
--- response_body_like eval
[problem(415, 'UNSUPPORTED_TYPE'), problem(404, 'UPLOAD_NOT_FOUND')]


=== TEST 20: a body with a Content-Encoding is refused (UNSUPPORTED_ENCODING)
--- request eval
[chunk('take', 0, audio('s16.wav')), chunk('take', 0, audio('s16.wav'))]
--- more_headers eval
['Content-Encoding: gzip', 'Content-Encoding: identity']
--- error_code eval
[415, 200]
--- response_body_like eval
[problem(415, 'UNSUPPORTED_ENCODING'), 'chunk_received']


=== TEST 21: a chunk above waveforge_max_chunk_size is refused unread (FILE_TOO_LARGE)
--- directives
waveforge_max_chunk_size 100;
--- raw_request eval
"POST /upload/chunk?file_id=take&chunk_index=0 HTTP/1.1\r\nHost: x\r\n"
    . "Content-Length: 101\r\nExpect: 100-continue\r\n\r\n"
--- error_code: 413
--- response_headers
Connection: close
--- response_body_like eval
problem(413, 'FILE_TOO_LARGE')


=== TEST 22: a chunk without a length that grows too large is refused
--- directives
waveforge_max_chunk_size 100;
--- raw_request eval
"POST /upload/chunk?file_id=take&chunk_index=0 HTTP/1.1\r\nHost: x\r\n"
    . "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    . "65\r\nRIFF....WAVE" . 'x' x 89 . "\r\n0\r\n\r\n"
--- error_code: 413
--- response_body_like eval
problem(413, 'FILE_TOO_LARGE')


=== TEST 23: a recording above waveforge_max_recording_size is refused
--- directives
waveforge_max_recording_size 10000;
--- request eval
[chunk('take', 0, audio('s16.wav')), chunk('take', 1, audio('s16.wav'))]
--- error_code eval
[200, 413]
--- response_body_like eval
['chunk_received', problem(413, 'FILE_TOO_LARGE')]


=== TEST 24: an upload has at most 1,000,000 chunks (TOO_MANY_CHUNKS)
--- request eval
[chunk('take', 1_000_000, 'x'), chunk('take', 0, 'x', total_chunks => 1_000_001)]
--- error_code eval
[413, 413]
--- response_body_like eval
[map { problem(413, 'TOO_MANY_CHUNKS') } 1 .. 2]


=== TEST 25: what chunks say of the upload may not change
--- request eval
[chunk('take', 0, substr(audio('s16.wav'), 0, 4098), chunk_size => 4098,
       total_chunks => 3),
 chunk('take', 1, 'x' x 4098, total_chunks => 4),
 chunk('take', 1, 'x' x 4098, chunk_size => 5000),
 chunk('take', 1, 'x' x 4099),
 chunk('take', 3, 'x')]
--- error_code eval
[200, 409, 409, 409, 409]
--- response_body_like eval
['chunk_received', map { problem(409, 'CHUNK_CONFLICT') } 1 .. 4]


=== TEST 26: the first refusal that applies is the one that is told
--- directives
waveforge_max_chunk_size 10;
--- request eval
["POST /upload/chunk?file_id=take&chunk_index=x\n" . 'x' x 20,
 chunk('take', 0, 'x' x 20), chunk('take', 0, 'x' x 20),
 chunk('take', 5, 'x' x 20, total_chunks => 5)]
--- more_headers eval
["Origin: https://evil.example\nContent-Encoding: gzip",
 "Origin: https://evil.example\nContent-Encoding: gzip",
 'Content-Encoding: gzip', '']
--- error_code eval
[400, 403, 415, 413]
--- response_body_like eval
[problem(400, 'INVALID_FIELD'), problem(403, 'FORBIDDEN_ORIGIN'),
 problem(415, 'UNSUPPORTED_ENCODING'), problem(413, 'FILE_TOO_LARGE')]


=== TEST 27: a finished recording takes no more chunks, and is told (ALREADY_COMPLETE)
--- request eval
[chunk('take', 0, audio('s16.wav'), total_chunks => 1),
 complete('{"file_id":"take"}'), chunk('take', 1, 'x')]
--- more_headers eval
['', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 409]
--- response_body_like eval
['chunk_received', 'success', '"code":"ALREADY_COMPLETE".*"recording":\{"id":"take"']


=== TEST 28: a deleted id stays deleted (DELETED)
--- request eval
[chunk('take', 0, audio('s16.wav')), 'DELETE /upload/take',
 chunk('take', 0, audio('s16.wav'))]
--- error_code eval
[200, 200, 410]
--- response_body_like eval
['chunk_received', '"status":"deleted"', problem(410, 'DELETED')]


=== TEST 29: a provisional header may be sent again until it is sealed
--- request eval
my $header = substr(audio('s16.wav'), 0, 44);
my $rest = substr(audio('s16.wav'), 44);
[chunk('take', 0, $header =~ s/\ARIFF..../RIFF____/sr, provisional => 1),
 chunk('take', 1, $rest, total_chunks => 2),
 chunk('take', 0, $header),
 chunk('take', 0, $header =~ s/\ARIFF..../RIFF----/sr),
 complete('{"file_id":"take"}'), 'GET /recording/take/audio']
--- more_headers eval
['', '', '', '', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200, 409, 200, 200]
--- response_body_like eval
['chunk_received', 'chunk_received', 'chunk_received',
 problem(409, 'CHUNK_CONFLICT'), 'success',
 qr/\A\Q${\ audio('s16.wav')}\E\z/]


=== TEST 30: a body that another module has read counts
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    client_max_body_size 0;
    mirror /mirror;
}
location /mirror {
    return 204;
}
--- request eval
[chunk('take', 0, audio('s16.wav'), total_chunks => 1),
 complete('{"file_id":"take"}'), 'GET /recording/take/audio']
--- more_headers eval
['', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
['chunk_received', 'success', qr/\A\Q${\ audio('s16.wav')}\E\z/]


=== TEST 31: a body that another module has had written to a file counts
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    client_max_body_size 0;
    client_body_in_file_only clean;
    mirror /mirror;
}
location /mirror {
    return 204;
}
--- request eval
[chunk('take', 0, audio('s16.wav') . 'x' x 300_000, total_chunks => 1),
 complete('{"file_id":"take"}'), 'GET /recording/take/audio']
--- more_headers eval
['', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
['"size":308044', 'success', qr/\A\Q${\ audio('s16.wav')}\E(?:x{30000}){10}\z/]


=== TEST 32: a copy of a request that comes without its body is no chunk
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
}
location /elsewhere {
    mirror /copy/upload/chunk;
    mirror_request_body off;
    root html;
}
location /copy {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
}
--- request eval
["POST /elsewhere?file_id=take&chunk_index=0\nbytes", 'GET /upload/take']
--- error_code eval
[404, 404]
--- response_body_like eval
['404 Not Found', problem(404, 'UPLOAD_NOT_FOUND')]


=== TEST 33: Content-Digest may come in several lines
--- request eval
[map { chunk($_, 0, 'RIFF....WAVE') } qw(good bad)]
--- more_headers eval
[map { "Content-Digest: md5=:AAAAAAAAAAAAAAAAAAAAAA==:\n" . content_digest($_) }
 'RIFF....WAVE', 'x']
--- error_code eval
[200, 422]
--- response_body_like eval
['chunk_received', problem(422, 'DIGEST_MISMATCH')]
