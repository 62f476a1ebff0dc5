# The directives: what nginx refuses to start with, and what they change.

use lib 't/lib';
use WaveForge;

no_shuffle();
check_accum_error_log();
run_tests();

__DATA__

=== TEST 1: waveforge on needs a store
--- config
location / {
    waveforge on;
}
--- must_die
--- error_log: "waveforge on" needs "waveforge_store"


=== TEST 2: waveforge works in a prefix location only
--- config
location ~ ^/x {
    waveforge on;
    waveforge_store %STORE%;
}
--- must_die
--- error_log: "waveforge" directive works only in a prefix location


=== TEST 3: waveforge does not work in an exact location
--- config
location = /x {
    waveforge on;
    waveforge_store %STORE%;
}
--- must_die
--- error_log: "waveforge" directive works only in a prefix location


=== TEST 4: a location has one content handler
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    proxy_pass http://127.0.0.1:1;
}
--- must_die
--- error_log: with another content handler


=== TEST 5: a variable of a store has a name
--- config
location / {
    waveforge on;
    waveforge_store %STORE%/$-x;
}
--- must_die
--- error_log: "waveforge_store" directive has a variable that cannot be read


=== TEST 6: the second word of waveforge_store is existing, or wrong
--- config
location / {
    waveforge on;
    waveforge_store %STORE% exsting;
}
--- must_die
--- error_log: invalid parameter "exsting" in "waveforge_store"


=== TEST 7: a store has the same options wherever it is named
--- config
waveforge_store %STORE%;
location / {
    waveforge on;
}
location /b/ {
    waveforge on;
    waveforge_durability recording;
}
--- must_die
--- error_log: is used with other options


=== TEST 8: locations may share a store
--- config
waveforge_store %STORE%;
waveforge_reserve 0;
location / {
    waveforge on;
    client_max_body_size 0;
}
location /b/ {
    waveforge on;
    waveforge_max_chunk_size 10;
    client_max_body_size 0;
}
--- request eval
[chunk('take', 0, audio('opus.webm'), total_chunks => 1),
 complete('{"file_id":"take"}'),
 'GET /b/recording/take']
--- more_headers eval
['', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
['chunk_received', 'success', '"id":"take"']


=== TEST 9: a type is one of a list
--- directives
waveforge_types audio/webm audio/midi;
--- must_die
--- error_log: unknown type "audio/midi" in "waveforge_types"


=== TEST 10: an unknown durability is refused
--- directives
waveforge_durability never;
--- must_die
--- error_log: invalid value "never" in "waveforge_durability"


=== TEST 11: an unknown thread pool is refused
--- directives
waveforge_thread_pool nowhere;
--- must_die
--- error_log: unknown thread pool "nowhere"


=== TEST 12: a thread pool of one's own does the work
--- main_config
thread_pool disk threads=2;
--- directives
waveforge_thread_pool disk;
--- request eval
chunk('take', 0, audio('opus.webm'))
--- response_body_like: chunk_received


=== TEST 13: nginx warns of a client_max_body_size below a chunk's
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    client_max_body_size 1m;
}
--- request
GET /health/live
--- error_log: "client_max_body_size" is below "waveforge_max_chunk_size"


=== TEST 14: the configuration tells a client its limits
--- directives
waveforge_chunk_size 2m;
waveforge_max_chunk_size 4m;
waveforge_max_recording_size 0;
waveforge_types audio/wav audio/webm;
waveforge_upload_expiry 2h;
waveforge_durability recording;
--- request
GET /api/config
--- response_body chomp
{"chunk_size":2097152,"max_chunk_size":4194304,"max_recording_size":0,"allowed_types":["audio/webm","audio/wav"],"upload_expiry":7200,"retention":null,"durability":"recording","protocols":["chunk","tus","rufh"],"version":"1.0.0"}
--- response_headers
Content-Type: application/json
Cache-Control: no-store
X-Content-Type-Options: nosniff


=== TEST 15: waveforge_types narrows what is taken
--- directives
waveforge_types audio/wav;
--- request eval
[chunk('a', 0, audio('opus.webm')), chunk('b', 0, audio('s16.wav'))]
--- error_code eval
[415, 200]
--- response_body_like eval
[problem(415, 'UNSUPPORTED_TYPE'), 'chunk_received']


=== TEST 16: waveforge_types * takes anything
--- directives
waveforge_types *;
--- request eval
[chunk('a', 0, 'no audio at all', total_chunks => 1),
 complete('{"file_id":"a"}')]
--- more_headers eval
['', 'Content-Type: application/json']
--- error_code eval
[200, 200]
--- response_body_like eval
['chunk_received', '"mime_type":"application/octet-stream"']


=== TEST 17: waveforge_max_uploads bounds unfinished uploads (TOO_MANY_UPLOADS)
--- directives
waveforge_max_uploads 1;
--- request eval
[chunk('a', 0, audio('s16.wav')), chunk('b', 0, audio('s16.wav')),
 chunk('a', 1, 'more')]
