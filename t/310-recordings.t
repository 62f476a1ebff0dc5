# GET /recordings.

use lib 't/lib';
use WaveForge;

# Three recordings, b before a in time, c without a duration.
sub three() {
    my @requests;
    my @facts = (['a', 'opus.webm', 'Zebra', 3000], ['b', 's16.wav', 'apple', 1000],
                 ['c', 'caf.caf', 'Mango', 2000]);

    for my $fact (@facts) {
        my ($id, $file, $name, $timestamp) = @$fact;
        push @requests, chunk($id, 0, audio($file), total_chunks => 1),
            form('/recording/complete', file_id => $id, file_name => $name,
                 timestamp => $timestamp);
    }
    return @requests;
}

sub three_types() {
    return ('', 'Content-Type: application/x-www-form-urlencoded') x 3;
}

sub ids(@) {
    my $ids = join '.*', map { "\"id\":\"$_\"" } @_;
    return qr/\A\{"recordings":\[\{$ids/;
}

no_shuffle();
run_tests();

__DATA__

=== TEST 1: an empty store has an empty list
--- request
GET /recordings
--- response_headers_like
ETag: "[0-9a-f]+"
Cache-Control: private, no-cache
Content-Type: application/json
--- response_body eval
qq({"recordings":[],"total":0,"total_size":0,"next":null})


=== TEST 2: the newest comes first
--- request eval
[main::three(), 'GET /recordings']
--- more_headers eval
[main::three_types(), '']
--- error_code eval
[(200) x 7]
--- response_body_like eval
[(qr/./) x 6, main::ids(qw(a c b))]


=== TEST 3: every order, with unknown durations last in both directions
--- request eval
[main::three(), map { "GET /recordings?sort=$_" }
    qw(timestamp name -name size -size duration -duration)]
--- more_headers eval
[main::three_types(), ('') x 7]
--- error_code eval
[(200) x 13]
--- response_body_like eval
[(qr/./) x 6, main::ids(qw(b c a)), main::ids(qw(b c a)), main::ids(qw(a c b)),
 main::ids(qw(a b c)), main::ids(qw(c b a)), main::ids(qw(b a c)),
 main::ids(qw(a b c))]


=== TEST 4: a page ends with a cursor and the last one without
--- request eval
[main::three(), 'GET /recordings?limit=2', 'GET /recordings?limit=3']
--- more_headers eval
[main::three_types(), ('') x 2]
--- error_code eval
[(200) x 8]
--- response_body_like eval
[(qr/./) x 6, qr/"id":"a".*"id":"c".*"total":3,"total_size":\d+,"next":"[^"]+"\}/,
 qr/"total":3,"total_size":\d+,"next":null\}/]


=== TEST 5: the same list is not sent again
--- request eval
['GET /recordings', 'GET /recordings']
--- more_headers eval
['', 'If-None-Match: *']
--- error_code eval
[200, 304]
--- response_body_like eval
[qr/recordings/, qr/\A\z/]


=== TEST 6: a limit out of range, a bad sort and a broken cursor are refused
--- request eval
['GET /recordings?limit=0', 'GET /recordings?limit=1001',
 'GET /recordings?limit=x', 'GET /recordings?sort=colour',
 'GET /recordings?cursor=broken', 'GET /recordings?cursor=%00']
--- error_code eval
[(400) x 6]
--- response_body_like eval
[(problem(400, 'INVALID_FIELD')) x 4, (problem(400, 'INVALID_CURSOR')) x 2]


=== TEST 7: another method is told which ones there are
--- request
POST /recordings
--- error_code: 405
--- response_headers
Allow: GET, HEAD, OPTIONS
--- response_body_like eval
problem(405, 'METHOD_NOT_ALLOWED')
