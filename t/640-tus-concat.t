# tus 1.0.0: files that are made of others.

use strict;
use warnings;

use lib 't/lib';
use File::Temp qw(tempdir);
use Test::More;
use WaveForge::Server;
use WaveForge::Tus;

my $store = tempdir(CLEANUP => 1) . '/store';
my $server = WaveForge::Server->new(store => $store,
    http => 'large_client_header_buffers 4 64k;', server => <<"CONFIG");
        location /small/ {
            waveforge on;
            waveforge_store $store;
            waveforge_reserve 0;
            waveforge_max_recording_size 1000;
            client_max_body_size 0;
        }
CONFIG
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 30_000;
my $size = length $wav;

# The path of a part with these bytes.
sub part($) {
    my $bytes = shift;
    my $path = tus_create $server, 'Upload-Length: ' . length $bytes,
        'Upload-Concat: partial';

    tus_patch $server, $path, 0, $bytes if length $bytes;
    return $path;
}

sub body($) { return ($_[0] =~ /\r\n\r\n(.*)/s)[0] }

subtest 'a part is whatever was sent, and no recording' => sub {
    my $path = part 'this is not audio';
    my $head = tus_head $server, $path;
    my ($id) = $path =~ m{([^/]+)\z};

    like $head, qr/\r\nUpload-Offset: 17\r\n/;
    like $head, qr/\r\nUpload-Concat: partial\r\n/;
    like $server->get($path), qr{\AHTTP/1.1 404 };
    like $server->complete("{\"file_id\":\"$id\",\"size\":17}"),
        qr{\AHTTP/1.1 400 .*"code":"INVALID_FIELD"}s;
};

subtest 'parts become one recording in the order of the list' => sub {
    my @parts = (part substr($wav, 0, 9_000), part substr($wav, 9_000, 1),
                 part substr($wav, 9_001));
    my $list = "final;$parts[0] http://example.org:1$parts[1] $parts[2]";
    my $path = tus_create $server, "Upload-Concat: $list",
        'Upload-Metadata: filename d2hvbGUud2F2';
    my $head = tus_head $server, $path;
    my ($id) = $path =~ m{([^/]+)\z};

    is body($server->get($path)), $wav;
    like $head, qr/\r\nUpload-Length: $size\r\nUpload-Offset: $size\r\n/;
    like $head, qr/\r\nUpload-Concat: \Q$list\E\r\n/;
    like $server->get("/recording/$id"), qr/"name":"whole.wav"/;
    like tus_patch($server, $path, $size, 'x'),
        qr{\AHTTP/1.1 403 .*"code":"NOT_APPENDABLE"}s;
    is body($server->get($path)), $wav, 'and it stays as it is';
};

subtest 'a part may be there twice, and be used again' => sub {
    my ($head, $tail) = (part substr($wav, 0, 100), part substr($wav, 100));
    my $twice = tus_create $server, "Upload-Concat: final;$head $tail $tail";
    my $once = tus_create $server, "Upload-Concat: final;$head $tail";

    is body($server->get($twice)), $wav . substr $wav, 100;
    is body($server->get($once)), $wav;
};

subtest 'what was said of the parts is not said of the whole' => sub {
    my @parts = map {
        my $path = tus_create $server, 'Upload-Length: ' . length $_,
            'Upload-Concat: partial',
            'Upload-Metadata: filename cA==,mood cA==';

        tus_patch $server, $path, 0, $_;
        $path;
    } substr($wav, 0, 9), substr $wav, 9;
    my $path = tus_create $server, "Upload-Concat: final;@parts";

    like tus_head($server, $parts[0]), qr/\r\nUpload-Metadata: filename cA==,/;
    unlike tus_head($server, $path), qr/\r\nUpload-Metadata/;
    my $recording = $server->get($path =~ s/files/recording/r);
    like $recording, qr/"metadata":\{\}/;
    unlike $recording, qr/"name":"p"/;
};

