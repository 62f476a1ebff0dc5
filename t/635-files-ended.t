# Appends below /files/ that end in the middle: by who looks, by a store that
# fails or is slow, by a client that leaves.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Answers qw(keep_answer);
use WaveForge::Catalogue;
use WaveForge::Server;
use WaveForge::Tus;

my $server = WaveForge::Server->new(workers => 1);
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $size = length $wav;
my $version = 'Upload-Draft-Interop-Version: 8';

sub new_file() { return tus_create $server, "Upload-Length: $size" }

# How much has arrived, without ending who appends.
sub arrived($) {
    my ($id) = $_[0] =~ m{([^/]+)\z};

    return $server->get("/upload/$id") =~ /"received_bytes":(\d+)/ ? $1 : -1;
}

# An append whose second receipt waits for the catalogue.
sub begin_and_hold($) {
    my $path = shift;
    my $socket = tus_begin $server, $path, 0, $size, substr $wav, 0, 5000;

    ok $server->wait_for(sub { arrived($path) == 5000 }), 'it has begun';
    my $lock = hold_catalogue $server->{store};
    print $socket substr $wav, 5000, 5000;
    ok $server->wait_for(sub { catalogue_is_awaited $server->{store} }),
        'a receipt is on its way';
    return ($socket, $lock);
}

subtest 'an offset that was told is accepted, whatever had come by then' => sub {
    for my $round (1 .. 5) {
        my $path = new_file;
        my ($older, $lock) = begin_and_hold $path;
        my $looker = $server->connect;

        print $older substr $wav, 10_000, 100_000;
        print $looker $server->head('HEAD', $path, undef,
            'Tus-Resumable: 1.0.0', 'Connection: close');
        close $lock or die $!;
        my ($offset) = $server->answer($looker) =~ /\r\nUpload-Offset: (\d+)/;
        $server->wait_for(sub { defined($offset = tus_offset $server, $path) })
            if !defined $offset;
        cmp_ok $offset, '>=', 10_000, 'nothing with a receipt is taken back';
        like tus_patch($server, $path, $offset, substr $wav, $offset),
            qr{\AHTTP/1.1 204 .*Upload-Offset: $size\r\n}s, 'and nothing added';
        ok tus_is_closed($older), 'who appended is ended';
        is +($server->get($path) =~ /\r\n\r\n(.*)/s)[0], $wav, 'every byte';
    }
};

subtest 'no offset is told while who appends does not end (CHUNK_BUSY)' => sub {
    my $path = new_file;
    my ($older, $lock) = begin_and_hold $path;

    like tus_patch($server, $path, 5000, substr $wav, 5000, 10),
        qr{\AHTTP/1.1 423 .*\r\nRetry-After: 1\r\n}s, 'nor anything taken';
    for (['HEAD', 'Tus-Resumable: 1.0.0'], ['HEAD', $version],
         ['GET', $version]) {
        my ($method, $dialect) = @$_;
        my $answer = $server->request($method, $path, undef, $dialect,
                                      'Connection: close');

        like $answer, qr{\AHTTP/1.1 423 .*\r\nRetry-After: 1\r\n}s,
            "$method, $dialect";
        unlike $answer, qr/Upload-Offset/;
    }
    close $lock or die $!;
    ok $server->wait_for(sub { (tus_offset($server, $path) // 0) == 10_000 }),
        'then it is';
    ok tus_is_closed($older), 'who appended is ended';
};

subtest 'who appends to a file that is deleted is told so (DELETED)' => sub {
    my $path = new_file;
    my $socket = tus_begin $server, $path, 0, $size, substr $wav, 0, 5000;

    ok $server->wait_for(sub { arrived($path) == 5000 });
    like tus($server, 'DELETE', $path), qr{\AHTTP/1.1 204 };
    my $answer = $server->answer($socket);
    keep_answer('PATCH', $path, $answer);
    like $answer, qr{\AHTTP/1.1 410 .*"code":"DELETED"}s;
};

# The store is what is waited for, not the client: a buffer that is full has been
# written, so that its receipt is all there is to do.
subtest 'a client is not late while its receipt waits for the store' => sub {
    my $slow = WaveForge::Server->new(
        workers => 1, port => ($ENV{TEST_NGINX_PORT} // 1984) + 2,
        directives => 'client_body_timeout 2s; waveforge_min_rate 0;');
    my $path = tus_create $slow, "Upload-Length: $size";
    my $lock = hold_catalogue $slow->{store};
    my $socket = tus_begin $slow, $path, 0, $size, substr $wav, 0, 65_536;

    ok $slow->wait_for(sub { catalogue_is_awaited $slow->{store} });
    sleep 3.5;
    close $lock or die $!;
    print $socket substr $wav, 65_536;
    like $slow->answer($socket),
        qr{\AHTTP/1.1 204 .*Upload-Offset: $size\r\n}s;
};

subtest 'all of many small chunks that came before a cut stays' => sub {
    my $lock = hold_catalogue $server->{store};
    my $socket = $server->connect;
    my $bytes = substr $wav, 0, 20_000;

    $socket->autoflush(1);
    print $socket $server->head('POST', '/files/', undef,
        'Tus-Resumable: 1.0.0', "Upload-Length: $size",
        'Upload-Metadata: filename c21hbGw=', 'Transfer-Encoding: chunked',
        'Content-Type: application/offset+octet-stream');
    ok $server->wait_for(sub { catalogue_is_awaited $server->{store} });
    print $socket join '', map { "4\r\n$_\r\n" } unpack '(a4)*', $bytes;
    close $socket or die $!;
    $server->get('/health/live'); # by the worker that has seen that by then
    close $lock or die $!;
    my ($id, $length);
    ok $server->wait_for(sub {
        ($id, $length) = $server->get('/uploads') =~ /"file_id":"(\w+)",
            "file_name":"small"[^}]*"received_bytes":([1-9]\d*)/x;
    });
    is $length, 20_000, 'every one of them';
    is tus_offset($server, "/files/$id"), 20_000;
    like tus_patch($server, "/files/$id", 20_000, substr $wav, 20_000),
        qr{\AHTTP/1.1 204 };
    is +($server->get("/files/$id") =~ /\r\n\r\n(.*)/s)[0], $wav, 'every byte';
};

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'nothing went wrong';

$server = WaveForge::Server->new(workers => 1);

subtest 'a file whose first bytes get no receipt does not stay (STORAGE_ERROR)'
    => sub {
    like $server->get('/uploads'), qr/"uploads":\[\]/, 'the store is open';
    is system('sqlite3', "$server->{store}/.wfstore/catalog.sqlite3",
              'CREATE TRIGGER no_chunks BEFORE INSERT ON chunk'
              . " BEGIN SELECT RAISE(ABORT, 'no'); END"), 0;
    like tus($server, 'POST', '/files/', $wav, "Upload-Length: $size",
             'Content-Type: application/offset+octet-stream'),
        qr{\AHTTP/1.1 500 .*STORAGE_ERROR}s;
    like $server->get('/uploads'), qr/"uploads":\[\]/;
};

$server->stop;
done_testing;
