# Pages of other sites: preflights, the headers of answers, who may change
# something.

use lib 't/lib';
use WaveForge;

no_shuffle();
check_accum_error_log();
run_tests();

__DATA__

=== TEST 1: without waveforge_cors no answer has a header of CORS
--- request eval
['OPTIONS /recordings', 'GET /recordings']
--- more_headers eval
["Origin: https://a.example\nAccess-Control-Request-Method: GET",
 'Origin: https://a.example']
--- error_code eval
[204, 200]
--- raw_response_headers_unlike eval
[(qr/Access-Control|Vary/i) x 2]


=== TEST 2: a preflight tells what may be sent, and for how long
--- directives
waveforge_cors https://a.example https://b.example:8443;
--- request eval
['OPTIONS /upload/chunk', 'OPTIONS /recording/take', 'OPTIONS /recordings']
--- more_headers eval
["Origin: https://a.example\nAccess-Control-Request-Method: POST\n"
 . 'Access-Control-Request-Headers: content-digest,content-type',
 "Origin: https://b.example:8443\nAccess-Control-Request-Method: DELETE",
 "Origin: https://A.EXAMPLE\nAccess-Control-Request-Method: GET"]
--- error_code eval
[204, 204, 204]
--- raw_response_headers_like eval
my $max_age = qr/(?=.*\r\nAccess-Control-Max-Age: 7200\r\n)/s;
my $credentials = qr/(?=.*\r\nAccess-Control-Allow-Credentials: true\r\n)/s;
my $both = qr/$max_age$credentials(?=.*\r\nVary: Origin\r\n)/s;
[qr/\A$both(?=.*\r\nAccess-Control-Allow-Origin:[ ]https:\/\/a.example\r\n)
    (?=.*\r\nAccess-Control-Allow-Methods:[ ]POST,[ ]OPTIONS\r\n)
    (?=.*\r\nAccess-Control-Allow-Headers:[ ]content-digest,content-type\r\n)
    /xs,
 qr/\A$both(?=.*\r\nAccess-Control-Allow-Origin:[ ]https:\/\/b.example:8443\r)
    (?=.*\r\nAccess-Control-Allow-Methods:[ ]GET,[ ]HEAD,[ ]PATCH,[ ]DELETE)
    /xs,
 qr/\A$both(?=.*\r\nAccess-Control-Allow-Origin:[ ]https:\/\/a.example\r\n)
    /xs]
--- response_body_like eval
[(qr/\A\z/) x 3]


=== TEST 3: any origin is told so, and never with credentials
--- directives
waveforge_cors *;
--- request eval
['OPTIONS /upload/chunk', 'GET /recordings', 'GET /recordings']
--- more_headers eval
["Origin: https://x.example\nAccess-Control-Request-Method: POST",
 'Origin: null', '']
--- error_code eval
[204, 200, 200]
--- raw_response_headers_like eval
[(qr/\r\nAccess-Control-Allow-Origin: \*\r\n/) x 3]
--- raw_response_headers_unlike eval
[(qr/Access-Control-Allow-Credentials|Vary/) x 3]


=== TEST 4: neither passwords nor limits stand before a preflight
--- http_config
limit_req_zone $server_name zone=rate:1m rate=1r/m;
limit_conn_zone $server_name zone=connections:1m;
--- config
location = /auth {
    return 401;
}
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_cors https://a.example;
    client_max_body_size 0;
    auth_request /auth;
    auth_basic studio;
    auth_basic_user_file /nonexistent;
    deny all;
    limit_req zone=rate;
    limit_conn connections 1;
}
--- request eval
[('OPTIONS /upload/chunk') x 3, 'OPTIONS /recordings', 'OPTIONS /recordings']
--- more_headers eval
my $of = "Access-Control-Request-Method: POST\nOrigin: https://";
[("${of}a.example") x 3, "${of}b.example", "${of}a.example"]
--- error_code eval
[204, 204, 204, 403, 204]


=== TEST 5: a preflight of another origin gets an answer without CORS
--- directives
waveforge_cors https://a.example;
--- request eval
[('OPTIONS /upload/chunk') x 5]
--- more_headers eval
[map { "Origin: $_\nAccess-Control-Request-Method: POST" }
 'https://a.example.evil', 'http://a.example', 'https://a.example:444', 'null',
 'https://a.exampl']
--- error_code eval
[(204) x 5]
--- raw_response_headers_like eval
[(qr/\r\nAllow: POST, OPTIONS\r\n/) x 5]
--- raw_response_headers_unlike eval
[(qr/Access-Control/) x 5]


=== TEST 6: what is not there has no CORS, unless it is below what is ours
--- directives
waveforge_cors https://a.example;
--- request eval
['OPTIONS /nothing', 'GET /nothing', 'OPTIONS /upload/a/b', 'GET /upload/a/b',
 'POST /recording/a/b']
