# A worker that is stopped in the middle of a chunk: it holds what it has locked,
# and nobody waits for it without end.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use Test::More;
use WaveForge::Answers qw(keep_answer);
use WaveForge::Server;

my $server = WaveForge::Server->new;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $sha256 = sha256_hex($wav);
my $json = "{\"file_id\":\"take\",\"sha256\":\"$sha256\"}";

# A connection that another worker than this one serves.
sub connect_beside {
    my ($pid) = @_;

    for (1 .. 200) {
        my $socket = $server->connect;
        $socket->autoflush(1);
        print $socket $server->head('GET', '/health/live');
        $server->answer($socket);
        return $socket if $server->worker_of($socket) != $pid;
    }
    die 'there is one worker only';
}

sub complete {
    my ($socket) = @_;

    print $socket $server->head('POST', '/recording/complete', length $json,
                                'Content-Type: application/json'), $json;
    my $answer = $server->answer($socket);
    keep_answer('POST', '/recording/complete', $answer);
    return $answer;
}

like $server->chunk('file_id=take&chunk_index=0', $wav), qr/chunk_received/;

# One chunk more than the client will say there are.
my $beyond = $server->begin_chunk('file_id=take&chunk_index=1', $wav);
my $pid = $server->worker_of($beyond);
my $beside = connect_beside($pid);

kill 'STOP', $pid;
like complete($beside), qr{\AHTTP/1.1 423 .*"code":"CHUNK_BUSY"}s,
    'completing is refused while the chunk cannot be ended (CHUNK_BUSY)';
kill 'CONT', $pid;

ok $server->wait_for(sub { complete($beside) =~ /"status":"success"/ }),
    'once the worker goes on, completing succeeds';
like $server->answer($beyond), qr{\A(HTTP/1.1 409 .*"ALREADY_COMPLETE"|\z)}s,
    'and the chunk is ended';
like $server->get('/recording/take'), qr/"sha256":"$sha256"/;

done_testing;
