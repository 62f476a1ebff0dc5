# The binary is replaced while something is going on: USR2, WINCH, QUIT.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use Test::More;
use WaveForge::Catalogue;
use WaveForge::Server;

my $server = WaveForge::Server->new(daemon => 1,
    main => 'env LD_PRELOAD; env ASAN_OPTIONS; env UBSAN_OPTIONS;',
    directives => 'client_body_timeout 30s; lingering_timeout 1s;');
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $rest = substr $wav, length($wav) / 2;

sub end_workers_of {
    my $master = shift;

    ok $server->wait_for(sub { !$server->workers($master) }),
        'the old workers leave';
}

sub end_master {
    my $master = shift;

    kill 'QUIT', $master;
    ok $server->wait_for(sub { $server->has_ended($master) }),
        'the old master leaves';
}

# The new binary answers only when the old workers no longer accept.
sub upgrade {
    my $old = $server->upgrade;

    kill 'WINCH', $old;
    return $old;
}

subtest 'chunks finish on the old binary, others go to the new one' => sub {
    my @sockets = map {
        $server->begin_chunk("file_id=many&chunk_index=$_", $wav)
    } 0 .. 3;
    my $old = upgrade;

    ok scalar $server->workers($old), 'old workers stay with their chunks';
    like $server->chunk('file_id=many&chunk_index=4', $wav), qr/chunk_received/;
    for my $socket (@sockets) {
        print $socket $rest;
        like $server->answer($socket), qr/chunk_received/;
    }
    end_workers_of $old;
    end_master $old;
    my $sha256 = sha256_hex($wav x 5);
    like $server->complete("{\"file_id\":\"many\",\"sha256\":\"$sha256\"}"),
        qr/"status":"success"/;
};

subtest 'QUIT alone lets the chunks of the old binary finish' => sub {
    my $socket = $server->begin_chunk('file_id=quit&chunk_index=0', $wav);
    my $old = $server->upgrade;

    kill 'QUIT', $old;
    ok $server->wait_for(sub {
        $server->log =~ /\] $old#\d+: gracefully shutting down/
            || $server->log =~ /signal 3 \(SIGQUIT\) received/;
    }), 'the old master is told';
    like $server->chunk('file_id=quit&chunk_index=1', $wav), qr/chunk_received/;
    print $socket $rest;
    like $server->answer($socket), qr/chunk_received/;
    ok $server->wait_for(sub { $server->has_ended($old) }), 'then it leaves';
    like $server->get('/upload/quit'), qr/"received_chunks":2,/;
};

subtest 'completing that is under way is answered by the old binary' => sub {
    my $json = '{"file_id":"quit","total_chunks":2}';
    my $socket = $server->connect;
    my $lock = hold_catalogue $server->{store};

    print $socket $server->head('POST', '/recording/complete', length $json,
                                'Content-Type: application/json'), $json;
    ok $server->wait_for(sub { catalogue_is_awaited $server->{store} }),
        'it is under way';
    my $old = upgrade;
    close $lock;
    like $server->answer($socket), qr/"status":"success"/;
    end_workers_of $old;
    end_master $old;
    like $server->complete($json), qr/"status":"already_complete"/;
    my $audio = $server->get('/recording/quit/audio');
    is sha256_hex((split /\r\n\r\n/, $audio, 2)[1]), sha256_hex($wav x 2);
};

subtest 'a client whose connection died takes its chunk over' => sub {
    my $query = 'file_id=again&chunk_index=0';
    my $older = $server->begin_chunk($query, $wav);
    my $old = upgrade;
    my $answer;

    ok $server->wait_for(sub {
        $answer = $server->chunk($query, $wav);
        return $answer !~ m{\AHTTP/1.1 423 };
    });
    like $answer, qr{\AHTTP/1.1 200 .*"status":"chunk_received"}s;
    is $server->answer($older), '', 'the older connection is closed, unanswered';
    end_workers_of $old;
    end_master $old;
};

subtest 'kill -9 of an old worker leaves its chunk to the new binary' => sub {
    my $socket = $server->begin_chunk('file_id=kill&chunk_index=0', $wav);
    my $old = upgrade;

    kill 'KILL', $server->workers($old);
    end_workers_of $old;
    like $server->chunk('file_id=kill&chunk_index=0', $wav),
        qr/"status":"chunk_received"/;
    end_master $old;
};

subtest 'an upgrade can be taken back' => sub {
    my $old = upgrade;
    my $new = $server->{pid};
    end_workers_of $old;
    my $socket = $server->begin_chunk('file_id=back&chunk_index=0', $wav);

    kill 'HUP', $old;
    ok $server->wait_for(sub { $server->workers($old) == 2 }),
        'the old binary serves again';
    kill 'QUIT', $new;
    print $socket $rest;
    like $server->answer($socket), qr/chunk_received/,
        'a chunk of the new one finishes';
    ok $server->wait_for(sub { $server->has_ended($new) }), 'it leaves';
    $server->{pid} = $old;
    like $server->chunk('file_id=back&chunk_index=1', $wav), qr/chunk_received/;
    like $server->get('/upload/back'), qr/"received_chunks":2,/;
};

my @alerts = grep { !/exited on signal 9/ }
    $server->log =~ /^(.*(?:\[(?:alert|emerg|crit)\]|Sanitizer).*)$/mg;
is "@alerts", '', 'the log has no fault but the kill';

done_testing;