--- more_headers eval
[("Origin: https://a.example\nAccess-Control-Request-Method: GET") x 5]
--- error_code eval
[(404) x 5]
--- raw_response_headers_like eval
[(qr/./) x 2,
 (qr/\r\nAccess-Control-Allow-Origin: https:\/\/a.example\r\n/) x 3]
--- raw_response_headers_unlike eval
[(qr/Access-Control/) x 2, (qr/Access-Control-Allow-Methods/) x 3]


=== TEST 7: OPTIONS that is no preflight tells the methods
--- directives
waveforge_cors https://a.example;
--- request eval
['OPTIONS /recordings', 'OPTIONS /recordings']
--- more_headers eval
['', 'Origin: https://a.example']
--- error_code eval
[204, 204]
--- raw_response_headers_like eval
[qr/\r\nAllow: GET, HEAD, OPTIONS\r\n/,
 qr/\r\nAccess-Control-Allow-Origin: https:\/\/a.example\r\n/]
--- raw_response_headers_unlike eval
[(qr/Access-Control-(Allow-Methods|Max-Age)/) x 2]


=== TEST 8: header names that cannot stand in a header are not repeated
--- directives
waveforge_cors https://a.example;
--- request eval
[('OPTIONS /upload/chunk') x 3]
--- more_headers eval
[map { "Origin: https://a.example\nAccess-Control-Request-Method: POST\n"
       . "Access-Control-Request-Headers: $_" } 'a b', 'x,,y', 'a' x 1025]
--- error_code eval
[(204) x 3]
--- raw_response_headers_like eval
[(qr/\r\nAccess-Control-Allow-Methods: POST, OPTIONS\r\n/) x 3]
--- raw_response_headers_unlike eval
[(qr/Access-Control-Allow-Headers/) x 3]


=== TEST 9: an allowed page uploads, completes, and reads all it needs
--- directives
waveforge_cors https://a.example;
--- request eval
[chunk('take', 0, audio('opus.webm')), complete('{"file_id":"take","size":1220}'),
 'GET /recording/take/audio', 'GET /recording/take/download',
 'GET /recording/take/audio']
--- more_headers eval
my $page = "Origin: https://a.example\nSec-Fetch-Site: cross-site\n";
[$page, "${page}Content-Type: application/json", $page, $page,
 "${page}Range: bytes=99999-"]
--- error_code eval
[200, 200, 200, 200, 416]
--- raw_response_headers_like eval
[(qr/\A(?=.*\r\nAccess-Control-Allow-Origin:[ ]https:\/\/a.example\r\n)
     (?=.*\r\nAccess-Control-Allow-Credentials:[ ]true\r\n)
     (?=.*\r\nVary:[ ]Origin\r\n)
     (?=.*\r\nAccess-Control-Expose-Headers:[ ]Retry-After,[ ]ETag,
        [ ]Content-Range,[ ]Content-Disposition,[ ]Repr-Digest\r\n)/xs) x 5]
--- raw_response_headers_unlike eval
[(qr/(\r\nAccess-Control-Allow-Origin.*){2}|(\r\nVary.*){2}/s) x 5]


=== TEST 10: pages that are not allowed may not change anything
--- directives
waveforge_cors https://a.example;
--- request eval
[(chunk('take', 0, audio('opus.webm'))) x 3, 'DELETE /recording/take',
 'GET /upload/take']
--- more_headers eval
["Origin: https://b.example\nSec-Fetch-Site: cross-site",
 'Sec-Fetch-Site: cross-site', 'Origin: null', 'Origin: http://a.example', '']
--- error_code eval
[403, 403, 403, 403, 404]
--- response_body_like eval
[(problem(403, 'FORBIDDEN_ORIGIN')) x 4, problem(404, 'UPLOAD_NOT_FOUND')]
--- raw_response_headers_unlike eval
[(qr/Access-Control/) x 5]


=== TEST 11: any page may, but not with what the browser adds by itself
--- directives
waveforge_cors *;
--- request eval
[(chunk('take', 0, audio('opus.webm'))) x 5]
--- more_headers eval
[map { "Origin: https://b.example\nSec-Fetch-Site: cross-site\n$_" }
 'Cookie: a=b', 'Authorization: Basic YTpi', 'Authorization: Bear',
 'Authorization: Bearer x', '']
--- error_code eval
[403, 403, 403, 200, 200]
--- raw_response_headers_like eval
[(qr/\r\nAccess-Control-Allow-Origin: \*\r\n/) x 5]


=== TEST 12: errors of nginx itself can be read by an allowed page
--- http_config
limit_req_zone $http_x_limit zone=rate:1m rate=1r/m;
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_cors https://a.example;
    waveforge_max_chunk_size 1k;
    client_max_body_size 1k;
    limit_req zone=rate;
    limit_req_status 429;
}
location /locked/ {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_cors https://a.example;
    waveforge_max_chunk_size 1k;
    client_max_body_size 1k;
    auth_basic studio;
    auth_basic_user_file /nonexistent;
}
--- request eval
[chunk('take', 0, audio('opus.webm')), 'GET /locked/recordings',
 'GET /health/live', 'GET /health/live', 'GET /recording/a.b']
