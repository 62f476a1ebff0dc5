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

=== TEST 1: an empty store has an empty list, of a total_size of 0
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


=== TEST 5: the same list is not sent again (If-None-Match)
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


=== TEST 8: a part of a name finds recordings, whatever its case
--- request eval
[main::three(), 'GET /recordings?q=A', 'GET /recordings?q=zeb&sort=name',
 'GET /recordings?q=zebras', 'GET /recordings?q=']
--- more_headers eval
[main::three_types(), ('') x 4]
--- error_code eval
[(200) x 10]
--- response_body_like eval
[(qr/./) x 6, main::ids(qw(a c b)),
 qr/\A\{"recordings":\[\{"id":"a"[^{}]*"metadata":\{\}\}\],"total":null,"total_size":null,"next":null\}\z/,
 qr/\A\{"recordings":\[\],"total":null,"total_size":null,"next":null\}\z/,
 qr/"total":3,"total_size":\d+,"next":null\}\z/]


=== TEST 9: case is no matter beyond ASCII either
--- request eval
[chunk('a', 0, audio('s16.wav'), total_chunks => 1),
 form('/recording/complete', file_id => 'a', file_name => 'Übung ЖАННА.wav'),
 'GET /recordings?q=%C3%BCBUNG+%D0%B6%D0%B0']
--- more_headers eval
['', 'Content-Type: application/x-www-form-urlencoded', '']
--- error_code eval
[200, 200, 200]
--- response_body_like eval
['chunk_received', 'success', main::ids('a')]


=== TEST 10: signs of patterns mean themselves
--- request eval
[main::three(), 'GET /recordings?q=%25', 'GET /recordings?q=_',
 'GET /recordings?q=*', 'GET /recordings?q=%27']
--- more_headers eval
[main::three_types(), ('') x 4]
--- error_code eval
[(200) x 10]
--- response_body_like eval
[(qr/./) x 6, (qr/\A\{"recordings":\[\],/) x 4]


=== TEST 11: what no name can have in it is refused
--- request eval
['GET /recordings?q=%ff', 'GET /recordings?q=a%0ab',
 'GET /recordings?q=%e2%80%ae', 'GET /recordings?q=' . 'x' x 256]
--- error_code eval
[(400) x 4]
--- response_body_like eval
[(problem(400, 'INVALID_FIELD', 'q\sis\snot\svalid')) x 4]
