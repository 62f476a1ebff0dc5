# tus 1.0.0: connections that break, stall, are taken over, and workers that die.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha1_base64);
use Test::More;
use WaveForge::Server;
use WaveForge::Tus;

my $server = WaveForge::Server->new;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $size = length $wav;

sub new_file() { return tus_create $server, "Upload-Length: $size" }

# How much has arrived, without ending who appends.
sub arrived($) {
    my ($id) = $_[0] =~ m{([^/]+)\z};

    return $server->get("/upload/$id") =~ /"received_bytes":(\d+)/ ? $1 : -1;
}

# All of it in the end, from where it stands: what is told when it is asked is
# accepted at once, also where what broke off was still at its last bytes.
sub finish($) {
    my $path = shift;
    my $offset = tus_offset $server, $path;

    like tus_patch($server, $path, $offset, substr $wav, $offset),
        qr{\AHTTP/1.1 204 .*Upload-Offset: $size\r\n}s;
    is +($server->get($path) =~ /\r\n\r\n(.*)/s)[0], $wav, 'every byte';
}

subtest 'what came before the connection was closed stays' => sub {
    my $path = new_file;
    my $socket = tus_begin $server, $path, 0, $size, substr $wav, 0, 100_001;

    close $socket or die $!;
    ok $server->wait_for(sub { arrived($path) == 100_001 });
    finish $path;
};

subtest 'what came before the connection was reset stays' => sub {
    my $path = new_file;
    my $socket = tus_begin $server, $path, 0, $size, substr $wav, 0, 70_001;

    ok $server->wait_for(sub { arrived($path) == 70_001 });
    print $socket substr $wav, 70_001, 10;
    WaveForge::Tus::reset($socket);
    finish $path;
};

subtest 'a body that is cut in the middle of a chunk of it stays, too' => sub {
    my $path = new_file;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head('PATCH', $path, undef,
        'Tus-Resumable: 1.0.0', 'Upload-Offset: 0',
        'Content-Type: application/offset+octet-stream',
        'Transfer-Encoding: chunked'), "ffff\r\n", substr $wav, 0, 20_000;
    close $socket or die $!;
    ok $server->wait_for(sub { arrived($path) == 20_000 });
    finish $path;
};

subtest 'a cut while a file is created leaves what came' => sub {
    my $socket = $server->connect;

    print $socket $server->head('POST', '/files/', $size,
        'Tus-Resumable: 1.0.0', "Upload-Length: $size",
        'Upload-Metadata: filename Y3V0',
        'Content-Type: application/offset+octet-stream'),
        substr $wav, 0, 50_000;
    close $socket or die $!;
    my $id;
    ok $server->wait_for(sub {
        ($id) = $server->get('/uploads') =~ /"file_id":"(\w+)","file_name":"cut"
            [^}]*"received_bytes":50000/x;
    });
    finish "/files/$id";
};

subtest 'of a body that is to be proven nothing stays of a part' => sub {
    my $path = new_file;
    my $socket = tus_begin $server, $path, 0, $size, substr($wav, 0, 200_000),
        'Upload-Checksum: sha1 ' . sha1_base64($wav) . '=';

    close $socket or die $!;
    is tus_offset($server, $path), 0;
    finish $path;
};

subtest 'what comes slowly is safe while the connection lasts' => sub {
    my $path = new_file;
    my $socket = tus_begin $server, $path, 0, $size, substr $wav, 0, 10;

    ok $server->wait_for(sub { arrived($path) == 10 }), 'a few bytes';
    print $socket substr $wav, 10, 990;
    ok $server->wait_for(sub { arrived($path) == 1000 }), 'a few more';
    print $socket substr $wav, 1000;
    like $server->answer($socket), qr{\AHTTP/1.1 204 .*Upload-Offset: $size}s;
    is +($server->get($path) =~ /\r\n\r\n(.*)/s)[0], $wav, 'every byte';
};

