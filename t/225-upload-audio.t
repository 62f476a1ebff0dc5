# GET and HEAD of /upload/{id}/audio: listening to what is there.

use lib 't/lib';
use WaveForge;

# An upload of this provisional header and the rest, then the requests.
sub provisional(@) {
    my $bytes = audio('opus.webm');

    return [chunk('take', 0, substr($bytes, 0, 500), provisional => 1),
            chunk('take', 1, substr($bytes, 500)), @_];
}

no_shuffle();
run_tests();

__DATA__

=== TEST 1: GET /upload/{file_id}/audio is what has arrived of it to be listened to, and is not stored
--- request eval
[chunk('take', 0, audio('opus.webm'), file_name => 'x.html'),
 'GET /upload/take/audio']
--- error_code eval
[200, 200]
--- raw_response_headers_like eval
['', qr{(?=.*\r\nContent-Type: audio/webm\r\n)(?=.*\r\nX-Content-Type-Options: nosniff\r\n)(?=.*\r\nContent-Security-Policy: sandbox)(?=.*\r\nCross-Origin-Resource-Policy: same-origin\r\n)(?=.*\r\nAccept-Ranges: bytes\r\n)(?=.*\r\nCache-Control: no-store\r\n)(?=.*\r\nContent-Length: 1220\r\n)(?!.*\r\n(?:ETag|Last-Modified):)}s]
--- response_body_like eval
[qr/chunk_received/, qr/\A\Q${\ audio('opus.webm')}\E\z/]


=== TEST 2: what lies behind a gap is not told, and then it is
--- request eval
my $bytes = audio('s16.wav');
[chunk('take', 0, substr($bytes, 0, 3000), chunk_size => 3000),
 chunk('take', 2, substr($bytes, 6000)), 'GET /upload/take/audio',
 chunk('take', 1, substr($bytes, 3000, 3000)), 'GET /upload/take/audio']
--- error_code eval
[(200) x 5]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Type: audio/wav\r\n}, '', '']
--- response_body_like eval
[qr/chunk_received/, qr/chunk_received/,
 qr/\A\Q${\ substr(audio('s16.wav'), 0, 3000)}\E\z/, qr/chunk_received/,
 qr/\A\Q${\ audio('s16.wav')}\E\z/]


=== TEST 3: the provisional header is in front
--- request eval
main::provisional('GET /upload/take/audio')
--- error_code eval
[(200) x 3]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Type: audio/webm\r\nContent-Length: 1220\r\n}]
--- response_body_like eval
[qr/chunk_received/, qr/chunk_received/, qr/\A\Q${\ audio('opus.webm')}\E\z/]


=== TEST 4: or stands alone
--- request eval
[chunk('take', 0, audio('opus.webm'), provisional => 1),
 'GET /upload/take/audio']
--- error_code eval
[200, 200]
--- response_body_like eval
[qr/chunk_received/, qr/\A\Q${\ audio('opus.webm')}\E\z/]


=== TEST 5: a range is sent alone, also over the end of the header
--- request eval
main::provisional(('GET /upload/take/audio') x 4)
--- more_headers eval
['', '', 'Range: bytes=4-9', 'Range: bytes=490-509', 'Range: bytes=600-699',
 'Range: bytes=-20']
--- error_code eval
[200, 200, (206) x 4]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Range: bytes 4-9/1220\r\n},
 qr{\r\nContent-Range: bytes 490-509/1220\r\n},
 qr{\r\nContent-Range: bytes 600-699/1220\r\n},
 qr{\r\nContent-Range: bytes 1200-1219/1220\r\n}]
--- response_body_like eval
[qr/./, qr/./, map { qr/\A\Q${\ substr(audio('opus.webm'), $_->[0], $_->[1])}\E\z/ }
    [4, 6], [490, 20], [600, 100], [1200, 20]]


=== TEST 6: several ranges are sent as parts, or everything with a header
--- request eval
[@{main::provisional('GET /upload/take/audio')},
 chunk('plain', 0, audio('opus.webm')), 'GET /upload/plain/audio']
--- more_headers eval
['', '', 'Range: bytes=0-3,1000-1003', '', 'Range: bytes=0-3,1000-1003']
--- error_code eval
[200, 200, 200, 200, 206]
--- response_body_like eval
[qr/./, qr/./, qr/\A\Q${\ audio('opus.webm')}\E\z/, qr/./,
 qr{Content-Range: bytes 0-3/1220\r\n.*Content-Range: bytes 1000-1003/1220\r\n}s]


=== TEST 7: a range beyond the end is refused (RANGE_NOT_SATISFIABLE)
--- request eval
main::provisional('GET /upload/take/audio')
--- more_headers eval
['', '', 'Range: bytes=1220-']
--- error_code eval
[200, 200, 416]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Range: bytes \*/1220\r\n}]
--- response_body_like eval
[qr/./, qr/./, problem(416, 'RANGE_NOT_SATISFIABLE')]


=== TEST 8: HEAD tells the length and sends nothing
--- request eval
main::provisional('HEAD /upload/take/audio', 'HEAD /upload/nobody/audio')
--- more_headers eval
['', '', 'Range: bytes=0-3', '']
--- error_code eval
[200, 200, 200, 404]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Length: 1220\r\n}, '']
--- response_body_like eval
[qr/./, qr/./, qr/\A\z/, qr/\A\z/]


=== TEST 9: conditions are not heeded, for there is nothing to compare
--- request eval
[chunk('take', 0, audio('opus.webm')), ('GET /upload/take/audio') x 2]
--- more_headers eval
['', 'If-None-Match: *', "Range: bytes=0-3\nIf-Range: \"x\""]
--- error_code eval
[200, 200, 200]
--- response_body_like eval
[qr/./, (qr/\A\Q${\ audio('opus.webm')}\E\z/) x 2]


=== TEST 10: while nothing is there it is not found
--- request eval
['GET /upload/nobody/audio', chunk('take', 1, 'tail'),
 'GET /upload/take/audio', 'DELETE /upload/take', 'GET /upload/take/audio',
 'GET /upload/a.b/audio']
--- error_code eval
[404, 200, 404, 200, 404, 400]
--- response_body_like eval
[problem(404, 'UPLOAD_NOT_FOUND'), qr/chunk_received/,
 problem(404, 'UPLOAD_NOT_FOUND'), qr/deleted/,
 problem(404, 'UPLOAD_NOT_FOUND'), problem(400, 'INVALID_ID')]


=== TEST 11: once it is a recording that is told
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"take"}'), 'GET /upload/take/audio']
--- more_headers eval
['', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 409]
--- response_body_like eval
[qr/./, qr/./, qr/"code":"ALREADY_COMPLETE".*"recording":\{"id":"take",/]


=== TEST 12: it can only be read
--- request
DELETE /upload/take/audio
--- error_code: 405
--- response_headers
Allow: GET, HEAD, OPTIONS
--- response_body_like eval
problem(405, 'METHOD_NOT_ALLOWED')