--- error_code eval
[200, 429, 200]
--- response_body_like eval
['chunk_received', problem(429, 'TOO_MANY_UPLOADS'), 'chunk_received']


=== TEST 18: waveforge_reserve keeps space free (STORAGE_FULL)
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 1000000g;
    client_max_body_size 0;
}
--- request eval
chunk('take', 0, audio('s16.wav'))
--- error_code: 507
--- response_body_like eval
problem(507, 'STORAGE_FULL')


=== TEST 19: waveforge_digest off leaves recordings without a SHA-256
--- directives
waveforge_digest off;
--- request eval
[chunk('take', 0, audio('s16.wav'), total_chunks => 1),
 complete('{"file_id":"take"}'),
 'HEAD /recording/take/audio']
--- more_headers eval
['', 'Content-Type: application/json', '']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
['chunk_received', '"sha256":null', '\A\z']
--- response_headers_like eval
['', '', 'ETag: "[0-9a-f]+-1f6c"']


=== TEST 20: an existing store is not created (STORAGE_ERROR)
--- config
location / {
    waveforge on;
    waveforge_store %STORE% existing;
}
--- request eval
[chunk('take', 0, audio('s16.wav')), 'GET /health', 'GET /health/live']
--- error_code eval
[503, 503, 200]
--- response_body_like eval
[problem(503, 'STORAGE_ERROR'), '"status":"failed".*"storage":null', 'live']
--- error_log: WFS_ENOSTORE


=== TEST 21: a store is created below a path that exists, not elsewhere
--- config
location / {
    waveforge on;
    waveforge_store %STORE%/missing/store;
}
--- request eval
chunk('take', 0, audio('s16.wav'))
--- error_code: 503
--- response_body_like eval
problem(503, 'STORAGE_ERROR')
--- error_log: No such file or directory


=== TEST 22: a location below a path has its resources below it
--- config
location /studio/ {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_reserve 0;
    client_max_body_size 0;
}
--- request eval
["POST /studio/upload/chunk?file_id=a&chunk_index=0\n" . audio('s16.wav'),
 'GET /studio/upload/a', 'GET /health/live']
--- error_code eval
[200, 200, 404]
--- response_body_like eval
['chunk_received', '"received_chunks":1', '404 Not Found']


=== TEST 23: a name without a slash at its end is a base, too
--- config
location /studio {
    waveforge on;
    waveforge_store %STORE%;
}
--- request eval
['GET /studio/health/live', 'GET /studiohealth/live']
--- error_code eval
[200, 404]
--- response_body_like eval
['live', 'NOT_FOUND']


=== TEST 24: waveforge off leaves everything to nginx
--- config
location / {
    waveforge off;
    waveforge_store %STORE%;
}
--- request
GET /health/live
--- error_code: 404
--- response_body_like: nginx


=== TEST 25: a nested location inherits, and may switch off
--- config
location / {
    waveforge on;
    waveforge_store %STORE%;
    waveforge_chunk_size 5m;

    location /api/ {
        waveforge_chunk_size 6m;
    }

    location /health {
        waveforge off;
    }
}
--- request eval
['GET /api/config', 'GET /health/live']
--- error_code eval
[200, 404]
--- response_body_like eval
['"chunk_size":6291456', '<html>']


=== TEST 26: waveforge_quota bounds what the store keeps
--- directives
waveforge_quota 10k;
--- request eval
[chunk('a', 0, audio('s16.wav'), total_chunks => 1),
 complete('{"file_id":"a"}'),
 chunk('b', 0, audio('s16.wav')),
 'DELETE /recording/a',
 chunk('b', 0, audio('s16.wav'))]
--- more_headers eval
['', 'Content-Type: application/json', '', '', '']
--- error_code eval
[200, 200, 507, 200, 200]
--- response_body_like eval
['chunk_received', 'success', problem(507, 'STORAGE_FULL', '[^"]*quota'),
 'deleted', 'chunk_received']


=== TEST 27: a location inherits the quota, and may lift it
--- config
waveforge_store %STORE%;
waveforge_quota 10;
waveforge_reserve 0;
location / {
    waveforge on;
}
location /b/ {
    waveforge on;
    waveforge_quota 0;
}
--- request eval
[chunk('take', 0, audio('s16.wav')),
 "POST /b/upload/chunk?file_id=take&chunk_index=0\n" . audio('s16.wav')]
--- error_code eval
[507, 200]
--- response_body_like eval
[problem(507, 'STORAGE_FULL'), 'chunk_received']


=== TEST 28: a quota is a size
--- directives
waveforge_quota half;
--- must_die
--- error_log: "waveforge_quota" directive invalid value


=== TEST 29: an expired upload is salvaged or deleted, nothing else
--- directives
waveforge_expired keep;
--- must_die
--- error_log: invalid value "keep" in "waveforge_expired"


=== TEST 30: a retention of nothing is refused, for it would delete everything
--- directives
waveforge_retention 0;
--- must_die
--- error_log: "waveforge_retention" directive needs a time above 0, or "off"


