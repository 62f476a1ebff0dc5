# tus 1.0.0: appending piece by piece, lengths that come later, checksums.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha1_base64);
use Test::More;
use WaveForge::Server;
use WaveForge::Tus;

my $server = WaveForge::Server->new;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 30_000;
my $size = length $wav;

sub sha1($) { return 'Upload-Checksum: sha1 ' . sha1_base64($_[0]) . '=' }

subtest 'PATCH /files/{file_id}: pieces become one recording of the bytes sent' => sub {
    my $path = tus_create $server, "Upload-Length: $size";

    like tus_head($server, $path),
        qr/\r\nUpload-Length: $size\r\nUpload-Offset: 0\r\n/;
    my $answer = tus_patch $server, $path, 0, substr $wav, 0, 10_000;
    like $answer, qr{\AHTTP/1.1[ ]204[ ].*\r\nUpload-Offset:[ ]10000\r\n
        Upload-Expires:[ ]\w{3},[ ]\d\d[ ]\w{3}[ ]\d{4}[ ]\S{8}[ ]GMT\r\n}sx;
    is tus_offset($server, $path), 10_000;
    like tus_patch($server, $path, 10_000, substr $wav, 10_000),
        qr{\AHTTP/1.1 204 .*\r\nUpload-Offset: $size\r\n(?!.*Upload-Expires)}s;
    is +($server->get($path) =~ /\r\n\r\n(.*)/s)[0], $wav;
    like $server->request('GET', $path, undef, 'Range: bytes=8-11'),
        qr{\AHTTP/1.1 206 .*\r\n\r\nWAVE\z}s;
    like tus_head($server, $path), qr{\AHTTP/1.1 200 .*Upload-Length: $size}s;
};

subtest 'a recording is complete for who appends nothing, and full for others'
    => sub {
    my $path = tus_create $server, "Upload-Length: $size";

    tus_patch $server, $path, 0, $wav;
    like tus_patch($server, $path, $size, ''),
        qr{\AHTTP/1.1 204 .*Upload-Offset: $size}s;
    like tus_patch($server, $path, $size, 'x'),
        qr{\AHTTP/1.1 413 .*"code":"FILE_TOO_LARGE"}s;
    like tus_patch($server, $path, 5, ''),
        qr{\AHTTP/1.1 409 .*Upload-Offset: $size}s;
};

subtest 'another offset is refused with the right one (OFFSET_MISMATCH)' => sub {
    my $path = tus_create $server, "Upload-Length: $size";

    tus_patch $server, $path, 0, substr $wav, 0, 100;
    for my $offset (0, 99, 101, 100_000) {
        like tus_patch($server, $path, $offset, 'x'), qr{\AHTTP/1.1[ ]409[ ].*
            \r\nUpload-Offset:[ ]100\r\n.*"code":"OFFSET_MISMATCH"}sx;
    }
    is tus_offset($server, $path), 100;
};

subtest 'more than was announced is refused, with a length or without' => sub {
    my $path = tus_create $server, 'Upload-Length: 100';

    like tus_patch($server, $path, 0, substr $wav, 0, 101),
        qr{\AHTTP/1.1 413 };
    is tus_offset($server, $path), 0;
    like tus($server, 'PATCH', $path, undef, 'Upload-Offset: 0',
             'Content-Type: application/offset+octet-stream',
             "Transfer-Encoding: chunked\r\n\r\n65\r\n"
             . substr($wav, 0, 101) . "\r\n0"), qr{\AHTTP/1.1 413 };
    is tus_offset($server, $path), 0;
};

subtest 'a body without a length is appended' => sub {
    my $path = tus_create $server, "Upload-Length: $size";
    my $body = join '', map { sprintf "%x\r\n%s\r\n", length, $_ }
        $wav =~ /(.{1,1000})/sg;

    like tus($server, 'PATCH', $path, undef, 'Upload-Offset: 0',
             'Content-Type: application/offset+octet-stream',
             "Transfer-Encoding: chunked\r\n\r\n${body}0"),
        qr{\AHTTP/1.1 204 .*Upload-Offset: $size}s;
    is +($server->get($path) =~ /\r\n\r\n(.*)/s)[0], $wav;
};

subtest 'a length may come later, once, and not below what is there' => sub {
    my $path = tus_create $server, 'Upload-Defer-Length: 1';

    like tus_head($server, $path), qr/\r\nUpload-Defer-Length: 1\r\n/;
    unlike tus_head($server, $path), qr/\r\nUpload-Length:/;
    tus_patch $server, $path, 0, substr $wav, 0, 100;
    like tus_head($server, $path), qr/\r\nUpload-Defer-Length: 1\r\n/;
    like tus_patch($server, $path, 100, '', 'Upload-Length: 99'),
        qr{\AHTTP/1.1 400 };
    like tus_patch($server, $path, 100, '', 'Upload-Length: 9999999999'),
        qr{\AHTTP/1.1 413 };
    like tus_patch($server, $path, 100, '', "Upload-Length: $size"),
        qr{\AHTTP/1.1 204 };
    my $head = tus_head $server, $path;
    like $head, qr/\r\nUpload-Length: $size\r\n/;
    unlike $head, qr/\r\nUpload-Defer-Length/;
    like tus_patch($server, $path, 100, '', 'Upload-Length: 200'),
        qr{\AHTTP/1.1 400 .*"code":"INVALID_FIELD"}s;
    like tus_patch($server, $path, 100, substr($wav, 100),
                   "Upload-Length: $size"), qr{\AHTTP/1.1 204 };
    like $server->get($path), qr{\AHTTP/1.1 200 };
};

