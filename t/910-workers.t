# Workers that are killed or replaced in the middle of a chunk.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use Test::More;
use WaveForge::Server;

my $server = WaveForge::Server->new;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $length = length $wav;

sub is_busy($) {
    return $server->chunk($_[0], $wav) =~ m{\AHTTP/1.1 423 };
}

subtest 'kill -9 of a worker leaves the upload as it was and no lock' => sub {
    like $server->chunk('file_id=kill&chunk_index=0', $wav), qr/chunk_received/;
    my $socket = $server->begin_chunk('file_id=kill&chunk_index=1', $wav);
    ok is_busy('file_id=kill&chunk_index=1'), 'the chunk is being received';
    my $pid = $server->worker_of($socket);
    kill 'KILL', $pid;
    ok $server->wait_for(sub { $server->have_left($pid) });
    like $server->get('/upload/kill'), qr/"received_chunks":1,/;
    like $server->chunk('file_id=kill&chunk_index=1&total_chunks=2', $wav),
        qr/chunk_received/, 'the chunk is accepted at once';
    my $sha256 = sha256_hex($wav . $wav);
    like $server->complete("{\"file_id\":\"kill\",\"sha256\":\"$sha256\"}"),
        qr/"status":"success"/;
};

subtest 'what was acknowledged is there after kill -9 of every worker' => sub {
    for my $index (0 .. 3) {
        like $server->chunk("file_id=all&chunk_index=$index", $wav),
            qr/chunk_received/;
        ok $server->renew_workers('KILL'), 'there are new workers';
        like $server->get('/upload/all'),
            qr/"received_chunks":${\ ($index + 1)},/;
    }
};

subtest 'a reload lets a chunk finish' => sub {
    my $socket = $server->begin_chunk('file_id=reload&chunk_index=0', $wav);
    ok is_busy('file_id=reload&chunk_index=0'), 'the chunk is being received';
    ok scalar $server->reload, 'new workers serve';
    like $server->chunk('file_id=reload&chunk_index=1', $wav), qr/chunk_received/;
    print $socket substr $wav, $length / 2;
    like $server->answer($socket), qr/chunk_received/;
    like $server->get('/upload/reload'), qr/"received_chunks":2,/;
    ok $server->wait_for(sub { $server->workers == 2 }), 'the old ones leave';
};

subtest 'a restart of the whole server keeps everything' => sub {
    $server->stop;
    $server->start;
    like $server->get('/upload/reload'), qr/"received_chunks":2,/;
    my $answer = $server->get('/recording/kill/audio');
    is sha256_hex((split /\r\n\r\n/, $answer, 2)[1]), sha256_hex($wav . $wav);
};

my $fault = qr/\[(emerg|crit)\]|AddressSanitizer|runtime error/;
unlike $server->log, $fault, 'the log has no fault but the kills';
$server->stop;

subtest 'a worker told to quit gives tending up, and the next goes on' => sub {
    my $many = 200;
    $server = WaveForge::Server->new(
        directives => 'waveforge_upload_expiry 1s; waveforge_expired delete;');
    my $left = sub { $server->get('/uploads') =~ /"total":(\d+)/ ? $1 : $many };
    for my $id (1 .. $many) {
        $server->chunk("file_id=$id&chunk_index=0", 'RIFF....WAVEdata')
            =~ /chunk_received/ or return fail "chunk of $id";
    }
    # A worker tends a store soon after it has begun, then less often.
    $server->stop;
    sleep 2;
    $server->start;
    ok $server->wait_for(sub { $left->() < $many }), 'tending is under way';
    my @before = $server->workers;
    ok $server->renew_workers('HUP'), 'the old workers leave';
    for my $pid (@before) {
        like $server->log, qr/ $pid#\d+: waveforge store "[^"]+" is no longer/,
            'having given up to tend';
    }
    ok $server->wait_for(sub { $left->() == 0 }), 'the new ones go on';
    unlike $server->log, $fault, 'the log has no fault';
};

done_testing;