--- more_headers eval
my $page = 'Origin: https://a.example';
[$page, $page, "$page\nX-Limit: x", "$page\nX-Limit: x", $page]
--- error_code eval
[413, 401, 200, 429, 400]
--- raw_response_headers_like eval
[(qr/\r\nAccess-Control-Allow-Origin: https:\/\/a.example\r\n/) x 5]
--- raw_response_headers_unlike eval
[(qr/(\r\nAccess-Control-Allow-Origin.*){2}|(\r\nVary.*){2}/s) x 5]


=== TEST 13: audio is for other sites only where they are allowed
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
}
location /open/ {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    waveforge_cors *;
}
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"take"}'), 'GET /recording/take/audio',
 'GET /open/recording/take/audio', 'GET /open/recording/take/download',
 'GET /open/recordings']
--- more_headers eval
['', 'Content-Type: application/json', '', '', '', '']
--- error_code eval
[(200) x 6]
--- raw_response_headers_like eval
my $resource_policy = qr/\r\nCross-Origin-Resource-Policy: same-origin\r\n/;
my $no_policy = qr/\A(?!.*\r\nCross-Origin-Resource-Policy)/s;
[$resource_policy, $resource_policy, $resource_policy, $no_policy, $no_policy,
 $resource_policy]


=== TEST 14: static files stay as they are
--- directives
waveforge_cors *;
--- user_files
>>> index.html
the studio
--- request
GET /index.html
--- more_headers
Origin: https://a.example
--- error_code: 200
--- raw_response_headers_unlike: Access-Control


=== TEST 15: a location inherits the origins, or turns them off
--- http_config
waveforge_cors https://a.example;
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;

    location /closed/ {
        waveforge on;
        waveforge_cors off;
    }
}
--- request eval
['GET /recordings', 'GET /closed/recordings']
--- more_headers eval
[('Origin: https://a.example') x 2]
--- error_code eval
[200, 200]
--- raw_response_headers_like eval
[qr/\r\nAccess-Control-Allow-Origin: /, qr/\A(?!.*Access-Control)/s]


=== TEST 16: what is no origin is refused
--- directives
waveforge_cors https://a.example https://b.example/;
--- must_die
--- error_log: "https://b.example/" is no origin in "waveforge_cors"


=== TEST 17: any origin and one by name is refused
--- directives
waveforge_cors https://a.example *;
--- must_die
--- error_log: "*" is no origin in "waveforge_cors"


=== TEST 18: off and an origin is refused
--- directives
waveforge_cors off https://a.example;
--- must_die
--- error_log: "off" is no origin in "waveforge_cors"


=== TEST 19: an origin named twice is refused
--- directives
waveforge_cors https://a.example HTTPS://A.example:443;
--- must_die
--- error_log: duplicate origin "https://a.example" in "waveforge_cors"


=== TEST 20: origins are told once in a location
--- directives
waveforge_cors off;
waveforge_cors *;
--- must_die
--- error_log: "waveforge_cors" directive is duplicate


=== TEST 21: below /files/ a page can read all that resumable uploads tell
--- directives
waveforge_cors https://a.example;
--- request eval
['OPTIONS /files/', 'OPTIONS /files/take', 'HEAD /files/take',
 'GET /files/take', 'OPTIONS /files/']
--- more_headers eval
my $page = "Origin: https://a.example\nSec-Fetch-Site: cross-site\n";
my $ask = "${page}Access-Control-Request-Headers: tus-resumable,upload-complete"
    . "\nAccess-Control-Request-Method: ";
["${ask}POST", "${ask}PATCH", "${page}Tus-Resumable: 1.0.0", $page, $page]
--- error_code eval
[204, 204, 404, 404, 200]
--- raw_response_headers_like eval
my $all = qr/(?=.*\r\nAccess-Control-Allow-Origin:[ ]https:\/\/a.example\r\n)
    (?=.*\r\nAccess-Control-Expose-Headers:[^\r]*[ ]Repr-Digest,[ ]Location,
    [ ]Upload-Offset,[ ]Upload-Length,[ ]Upload-Metadata,
    [ ]Upload-Defer-Length,[ ]Upload-Concat,[ ]Upload-Expires,
    [ ]Upload-Complete,[ ]Upload-Limit,[ ]Tus-Version,[ ]Tus-Resumable,
    [ ]Tus-Max-Size,[ ]Tus-Extension,[ ]Tus-Checksum-Algorithm\r\n)/xs;
my $names = qr/(?=.*\r\nAccess-Control-Allow-Headers:[ ]
    tus-resumable,upload-complete\r\n)/xs;
[qr/\A$all$names(?=.*\r\nAccess-Control-Allow-Methods:[ ]POST,)/xs,
 qr/\A$all$names
    (?=.*\r\nAccess-Control-Allow-Methods:[ ]GET,[ ]HEAD,[ ]PATCH,[ ]DELETE)
    /xs,
 (qr/\A$all/s) x 3]