subtest 'a length that is what has come completes the file' => sub {
    my $path = tus_create $server, 'Upload-Defer-Length: 1';

    tus_patch $server, $path, 0, $wav;
    like $server->get($path), qr{\AHTTP/1.1 404 };
    like tus_patch($server, $path, $size, '', "Upload-Length: $size"),
        qr{\AHTTP/1.1 204 };
    like $server->get($path), qr{\AHTTP/1.1 200 };
};

subtest 'of a wrong checksum nothing stays, and a good one goes on' => sub {
    my $path = tus_create $server, "Upload-Length: $size";
    my $half = substr $wav, 0, 10_000;

    for my $checksum (sha1('other'), 'Upload-Checksum: sha1 YWJj') {
        like tus_patch($server, $path, 0, $half, $checksum),
            qr{\AHTTP/1.1 460 Checksum Mismatch\r\n.*DIGEST_MISMATCH}s;
        is tus_offset($server, $path), 0;
    }
    like tus_patch($server, $path, 0, $half, 'Upload-Checksum: crc32 AAAA'),
        qr{\AHTTP/1.1 400 .*"code":"INVALID_DIGEST"}s;
    is tus_offset($server, $path), 0;
    like tus_patch($server, $path, 0, $half, sha1 $half),
        qr{\AHTTP/1.1 204 .*Upload-Offset: 10000}s;
};

subtest 'metadata is told as it was given, also once it is complete' => sub {
    my $given = 'zeta,filename YS53YXY=,empty ,alpha eA==';
    my $path = tus_create $server, "Upload-Length: $size",
        "Upload-Metadata: $given";

    like tus_head($server, $path), qr/\r\nUpload-Metadata: \Q$given\E\r\n/;
    tus_patch $server, $path, 0, $wav;
    like tus_head($server, $path), qr/\r\nUpload-Metadata: \Q$given\E\r\n/;
    my ($id) = $path =~ m{([^/]+)\z};
    like $server->get("/recording/$id"),
        qr/"name":"a.wav".*"metadata":\{"zeta":"","empty":"","alpha":"x"\}/;
};

subtest 'bytes of metadata that are no text stay as they came' => sub {
    my $path = tus_create $server, "Upload-Length: $size",
        'Upload-Metadata: filename AQI=,raw /wA=,nul YQBi';

    tus_patch $server, $path, 0, $wav;
    my ($id) = $path =~ m{([^/]+)\z};
    like $server->get("/recording/$id"), qr/"metadata":\{
        "filename":"\\u0001\\u0002","raw":"\/wA=","nul":"YQBi"\}/x;
};

subtest 'what can be refused is refused before the body is asked for' => sub {
    my $path = tus_create $server, "Upload-Length: 100";
    my @cases = (
        [412, 'Upload-Offset: 0'],
        [409, 'Tus-Resumable: 1.0.0', 'Upload-Offset: 7'],
        [413, 'Tus-Resumable: 1.0.0', 'Upload-Offset: 0'],
        [403, 'Tus-Resumable: 1.0.0', 'Upload-Offset: 0',
         'Sec-Fetch-Site: cross-site'],
    );

    for my $case (@cases) {
        my ($status, @headers) = @{$case};
        my $socket = $server->connect;

        print $socket $server->head('PATCH', $path, 101, @headers,
            'Content-Type: application/offset+octet-stream',
            'Expect: 100-continue');
        like $server->answer($socket), qr{\AHTTP/1.1 $status };
    }
};

subtest 'a new file is refused before its body is asked for, too' => sub {
    my $count = sub { $server->get('/uploads') =~ /"total":(\d+),/ ? $1 : -1 };
    my $before = $count->();
    my $version = 'Tus-Resumable: 1.0.0';
    my $type = 'Content-Type: application/offset+octet-stream';

    for my $case ([412, $type, 'Upload-Length: 9'],
                  [415, $version, 'Upload-Length: 9'],
                  [400, $version, $type],
                  [400, $version, $type, 'Upload-Length: 9',
                   'Upload-Checksum: md5 AAAA'],
                  [413, $version, $type, 'Upload-Length: 1073741825'],
                  [413, $version, $type, 'Upload-Length: 8'],
                  [403, $version, $type, 'Upload-Length: 9',
                   'Origin: https://a.example']) {
        my ($status, @headers) = @{$case};
        my $socket = $server->connect;

        print $socket $server->head('POST', '/files/', 9, @headers,
                                    'Expect: 100-continue');
        like $server->answer($socket), qr{\AHTTP/1[.]1[ ]$status[ ]
            .*\r\nTus-Resumable:[ ]1[.]0[.]0\r\n}sx, "$status @headers";
    }
    is $count->(), $before, 'and none was begun';
};