subtest 'asked again for the same there is no second copy' => sub {
    my $list = 'Upload-Concat: final;' . part $wav;
    my $path = tus_create $server, $list;
    my $total = sub { $server->get('/recordings') =~ /"total":(\d+)/; $1 };
    my $before = $total->();

    is tus_create($server, $list), $path;
    is $total->(), $before;
    isnt tus_create($server, $list, 'Upload-Metadata: filename Yg=='), $path,
        'another name is another recording';
    like tus($server, 'DELETE', $path), qr{\AHTTP/1.1 204 };
    my $again = tus_create $server, $list;
    isnt $again, $path;
    is body($server->get($again)), $wav;
};

subtest 'what is no part, or not all there, is refused' => sub {
    my $half = tus_create $server, 'Upload-Length: 9', 'Upload-Concat: partial';
    my $deferred = tus_create $server, 'Upload-Defer-Length: 1',
        'Upload-Concat: partial';
    my $whole = tus_create $server, 'Upload-Length: 9';

    for my $case ([400, "final;$half"], [400, "final;$deferred"],
                  [400, "final;$whole"], [404, 'final;/files/nothing'],
                  [400, 'final;'], [400, 'final'], [400, 'junk'],
                  [400, 'final;/recording/x'], [400, 'final;/files/a.b']) {
        my ($status, $value) = @{$case};

        like tus($server, 'POST', '/files/', '', "Upload-Concat: $value"),
            qr{\AHTTP/1.1 $status }, $value;
    }
};

subtest 'a list with one that is no file makes nothing (INVALID_FIELD)' => sub {
    my $good = part $wav;

    for my $bad ('/recording/x', '/files/a.b', 'files') {
        like tus($server, 'POST', '/files/', '',
                 "Upload-Concat: final;$good $bad"),
            qr{\AHTTP/1.1 400 .*"code":"INVALID_FIELD"}s, $bad;
    }
};

subtest 'what is made of others has no length and no body (INVALID_FIELD)'
    => sub {
    my $list = 'Upload-Concat: final;' . part $wav;
    my $type = 'Content-Type: application/offset+octet-stream';

    for my $case (['', "Upload-Length: $size"], ['', 'Upload-Defer-Length: 1'],
                  ['x', $type], [undef, 'Transfer-Encoding: chunked', $type]) {
        my ($body, @headers) = @{$case};

        like tus($server, 'POST', '/files/', $body, $list, @headers),
            qr{\AHTTP/1.1 400 .*"code":"INVALID_FIELD"}s, $headers[0];
    }
    like tus($server, 'POST', '/files/', '', $list), qr{\AHTTP/1.1 201 },
        'without them it can be made';
};

subtest 'a file is made of at most 500 others (INVALID_FIELD)' => sub {
    my $list = part substr $wav, 0, 100;
    my @answers = map {
        tus $server, 'POST', '/files/', '', 'Upload-Concat: final;'
            . join ' ', ($list) x $_
    } 500, 501;

    like $answers[0], qr{\AHTTP/1.1 201 };
    like tus_head($server, $answers[0] =~ /\r\nLocation: (\S+)/),
        qr/\r\nUpload-Length: 50000\r\n/;
    like $answers[1], qr{\AHTTP/1.1 400 .*"code":"INVALID_FIELD".*\b500\b}s;
};

subtest 'what is no audio in the end is refused' => sub {
    my $list = part 'x' x 100;

    like tus($server, 'POST', '/files/', '', "Upload-Concat: final;$list"),
        qr{\AHTTP/1.1 415 .*"code":"UNSUPPORTED_TYPE"}s;
};

subtest 'the limit of a recording is that of its parts together' => sub {
    my $list = join ' ', part substr($wav, 0, 600), part substr($wav, 600, 401);

    like tus($server, 'POST', '/small/files/', '',
             "Upload-Concat: final;$list"),
        qr{\AHTTP/1.1 413 .*"code":"FILE_TOO_LARGE"}s;
};

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'nothing went wrong';
done_testing;
