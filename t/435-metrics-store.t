# The figures of waveforge_metrics while a disk hangs, and of what goes by
# itself.

use strict;
use warnings;

use lib 't/lib';
use Fcntl qw(F_WRLCK F_UNLCK SEEK_SET F_SETLKW O_RDWR);
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Metrics qw(read_metrics);
use WaveForge::Server;

my $server;
my $fault = qr/\[(emerg|crit)\]|AddressSanitizer|runtime error/;

sub metrics() {
    my ($value, $family, @faults) = read_metrics(
        (split /\r\n\r\n/, $server->get('/metrics'), 2)[1] // '');

    is_deeply \@faults, [] if @faults;
    return $value;
}

sub start(%) {
    return WaveForge::Server->new(
        server => 'location = /metrics { waveforge_metrics; }', @_);
}

# A second of silence.
sub wav() {
    my $samples = "\0" x (2 * 48000);
    my $format = pack 'v2V2v2', 1, 1, 48000, 96000, 2, 16;

    return 'RIFF' . pack('V', 36 + length $samples) . 'WAVEfmt '
        . pack('V', length $format) . $format
        . 'data' . pack('V', length $samples) . $samples;
}

# Who opens the store waits for this lock, as for a disk that hangs.
sub lock_store($$) {
    my ($file, $type) = @_;

    fcntl $file, F_SETLKW, pack 's s x4 q q i x4', $type, SEEK_SET, 0, 1, 0
        or die "lock: $!";
}

subtest 'a disk that hangs holds up no figures, and they tell of it' => sub {
    $server = start(workers => 1);
    ok $server->wait_for(sub { metrics->{'waveforge_store_up{store="0"}'} });
    like $server->chunk('file_id=late&chunk_index=0', 'RIFF....WAVEdata'),
        qr/chunk_received/;
    $server->stop;
    sysopen my $lock, "$server->{store}/.wfstore/lock", O_RDWR or die $!;
    lock_store $lock, F_WRLCK;

    $server->{main} = 'thread_pool default threads=1;';
    $server->write_configuration;
    $server->start;
    my $socket = $server->connect;
    print $socket $server->head('GET', '/recordings');
    ok $server->wait_for(sub {
        my $value = metrics;
        return $value->{'waveforge_jobs_running'} == 1
            && $value->{'waveforge_jobs_queued'} >= 1
            && $value->{'waveforge_requests_waiting'} == 1;
    }), 'one job is running, others and a request wait for the thread';
    is metrics->{'waveforge_store_up{store="0"}'}, 0;
    is metrics->{'waveforge_store_healthy{store="0"}'}, 0;
    is metrics->{'waveforge_store_recordings{store="0"}'}, undef;

    my $json = '{"file_id":"late","total_chunks":1}';
    like $server->complete($json), qr{\AHTTP/1.1 202 }, 'who waits is told so';

    lock_store $lock, F_UNLCK;
    like $server->answer($socket), qr{\AHTTP/1.1 200 };
    like $server->complete($json), qr{\AHTTP/1.1 200 };
    ok $server->wait_for(sub {
        my $value = metrics;
        return $value->{'waveforge_store_up{store="0"}'} == 1
            && $value->{'waveforge_jobs_queued'} == 0
            && $value->{'waveforge_requests_waiting'} == 0;
    }), 'all is well again';
    my $complete = 'waveforge_requests_total{endpoint="complete",code=';
    ok $server->wait_for(sub {
        my $value = metrics;
        return ($value->{"$complete\"202\"}"} // 0) == 1
            && ($value->{"$complete\"200\"}"} // 0) == 1;
    }), 'both answers are counted';
    is metrics->{'waveforge_complete_duration_seconds_count'}, 1,
        'and one completed it';
    ok $server->wait_for(sub {
        metrics->{'waveforge_store_recordings{store="0"}'} == 1;
    });
    unlike $server->log, $fault, 'the log has no fault';
    $server->stop;
};

subtest 'stores behind variables count together, and none is named' => sub {
    my $accepted = 'waveforge_requests_total{endpoint="chunk",code="200"}';
    $server = start(store => 'users/$http_x_user', workers => 1,
                    http => 'waveforge_open_stores 2;');
    mkdir "$server->{root}/users" or die $!;
    for my $user (qw(anna bert clara)) {
        like $server->chunk('file_id=take&chunk_index=0', 'RIFF....WAVEdata',
                            "X-User: $user"), qr/chunk_received/;
    }
    ok $server->wait_for(sub {
        my $value = metrics;
        return ($value->{$accepted} // 0) == 3
            && $value->{'waveforge_commit_duration_seconds_count'} == 3
            && $value->{'waveforge_stored_bytes_total'} == 48
            && $value->{'waveforge_open_stores'} == 2;
    }), 'what is done with all of them is counted, and how many are open';
    unlike $server->get('/metrics'), qr/store="|anna|bert|clara|users/;
    unlike $server->log, $fault, 'the log has no fault';
    $server->stop;
};

subtest 'what goes by itself is counted by what becomes of it' => sub {
    $server = start(directives => 'waveforge_upload_expiry 1s;'
                                  . ' waveforge_retention 8s;');
    for my $id (qw(a b)) {
        like $server->chunk("file_id=short$id&chunk_index=0",
                            'RIFF....WAVEdata'), qr/chunk_received/;
    }
    like $server->chunk('file_id=long&chunk_index=0', wav), qr/chunk_received/;
    # A worker tends a store soon after it has begun, then less often; a reload
    # goes on counting.
    my $swept = sub {
        my ($kind) = @_;
        sleep 0.5;
        kill 'HUP', $server->{pid};
        sleep 1.5;
        return metrics->{"waveforge_swept_total{kind=\"$kind\"}"};
    };
    ok $server->wait_for(sub { $swept->('expired') == 2 }), 'two expired';
    ok $server->wait_for(sub { $swept->('salvaged') == 1 }), 'one was kept';
    ok $server->wait_for(sub { $swept->('retention') == 1 }), 'until it went';
    is metrics->{'waveforge_swept_total{kind="expired"}'}, 2;
    is metrics->{'waveforge_swept_total{kind="salvaged"}'}, 1;
    unlike $server->log, $fault, 'the log has no fault';
    $server->stop;
};

done_testing;