subtest 'a file is created with its first bytes, and then appended to' => sub {
    my $answer = tus $server, 'POST', '/files/', substr($wav, 0, 100),
        "Upload-Length: $size", sha1 substr($wav, 0, 100),
        'Content-Type: application/offset+octet-stream';
    my ($path) = $answer =~ m{\AHTTP/1.1 201 .*\r\nLocation: (\S+)\r\n}s;

    like $answer, qr/\r\nUpload-Offset: 100\r\nUpload-Expires: /;
    is tus_offset($server, $path), 100;
    like tus_patch($server, $path, 100, substr $wav, 100), qr{\AHTTP/1.1 204 };
    like tus_head($server, $path), qr{\AHTTP/1[.]1[ ]200[ ]
        .*\r\nUpload-Offset:[ ]$size\r\n.*\r\nCache-Control:[ ]no-store\r\n}sx;
};

subtest 'what was deleted is gone for everybody' => sub {
    my $path = tus_create $server, "Upload-Length: $size";

    tus_patch $server, $path, 0, substr $wav, 0, 100;
    like tus($server, 'DELETE', $path), qr{\AHTTP/1.1 204 };
    like tus_patch($server, $path, 100, 'x'), qr{\AHTTP/1.1 4(04|10) };
    like tus_head($server, $path), qr{\AHTTP/1.1 404 };
    like $server->get($path), qr{\AHTTP/1.1 404 };
    my ($id) = $path =~ m{([^/]+)\z};
    is_deeply [glob "$server->{store}/.wfstore/uploads/$id.*"], [];
};

subtest 'an upload of tus takes no chunks, and is given up like others' => sub {
    my $path = tus_create $server, "Upload-Length: $size";
    my ($id) = $path =~ m{([^/]+)\z};

    tus_patch $server, $path, 0, substr $wav, 0, 100;
    like $server->chunk("file_id=$id&chunk_index=0", $wav),
        qr{\AHTTP/1.1 409 .*"code":"CHUNK_CONFLICT"}s;
    like $server->chunk("file_id=$id&chunk_index=1", $wav),
        qr{\AHTTP/1.1 409 .*"code":"CHUNK_CONFLICT"}s;
    is tus_offset($server, $path), 100, 'it is as it was';
    like $server->request('DELETE', "/upload/$id"), qr{\AHTTP/1.1 200 };
    like tus_head($server, $path), qr{\AHTTP/1.1 404 };
};

subtest 'a length may come with the first bytes' => sub {
    my $path = tus_create $server, 'Upload-Defer-Length: 1';

    like tus_patch($server, $path, 0, substr($wav, 0, 100),
                   "Upload-Length: $size"), qr{\AHTTP/1.1 204 };
    like tus_head($server, $path),
        qr/\r\nUpload-Length: $size\r\nUpload-Offset: 100\r\n/;
    like tus_patch($server, $path, 100, 'x', 'Upload-Length: 101'),
        qr{\AHTTP/1.1 400 .*"code":"INVALID_FIELD"}s;
    is tus_offset($server, $path), 100, 'another is refused with its bytes';
    like tus_head($server, $path), qr/\r\nUpload-Length: $size\r\n/;
};

subtest 'an upload of tus can be completed like any other' => sub {
    my $path = tus_create $server, 'Upload-Defer-Length: 1';
    my ($id) = $path =~ m{([^/]+)\z};

    tus_patch $server, $path, 0, $wav;
    like $server->get("/upload/$id"), qr/"received_bytes":$size/;
    like $server->complete("{\"file_id\":\"$id\",\"size\":$size}"),
        qr/"status":"success"/;
    like tus_head($server, $path), qr{\AHTTP/1.1 200 .*Upload-Offset: $size}s;
};

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'nothing went wrong';
$server = WaveForge::Server->new(directives => 'waveforge_quota 20000;');

subtest 'what there is no room for is refused, and what came stays' => sub {
    my $path = tus_create $server, 'Upload-Defer-Length: 1';

    like tus_patch($server, $path, 0, substr $wav, 0, 10_000),
        qr{\AHTTP/1.1 204 };
    like tus_patch($server, $path, 10_000, substr $wav, 10_000),
        qr{\AHTTP/1[.]1[ ]507[ ](?=.*\r\nTus-Resumable:[ ]1[.]0[.]0\r\n)
           .*"code":"STORAGE_FULL"}sx;
    is tus_offset($server, $path), 10_000;
    like tus_patch($server, $path, 10_000, substr $wav, 10_000, 10_000),
        qr{\AHTTP/1.1 204 .*Upload-Offset: 20000}s, 'what has room goes on';
};

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'nothing went wrong';
done_testing;
