# GET, PATCH and DELETE /recording/{id}.

use lib 't/lib';
use WaveForge;

sub finished($) {
    return (chunk('take', 0, audio($_[0]), total_chunks => 1,
                  file_name => 'First'),
            complete('{"file_id":"take","metadata":{"keep":1,"drop":2}}'));
}

no_shuffle();
run_tests();

__DATA__

=== TEST 1: GET /recording/{id} sends the metadata with an ETag, and not again
--- request eval
[main::finished('opus.webm'), 'GET /recording/take', 'GET /recording/take',
 'HEAD /recording/take']
--- more_headers eval
['', 'Content-Type: application/json', '', 'If-None-Match: *', '']
--- error_code eval
[200, 200, 200, 304, 200]
--- response_body_like eval
[qr/./, qr/./,
 qr/\A\{"id":"take",.*"name":"First",.*"metadata":\{"keep":1,"drop":2\}\}\n?\z/,
 qr/\A\z/, qr/\A\z/]


=== TEST 2: PATCH /recording/{id} changes the name and nothing else
--- request eval
[main::finished('opus.webm'), patch('take', '{"name":"Zweiter, Köln"}'),
 'GET /recording/take']
--- more_headers eval
['', 'Content-Type: application/json',
 'Content-Type: application/merge-patch+json', '']
--- error_code eval
[(200) x 4]
--- response_body_like eval
[qr/./, qr/./,
 (qr/"filename":"recording_\d{8}_\d{6}_take.webm","name":"Zweiter, Köln",.*"metadata":\{"keep":1,"drop":2\}/) x 2]


=== TEST 3: metadata is merged, null removes
--- request eval
[main::finished('opus.webm'),
 patch('take', '{"metadata":{"drop":null,"new":{"deep":true}}}')]
--- more_headers eval
['', ('Content-Type: application/json') x 2]
--- error_code eval
[(200) x 3]
--- response_body_like eval
[qr/./, qr/./, qr/"metadata":\{"keep":1,"new":\{"deep":true\}\}/]


=== TEST 4: other members, bad names and bad JSON are refused
--- request eval
[main::finished('opus.webm'), patch('take', '{"size":1}'),
 patch('take', '{"name":""}'), patch('take', '{"name":7}'),
 patch('take', '{"name":"a\u0000b"}'), patch('take', '{"name"'),
 patch('take', '[]'), 'GET /recording/take']
--- more_headers eval
['', ('Content-Type: application/json') x 7, '']
--- error_code eval
[200, 200, (400) x 6, 200]
--- response_body_like eval
[qr/./, qr/./, (problem(400, 'INVALID_FIELD')) x 2,
 problem(400, 'INVALID_FORMAT'), problem(400, 'INVALID_FIELD'),
 (problem(400, 'INVALID_FORMAT')) x 2,
 qr/"name":"First"/]


=== TEST 5: If-Match with another ETag changes and deletes nothing (PRECONDITION_FAILED)
--- request eval
[main::finished('opus.webm'), patch('take', '{"name":"Other"}'),
 'DELETE /recording/take', 'GET /recording/take']
--- more_headers eval
['', 'Content-Type: application/json',
 "Content-Type: application/json\nIf-Match: \"0123456789abcdef\"",
 'If-Match: "0123456789abcdef"', '']
--- error_code eval
[200, 200, 412, 412, 200]
--- response_body_like eval
[qr/./, qr/./, (problem(412, 'PRECONDITION_FAILED')) x 2, qr/"name":"First"/]


=== TEST 6: If-Match: * changes what is there
--- request eval
[main::finished('opus.webm'), patch('take', '{"name":"Other"}')]
--- more_headers eval
['', 'Content-Type: application/json',
 "Content-Type: application/json\nIf-Match: *"]
--- error_code eval
[200, 200, 200]
--- response_body_like eval
[qr/./, qr/./, qr/"name":"Other"/]


=== TEST 7: a patch of another type is refused (UNSUPPORTED_BODY)
--- request eval
[main::finished('opus.webm'), patch('take', '{"name":"Other"}')]
--- more_headers eval
['', 'Content-Type: application/json', 'Content-Type: text/plain']
--- error_code eval
[200, 200, 415]
--- response_body_like eval
[qr/./, qr/./, problem(415, 'UNSUPPORTED_BODY')]


=== TEST 8: after DELETE /recording/{id} it is gone, its id refuses chunks
--- request eval
[main::finished('opus.webm'), 'DELETE /recording/take', 'GET /recording/take',
 'GET /recording/take/audio', 'DELETE /recording/take',
 chunk('take', 0, audio('opus.webm')), 'GET /recordings']
--- more_headers eval
['', 'Content-Type: application/json', ('') x 6]
--- error_code eval
[200, 200, 200, 404, 404, 404, 410, 200]
--- response_body_like eval
[qr/./, qr/./, qr/\A\{"status":"deleted","id":"take"\}/,
 (problem(404, 'RECORDING_NOT_FOUND')) x 3, problem(410, 'DELETED'),
 qr/"recordings":\[\],"total":0/]


=== TEST 9: an id with other characters is refused
--- request eval
['GET /recording/a.b', 'GET /recording/a%20b', 'DELETE /recording/a%3ab',
 'GET /recording/%c3%bc/audio', 'GET /recording/..%2f..%2fetc%2fpasswd/audio']
--- error_code eval
[(400) x 5]
--- response_body_like eval
[(problem(400, 'INVALID_ID')) x 4, qr/400 Bad Request/]


=== TEST 10: what does not exist is not found (RECORDING_NOT_FOUND)
--- request eval
['GET /recording/nobody', patch('nobody', '{"name":"a"}'),
 'DELETE /recording/nobody', 'GET /recording/nobody/audio',
 'GET /recording/nobody/download', 'GET /recording/nobody/cover']
--- more_headers
Content-Type: application/json
--- error_code eval
[(404) x 6]
--- response_body_like eval
[(problem(404, 'RECORDING_NOT_FOUND')) x 5, qr/"status":404/]