subtest 'what has arrived survives the death of its worker' => sub {
    my $path = new_file;
    my $socket = tus_begin $server, $path, 0, $size, substr $wav, 0, 123_456;

    ok $server->wait_for(sub { arrived($path) == 123_456 });
    kill 'KILL', $server->worker_of($socket);
    ok tus_is_closed($socket), 'the connection ends';
    is tus_offset($server, $path), 123_456;
    finish $path;
};

subtest 'a newer request takes over at once, and the older one is closed'
    => sub {
    for my $round (1 .. 4) {
        my $path = new_file;
        my $older = tus_begin $server, $path, 0, $size, substr $wav, 0, 5000;

        ok $server->wait_for(sub { arrived($path) == 5000 });
        like tus_patch($server, $path, 5000, substr $wav, 5000, 1000),
            qr{\AHTTP/1.1 204 .*Upload-Offset: 6000\r\n}s;
        ok tus_is_closed($older), 'closed, unanswered';
        finish $path;
    }
};

subtest 'the offset that HEAD tells is one to go on from' => sub {
    my $path = new_file;
    my $older = tus_begin $server, $path, 0, $size, substr $wav, 0, 5000;
    my $offset = tus_offset $server, $path;

    print $older substr $wav, 5000;
    ok tus_is_closed($older), 'who appended is ended';
    like tus_patch($server, $path, $offset, substr $wav, $offset),
        qr{\AHTTP/1.1 204 .*Upload-Offset: $size}s;
};

subtest 'deleting ends who appends, and no file stays (DELETED)' => sub {
    my $path = new_file;
    my $older = tus_begin $server, $path, 0, $size, substr $wav, 0, 5000;

    ok $server->wait_for(sub { arrived($path) == 5000 });
    print $older substr $wav, 5000, 5000;
    like tus($server, 'DELETE', $path), qr{\AHTTP/1.1 204 };
    like $server->answer($older), qr{\A\z|\AHTTP/1.1 410 };
    like tus_head($server, $path), qr{\AHTTP/1.1 404 };
    my ($id) = $path =~ m{([^/]+)\z};
    ok $server->wait_for(sub {
        return !grep { -e } glob "$server->{store}/.wfstore/uploads/$id.*";
    });
};

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\](?!.*signal 9)/,
    'nothing went wrong';

$server = WaveForge::Server->new(directives => 'client_body_timeout 1s;');

subtest 'a client that sends no more is closed, and what came stays' => sub {
    my $path = new_file;
    my $socket = tus_begin $server, $path, 0, $size, substr $wav, 0, 4321;

    ok tus_is_closed($socket), 'closed';
    is tus_offset($server, $path), 4321;
    finish $path;
};

$server->stop;
$server = WaveForge::Server->new(directives => 'waveforge_upload_expiry 1s;');

subtest 'what rests for too long is no more, what is complete stays' => sub {
    my $path = tus_create $server, 'Upload-Length: 100';
    my $kept = new_file;

    tus_patch $server, $kept, 0, $wav;
    ok $server->wait_for(sub { tus_head($server, $path) =~ / 404 / });
    like tus_head($server, $kept), qr{\AHTTP/1.1 200 };
};

$server->stop;
$server = WaveForge::Server->new(
    directives => 'waveforge_upload_expiry 1s; waveforge_min_rate 0;');

subtest 'a file that somebody appends to does not expire' => sub {
    my $path = new_file;
    my $older = tus_begin $server, $path, 0, $size, substr $wav, 0, 5000;

    ok $server->wait_for(sub { arrived($path) == 5000 });
    my $rests = tus_create $server, 'Upload-Length: 100';
    ok $server->wait_for(sub { tus_head($server, $rests) =~ / 404 / }),
        'one that came later has expired';
    is arrived($path), 5000;
    print $older substr $wav, 5000;
    like $server->answer($older),
        qr{\AHTTP/1.1 204 .*Upload-Offset: $size\r\n}s;
    is +($server->get($path) =~ /\r\n\r\n(.*)/s)[0], $wav, 'every byte';
};

$server->stop;
done_testing;
