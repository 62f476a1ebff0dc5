# GET and HEAD of /recording/{id}/audio and /download.

use lib 't/lib';
use WaveForge;

# A finished recording, then the requests; headers go with the last one.
sub finished(@) {
    return [chunk('take', 0, audio('opus.webm'), total_chunks => 1,
                  file_name => 'Gespräch "Köln".webm'),
            complete('{"file_id":"take"}'), @_];
}

sub headers(@) {
    return ['', 'Content-Type: application/json', @_];
}

sub tag() {
    return '"' . sha256_hex(audio('opus.webm')) . '"';
}

no_shuffle();
run_tests();

__DATA__

=== TEST 1: GET /recording/{id}/audio tells what the bytes are (Accept-Ranges, Last-Modified, Repr-Digest) and keeps them harmless (X-Content-Type-Options, Content-Security-Policy, Cross-Origin-Resource-Policy)
--- request eval
main::finished('GET /recording/take/audio')
--- more_headers eval
main::headers('')
--- error_code eval
[200, 200, 200]
--- raw_response_headers_like eval
['', '',
 qr{(?=.*\r\nContent-Type: audio/webm\r\n)(?=.*\r\nX-Content-Type-Options: nosniff\r\n)(?=.*\r\nContent-Security-Policy: sandbox)(?=.*\r\nCross-Origin-Resource-Policy: same-origin\r\n)(?=.*\r\nAccept-Ranges: bytes\r\n)(?=.*\r\nLast-Modified: [^\r]+ GMT\r\n)(?=.*\r\nRepr-Digest: sha-256=:[A-Za-z0-9+/]+=:\r\n)(?=.*\r\nETag: ${\ main::tag()}\r\n)(?=.*\r\nCache-Control: private, no-cache\r\n)(?=.*\r\nContent-Length: 1220\r\n)}s]
--- response_body_like eval
[qr/./, qr/./, qr/\A\Q${\ audio('opus.webm')}\E\z/]


=== TEST 2: a Range is sent alone
--- request eval
main::finished('GET /recording/take/audio')
--- more_headers eval
main::headers('Range: bytes=4-9')
--- error_code eval
[200, 200, 206]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Range: bytes 4-9/1220\r\n}]
--- response_body_like eval
[qr/./, qr/./, qr/\A\Q${\ substr(audio('opus.webm'), 4, 6)}\E\z/]


=== TEST 3: a range may count from the end
--- request eval
main::finished('GET /recording/take/audio')
--- more_headers eval
main::headers('Range: bytes=-20')
--- error_code eval
[200, 200, 206]
--- response_body_like eval
[qr/./, qr/./, qr/\A\Q${\ substr(audio('opus.webm'), -20)}\E\z/]


=== TEST 4: several ranges are sent as parts
--- request eval
main::finished('GET /recording/take/audio')
--- more_headers eval
main::headers('Range: bytes=0-3,100-103')
--- error_code eval
[200, 200, 206]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Type: multipart/byteranges; boundary=}]
--- response_body_like eval
[qr/./, qr/./,
 qr{Content-Range: bytes 0-3/1220\r\n\r\n\Q${\ substr(audio('opus.webm'), 0, 4)}\E\r\n.*Content-Range: bytes 100-103/1220\r\n\r\n\Q${\ substr(audio('opus.webm'), 100, 4)}\E\r\n}s]


=== TEST 5: a range beyond the end is refused
--- request eval
main::finished('GET /recording/take/audio')
--- more_headers eval
main::headers('Range: bytes=1220-')
--- error_code eval
[200, 200, 416]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Range: bytes \*/1220\r\n}]
--- response_body_like eval
[qr/./, qr/./, qr/./]


=== TEST 6: If-Range with another ETag gets everything
--- request eval
main::finished('GET /recording/take/audio', 'GET /recording/take/audio')
--- more_headers eval
main::headers("Range: bytes=0-3\nIf-Range: \"other\"",
              "Range: bytes=0-3\nIf-Range: " . main::tag())
--- error_code eval
[200, 200, 200, 206]
--- response_body_like eval
[qr/./, qr/./, qr/\A\Q${\ audio('opus.webm')}\E\z/,
 qr/\A\Q${\ substr(audio('opus.webm'), 0, 4)}\E\z/]


=== TEST 7: what the client has is not sent again
--- request eval
main::finished('GET /recording/take/audio', 'HEAD /recording/take/download')
--- more_headers eval
main::headers('If-None-Match: ' . main::tag(), 'If-None-Match: ' . main::tag())
--- error_code eval
[200, 200, 304, 304]
--- response_body_like eval
[qr/./, qr/./, qr/\A\z/, qr/\A\z/]


=== TEST 8: HEAD tells the length and sends nothing
--- request eval
main::finished('HEAD /recording/take/audio')
--- more_headers eval
main::headers('')
--- error_code eval
[200, 200, 200]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Length: 1220\r\n}]
--- response_body_like eval
[qr/./, qr/./, qr/\A\z/]


=== TEST 9: GET /recording/{id}/download has the recording's name, in ASCII and in full (Content-Disposition)
--- request eval
main::finished('GET /recording/take/download')
--- more_headers eval
main::headers('')
--- error_code eval
[200, 200, 200]
--- raw_response_headers_like eval
['', '',
 qr{\r\nContent-Disposition: attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''Gespr%C3%A4ch%20%22K%C3%B6ln%22.webm\r\n}]
--- response_body_like eval
[qr/./, qr/./, qr/\A\Q${\ audio('opus.webm')}\E\z/]


=== TEST 10: the type is the content's, whatever the client says
--- request eval
[chunk('take', 0, audio('s16.wav'), total_chunks => 1, file_name => 'x.html'),
 complete('{"file_id":"take","mime_type":"text/html"}'),
 'GET /recording/take/audio']
--- more_headers eval
['Content-Type: text/html', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200]
--- raw_response_headers_like eval
['', '', qr{\r\nContent-Type: audio/wav\r\n}]
--- response_body_like eval
[qr/./, qr/./, qr/\ARIFF/]


=== TEST 11: audio can only be read
--- request
DELETE /recording/take/audio
--- error_code: 405
--- response_headers
Allow: GET, HEAD, OPTIONS
--- response_body_like eval
problem(405, 'METHOD_NOT_ALLOWED')