=== TEST 31: a retention is a time
--- directives
waveforge_retention long;
--- must_die
--- error_log: "waveforge_retention" directive needs a time above 0, or "off"


=== TEST 32: a retention is told once
--- directives
waveforge_retention 90d;
waveforge_retention off;
--- must_die
--- error_log: "waveforge_retention" directive is duplicate


=== TEST 33: a store has the same retention wherever it is named
--- config
waveforge_store %STORE%;
location / {
    waveforge on;
}
location /b/ {
    waveforge on;
    waveforge_retention 90d;
}
--- must_die
--- error_log: is used with other options


=== TEST 34: a store lets uploads expire in one way
--- config
waveforge_store %STORE%;
location / {
    waveforge on;
}
location /b/ {
    waveforge on;
    waveforge_expired delete;
}
--- must_die
--- error_log: is used with other options


=== TEST 35: a location inherits the retention, and may switch it off
--- config
waveforge_retention 90d;
location / {
    waveforge on;
    waveforge_store %STORE%;
}
location /b/ {
    waveforge on;
    waveforge_store %STORE%-b;
    waveforge_retention off;
}
--- request eval
['GET /api/config', 'GET /b/api/config']
--- response_body_like eval
['"retention":7776000,', '"retention":null,']


=== TEST 36: at least one request may wait
--- directives
waveforge_max_waiting 0;
--- must_die
--- error_log: "waveforge_max_waiting" directive needs a number above 0


=== TEST 37: how many may wait is a number
--- directives
waveforge_max_waiting many;
--- must_die
--- error_log: "waveforge_max_waiting" directive invalid number


=== TEST 38: how many may wait is told once
--- directives
waveforge_max_waiting 1;
waveforge_max_waiting 2;
--- must_die
--- error_log: "waveforge_max_waiting" directive is duplicate


=== TEST 39: where a single request may wait one after the other is answered
--- directives
waveforge_max_waiting 1;
--- request eval
['GET /recordings', 'GET /uploads', 'GET /recordings']
--- error_code eval
[200, 200, 200]


=== TEST 40: a location inherits a store with variables, or has another
--- config
waveforge_store %STORE%-$http_x_user;
waveforge_reserve 0;
location / {
    waveforge on;
    client_max_body_size 0;
}
location /b/ {
    waveforge on;
    client_max_body_size 0;
}
location /c/ {
    waveforge on;
    waveforge_store %STORE%;
    client_max_body_size 0;
}
--- request eval
[chunk('take', 0, audio('s16.wav')), 'GET /b/upload/take', 'GET /c/upload/take']
--- more_headers
X-User: alice
--- error_code eval
[200, 200, 404]
--- response_body_like eval
['chunk_received', '"received_chunks":1', problem(404, 'UPLOAD_NOT_FOUND')]


=== TEST 41: a variable of a store is one that nginx knows
--- config
location / {
    waveforge on;
    waveforge_store %STORE%/$nowhere;
}
--- must_die
--- error_log: unknown "nowhere" variable


=== TEST 42: a brace of a variable is closed
--- config
location / {
    waveforge on;
    waveforge_store "%STORE%/${remote_user";
}
--- must_die
--- error_log: "waveforge_store" directive has a variable that cannot be read


=== TEST 43: a variable may be in braces, and stand between other bytes
--- config
location / {
    waveforge on;
    waveforge_store %STORE%-${arg_u}s-$arg_v;
}
--- request eval
['GET /recordings?u=a&v=b', 'GET /recordings?u=a', 'GET /recordings?v=b']
--- error_code eval
[200, 403, 403]
--- response_body_like eval
['"total":0', problem(403, 'NO_STORE'), problem(403, 'NO_STORE')]


=== TEST 44: at least one store may be open
--- http_config
waveforge_open_stores 0;
--- config
--- must_die
--- error_log: "waveforge_open_stores" directive needs a number above 0


=== TEST 45: an idle time is a time
--- http_config
waveforge_open_stores 1 idle=soon;
--- config
--- must_die
--- error_log: "waveforge_open_stores" directive needs an idle time above 0


=== TEST 46: the second word of waveforge_open_stores is the idle time
--- http_config
waveforge_open_stores 1 1h;
--- config
--- must_die
--- error_log: invalid parameter "1h" in "waveforge_open_stores"


=== TEST 47: waveforge_open_stores stands once, in http
--- http_config
waveforge_open_stores 1;
waveforge_open_stores 2;
--- config
--- must_die
--- error_log: "waveforge_open_stores" directive is duplicate


=== TEST 48: waveforge_min_rate is a size
--- directives
waveforge_min_rate fast;
--- must_die
--- error_log: "waveforge_min_rate" directive invalid value


=== TEST 49: chunks of no bytes are refused
--- directives
waveforge_chunk_size 0;
--- must_die
--- error_log: "waveforge_chunk_size" directive needs a size above 0


=== TEST 50: a chunk cannot be without a bound
--- directives
waveforge_max_chunk_size 0;
--- must_die
--- error_log: "waveforge_max_chunk_size" directive needs a size above 0
