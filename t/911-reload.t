# The configuration is loaded again while something is going on.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use Test::More;
use WaveForge::Catalogue;
use WaveForge::Server;

my $server = WaveForge::Server->new(
    directives => 'client_body_timeout 5s; lingering_timeout 1s;');
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $rest = substr $wav, length($wav) / 2;

# Returned are the old workers.
sub reload {
    my @old = $server->reload;

    ok scalar @old, 'new workers serve';
    return @old;
}

sub leave {
    my @old = @_;

    ok $server->wait_for(sub { $server->have_left(@old) }), 'the old ones leave';
}

subtest 'chunks of eight connections finish across three reloads' => sub {
    my @sockets = map {
        $server->begin_chunk("file_id=many&chunk_index=$_", $wav)
    } 0 .. 7;
    my @old;

    push @old, reload for 1 .. 3;
    for my $socket (@sockets) {
        print $socket $rest;
        like $server->answer($socket), qr/chunk_received/;
    }
    leave @old;
    my $sha256 = sha256_hex($wav x 8);
    like $server->complete("{\"file_id\":\"many\",\"sha256\":\"$sha256\"}"),
        qr/"status":"success"/;
};

subtest 'an old worker stays as long as a chunk comes, the other leaves' => sub {
    my $socket = $server->begin_chunk('file_id=stay&chunk_index=0', $wav);
    my $busy = $server->worker_of($socket);
    my @old = reload;

    leave grep { $_ != $busy } @old;
    ok !$server->have_left($busy), 'the one with the chunk is there';
    print $socket $rest;
    like $server->answer($socket), qr/chunk_received/;
    leave $busy;
    like $server->get('/upload/stay'), qr/"received_chunks":1,/;
};

subtest 'a chunk that comes no further does not keep an old worker' => sub {
    my $socket = $server->begin_chunk('file_id=stall&chunk_index=0', $wav);
    my @old = reload;

    leave @old;
    is $server->answer($socket), '', 'its connection is closed, unanswered';
    like $server->get('/upload/stall'), qr{\AHTTP/1.1 404 };
    like $server->chunk('file_id=stall&chunk_index=0', $wav),
        qr/chunk_received/, 'and there is no lock left';
};

subtest 'a client that leaves across a reload leaves the upload as it was' => sub {
    like $server->chunk('file_id=gone&chunk_index=0', $wav), qr/chunk_received/;
    my $socket = $server->begin_chunk('file_id=gone&chunk_index=1', $wav);
    my @old = reload;

    close $socket;
    leave @old;
    like $server->get('/upload/gone'), qr/"received_chunks":1,/;
    like $server->chunk('file_id=gone&chunk_index=1', $wav),
        qr/"status":"chunk_received"/;
};

subtest 'a chunk that waits for its commit is answered by the old worker' => sub {
    my $socket = $server->begin_chunk('file_id=commit&chunk_index=0', $wav);
    my $lock = hold_catalogue $server->{store};

    print $socket $rest;
    ok $server->wait_for(sub { catalogue_is_awaited $server->{store} }),
        'the commit is under way';
    my $busy = $server->worker_of($socket);
    my @old = reload;
    ok !$server->have_left($busy), 'the old worker is there';
    close $lock;
    like $server->answer($socket), qr/chunk_received/;
    leave @old;
};

subtest 'completing that is under way is answered by the old worker' => sub {
    my $socket = $server->connect;
    my $json = '{"file_id":"commit","total_chunks":1}';
    my $lock = hold_catalogue $server->{store};

    print $socket $server->head('POST', '/recording/complete', length $json,
                                'Content-Type: application/json'), $json;
    ok $server->wait_for(sub { catalogue_is_awaited $server->{store} }),
        'it is under way';
    my @old = reload;
    close $lock;
    like $server->answer($socket), qr/"status":"success"/;
    leave @old;
    like $server->complete($json), qr/"status":"already_complete"/;
};

subtest 'a client whose connection died takes its chunk over' => sub {
    my $query = 'file_id=again&chunk_index=0';
    my $older = $server->begin_chunk($query, $wav);
    my @old = reload;
    my $answer;

    ok $server->wait_for(sub {
        $answer = $server->chunk($query, $wav);
        return $answer !~ m{\AHTTP/1.1 423 };
    });
    like $answer, qr{\AHTTP/1.1 200 .*"status":"chunk_received"}s;
    is $server->answer($older), '', 'the older connection is closed, unanswered';
    leave @old;
};

subtest 'deleting ends a chunk that an old worker receives' => sub {
    like $server->chunk('file_id=end&chunk_index=0', $wav), qr/chunk_received/;
    my $socket = $server->begin_chunk('file_id=end&chunk_index=1', $wav);
    my @old = reload;

    like $server->request('DELETE', '/upload/end'), qr/"status":"deleted"/;
    like $server->answer($socket), qr{\AHTTP/1.1 410 .*"code":"DELETED"}s;
    leave @old;
};

unlike $server->log, qr/\[(alert|emerg|crit)\]|AddressSanitizer|runtime error/,
    'the log has no alert';

done_testing;
