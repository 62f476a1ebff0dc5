# Where a store comes from, and what becomes of a server without one.

use strict;
use warnings;

use lib 't/lib';
use File::Path qw(make_path);
use Test::More;
use WaveForge::Server;

my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 50_000;
my $binary = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';

subtest 'the server makes the folder, below what is there' => sub {
    my $server = WaveForge::Server->new;

    like $server->chunk('file_id=a&chunk_index=0', $wav), qr/chunk_received/;
    ok $server->wait_for(sub { -s "$server->{store}/metadata.json" }),
        'the list is published';
    is((stat $server->{store})[2] & 0007, 0, 'it is closed to others');
};

subtest 'nginx -t makes no folder' => sub {
    my $server = WaveForge::Server->new;
    my $elsewhere = "$server->{root}/elsewhere";

    open my $file, '<', "$server->{root}/nginx.conf" or die $!;
    my $conf = do { local $/; <$file> };
    $conf =~ s/waveforge_store \S+;/waveforge_store $elsewhere;/;
    open my $other, '>', "$server->{root}/other.conf" or die $!;
    print $other $conf;
    close $other or die $!;

    my $said = `$binary -t -p $server->{root} -c other.conf -e stderr 2>&1`;
    like $said, qr/test is successful/;
    ok !-e $elsewhere;
};

subtest 'an existing store is opened once it is there' => sub {
    my $first = WaveForge::Server->new;
    like $first->chunk('file_id=a&chunk_index=0&total_chunks=1', $wav),
        qr/chunk_received/;
    like $first->complete('{"file_id":"a"}'), qr/"status":"success"/;
    $first->stop;
    my $away = "$first->{store}-away";
    rename $first->{store}, $away or die $!;

    $first->{store} = "$first->{store} existing";
    $first->write_configuration;
    $first->start;
    like $first->get('/health'), qr{\AHTTP/1.1 503 .*"status":"failed"}s;
    like $first->get('/recording/a'),
        qr{\AHTTP/1.1 503 .*Retry-After: \d+.*"code":"STORAGE_ERROR"}s;
    like $first->get('/api/config'), qr{\AHTTP/1.1 200 };
    ok !-e $away =~ s/-away\z//r, 'and not created';

    rename $away, $away =~ s/-away\z//r or die $!;
    ok $first->wait_for(sub {
        $first->get('/health') =~ m{\AHTTP/1.1 200 .*"status":"healthy"}s;
    }), 'the store is healthy';
    like $first->get('/recording/a'), qr/"id":"a"/;
    like $first->log, qr/is well again/;
};

subtest 'a server told to go at once leaves the upload as it was' => sub {
    my $server = WaveForge::Server->new;

    like $server->chunk('file_id=term&chunk_index=0', $wav), qr/chunk_received/;
    my $socket = $server->begin_chunk('file_id=term&chunk_index=1', $wav);
    kill 'TERM', $server->{pid};
    waitpid $server->{pid}, 0;
    is $?, 0, 'it ends well';
    unlike $server->log, qr/exited on signal|AddressSanitizer/;

    $server->start;
    like $server->get('/upload/term'), qr/"received_chunks":1,/;
    like $server->chunk('file_id=term&chunk_index=1', $wav), qr/chunk_received/;
};

subtest 'a client that stalls is cut, and its chunk is free again' => sub {
    my $server = WaveForge::Server->new(server => 'client_body_timeout 1s;');
    my $socket = $server->begin_chunk('file_id=slow&chunk_index=0', $wav);

    like $server->chunk('file_id=slow&chunk_index=0', $wav), qr/CHUNK_BUSY/;
    is $server->answer($socket), '', 'the connection is closed';
    like $server->chunk('file_id=slow&chunk_index=0', $wav), qr/chunk_received/;
};

done_testing;
