# A disk that hangs: whatever asks it for anything sleeps until it goes on.
# Requests for its store wait, up to a number; nothing else does.

use strict;
use warnings;

use lib 't/lib';
use WaveForge::HungDisk;

use Digest::SHA qw(sha256_hex);
use File::Path qw(make_path);
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Server;

my $max_waiting = 40;
my $disk = WaveForge::HungDisk->new;
my $other = "$disk->{root}/other";
my $html = "$disk->{root}/html";
make_path($html, $other);
open my $page, '>', "$html/page.txt" or die $!;
print $page 'a page';
close $page or die $!;

my $server = WaveForge::Server->new(
    workers => 1,
    store => "$disk->{path}/store",
    directives => "root $html; sendfile on; aio threads;",
    server => "waveforge_max_waiting $max_waiting;
    location /small/ {
        waveforge on; waveforge_store $disk->{path}/store;
        waveforge_max_waiting 1; client_max_body_size 0;
    }
    location /other/ {
        waveforge on; waveforge_store $other/store; waveforge_reserve 0;
        client_max_body_size 0;
    }",
);
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $sha256 = sha256_hex($wav);

sub send_request {
    my ($method, $path, $body, @headers) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head($method, $path,
        defined $body ? length $body : undef, @headers), $body // '';
    return $socket;
}

sub has_answer {
    my $ready = '';

    vec($ready, fileno $_[0], 1) = 1;
    return select($ready, undef, undef, 0) > 0;
}

my $sent = 0;

sub send_chunks {
    my $count = shift;

    return map {
        $sent++;
        send_request('POST', "/upload/chunk?file_id=n$sent&chunk_index=0"
                     . '&total_chunks=1', $wav);
    } 1 .. $count;
}

# Requests of every kind, as many as are told.
sub send_requests {
    my $count = shift;
    my @kinds = (
        ['GET', '/recordings'], ['GET', '/uploads'], ['GET', '/upload/there'],
        ['GET', '/recording/done'], ['GET', '/recording/done/audio'],
        ['GET', '/upload/there/audio'], ['DELETE', '/upload/never'],
    );

    return map {
        my $kind = $kinds[$_ % (@kinds + 1)];
        $kind ? send_request(@$kind) : send_chunks(1);
    } 1 .. $count;
}

sub is_healthy { return $server->get('/health') =~ m{\AHTTP/1.1 200 } }

sub lives {
    my $when = shift;

    like $server->get('/health/live'), qr/"status":"live"/,
        "$when: /health/live answers";
    like $server->get('/page.txt'), qr/a page\z/, 'static files are sent';
    like $server->get('/api/config'), qr/"chunk_size"/,
        '/api/config answers';
    like $server->request('POST', "/other/upload/chunk?file_id=$when"
                          . '&chunk_index=0&total_chunks=1', $wav),
        qr/chunk_received/, 'another store takes chunks';
    like $server->request('POST', '/other/recording/complete',
                          "{\"file_id\":\"$when\"}",
                          'Content-Type: application/json'),
        qr/"status":"success"/, 'completes uploads';
    like $server->get('/other/recordings'), qr/"id":"$when"/,
        'and lists recordings';
    is sha256_hex((split /\r\n\r\n/,
                   $server->get("/other/recording/$when/audio"), 2)[1]),
        $sha256, 'and sends them';
}

# What is there before the disk hangs.
like $server->chunk('file_id=done&chunk_index=0&total_chunks=1', $wav),
    qr/chunk_received/;
like $server->complete('{"file_id":"done"}'), qr/"status":"success"/;
like $server->chunk('file_id=there&chunk_index=0', $wav), qr/chunk_received/;
ok $server->wait_for(\&is_healthy), 'the disk works';

# Those of `sockets` that were answered, once there are `count` of them.
sub answered {
    my ($count, @sockets) = @_;
    my @answered;

    ok $server->wait_for(sub {
        @answered = grep { has_answer($_) } @sockets;
        return @answered >= $count;
    }), "$count are answered";
    return @answered;
}

# Waiting for a catalogue that another one keeps ends by itself, too.
my $busy = qr{\AHTTP/1.1 503 .*\r\nRetry-After: 1\r\n.*"STORE_BUSY"}s;

# What can be asked again is, until it is answered.
sub ask {
    my ($method, $path, @more) = @_;
    my $answer;

    $server->wait_for(sub {
        $answer = $server->request($method, $path, @more);
        return $answer !~ $busy;
    });
    return $answer;
}

sub is_there {
    like ask('GET', '/upload/there'), qr/"received_chunks":1,/,
        'a chunk that was acknowledged is there';
    is sha256_hex((split /\r\n\r\n/,
                   ask('GET', '/recording/done/audio'), 2)[1]), $sha256,
        'a recording is there';
}

subtest 'on a disk that hangs requests wait, or get 503 (STORE_BUSY)' => sub {
    my $begun = send_request('POST', '/upload/chunk?file_id=begun'
                             . '&chunk_index=0&total_chunks=1',
                             undef, 'Content-Length: ' . length $wav,
                             'Expect: 100-continue');
    like $server->answer($begun), qr{\AHTTP/1.1 100 };

    $disk->hang;
    my @sockets = send_chunks($max_waiting + 15);
    my @refused = answered(15, @sockets);
    like $server->answer($_), $busy, 'with 503' for @refused;

    print $begun $wav;
    lives('full');
    ok $server->wait_for(sub { !is_healthy() }), '/health finds out';
    like $server->get('/health'), qr/"status":"failed"/;
    lives('later');
    ok !has_answer($begun), 'a chunk that had begun is not refused';

    my %refused = map { $_ => 1 } @refused;
    $disk->go_on;
    for my $socket (grep { !$refused{$_} } @sockets) {
        my $answer = $server->answer($socket);
        ok $answer =~ m{\AHTTP/1.1 (200|404) } || $answer =~ $busy,
            'one that waited is answered' or diag $answer;
    }
    like $server->answer($begun), qr/chunk_received/, 'so is that chunk';
    ok $server->wait_for(\&is_healthy), '/health is well again';
    like ask('GET', '/upload/begun'), qr/"received_chunks":1,/;
    is_there();
};

# A worker that has begun while the disk hangs has no catalogue to wait for:
# nothing that waits for it ends by itself.
sub reload_hung {
    my @before = @_;

    kill 'HUP', $server->{pid};
    ok $server->wait_for(sub {
        my %old = map { $_ => 1 } @before;
        return grep { !$old{$_} } $server->workers;
    }), 'there is a new worker';
    ok $server->wait_for(sub {
        return $server->log =~ / $before[0]#\d+: gracefully shutting down/;
    }), 'the old one takes no more requests';
    ok $server->wait_for(sub {
        return $server->get('/health') =~ /"status":"failed"/;
    }), 'the new one serves, and knows nothing of the store';
}

subtest 'a server that is reloaded meanwhile serves the rest' => sub {
    my @before = $server->workers;

    $disk->hang;
    my @old = send_requests(3);
    reload_hung(@before);
    lives('reloaded');

    my @sockets = map { send_request('GET', '/small/recordings') } 1, 2;
    my @refused = answered(1, @sockets);
    is scalar @refused, 1, 'a location where one may wait lets one wait';
    push @sockets, send_requests($max_waiting + 13);
    @refused = answered(15, @sockets);
    is scalar @refused, 15,
        'exactly waveforge_max_waiting requests wait, the others get 503';
    like $server->answer($_), $busy for @refused;
    like $server->get('/recordings'),
        qr/"detail":"too much is waiting for the store"/, 'so does one more';
    lives('again');
    is scalar(grep { has_answer($_) } @sockets), 0, 'the others still wait';

    $disk->go_on;
    my %refused = map { $_ => 1 } @refused;
    for my $socket (grep { !$refused{$_} } @sockets) {
        like $server->answer($socket), qr{\AHTTP/1.1 (200|404) },
            'one that waited is answered';
    }
    for my $socket (@old) {
        like $server->answer($socket), qr{\AHTTP/1.1 (200|404|503) },
            'one that waited for the old worker as well';
    }
    ok $server->wait_for(sub { return $server->workers == 1 }),
        'which then leaves';
    is_there();
};

sub send_complete {
    my $json = shift;

    return send_request('POST', '/recording/complete', $json,
                        'Content-Type: application/json');
}

subtest 'completing that takes long is answered 202, and goes on' => sub {
    for my $id ('long', 'wrong', 'left') {
        like ask('POST', "/upload/chunk?file_id=$id&chunk_index=0", $wav),
            qr/chunk_received/;
    }
    my $long = "{\"file_id\":\"long\",\"sha256\":\"$sha256\"}";
    my $wrong = '{"file_id":"wrong","sha256":"' . '0' x 64 . '"}';
    my $progress = qr/\{"status":"completing","progress":[01]\.\d+\}\z/;
    my $completing = qr{\AHTTP/1.1 202 .*\r\nRetry-After: 1\r\n.*$progress}s;

    my @before = $server->workers;
    $disk->hang;
    reload_hung(@before);
    my $first = send_complete($long);
    my $again = send_complete($long);
    my $second = send_complete($wrong);
    close send_complete("{\"file_id\":\"left\",\"sha256\":\"$sha256\"}");
    like $server->answer($first), $completing, 'its client is told to wait';
    like $server->answer($again), $completing,
        'who asks again waits for the same';
    like $server->answer($second), $completing, 'also where it will fail';
    my $third = send_complete($long);
    like $server->get('/health/live'), qr/"live"/;
    $disk->go_on;

    like $server->answer($third), qr/"status":"already_complete"/,
        'who waits when it has been done hears of the recording';
    like ask('POST', '/recording/complete', $long,
             'Content-Type: application/json'),
        qr/"status":"already_complete".*"sha256":"$sha256"/, 'so do others';
    like ask('POST', '/recording/complete', $wrong,
             'Content-Type: application/json'),
        qr/"code":"DIGEST_MISMATCH"/, 'a failure is told when asked again';
    ok $server->wait_for(sub {
        return $server->get('/recording/left') =~ /"sha256":"$sha256"/;
    }), 'it is done for a client that has gone as well';
    ok $server->wait_for(sub { return $server->workers == 1 }),
        'the old worker leaves';
    is_there();
};

subtest 'completing whose worker dies is done when asked again' => sub {
    like ask('POST', '/upload/chunk?file_id=died&chunk_index=0', $wav),
        qr/chunk_received/;
    my $json = "{\"file_id\":\"died\",\"sha256\":\"$sha256\"}";
    my ($worker) = $server->workers;

    $disk->hang;
    my $socket = send_complete($json);
    like $server->get('/health/live'), qr/"live"/;
    kill 'KILL', $worker;
    $disk->go_on;
    is $server->answer($socket), '', 'its client hears nothing';
    like ask('POST', '/recording/complete', $json,
             'Content-Type: application/json'), qr/"sha256":"$sha256"/;
};

subtest 'a recording that is being sent holds up nothing but itself' => sub {
    my $big = $wav x 60;
    like ask('POST', '/upload/chunk?file_id=big&chunk_index=0', $big),
        qr/chunk_received/;
    like ask('POST', '/recording/complete',
             '{"file_id":"big","size":' . length($big) . '}',
             'Content-Type: application/json'), qr/"status":"success"/;
    my $socket = send_request('GET', '/recording/big/audio');
    my $text = '';
    sysread $socket, $text, 65536;
    $disk->hang;
    # More than the kernel keeps for both ends of a connection.
    while (length $text < 12_000_000 && has_answer($socket)) {
        sysread $socket, $text, 65536, length $text or last;
        sleep 0.001 if !has_answer($socket);
    }
    lives('sending');
    $disk->go_on;
    my $head = index($text, "\r\n\r\n") + 4;
    while (length $text < $head + length $big) {
        sysread $socket, $text, 65536, length $text or last;
    }
    like $text, qr{\AHTTP/1.1 200 };
    is sha256_hex(substr $text, $head),
        sha256_hex($big), 'it is sent whole when the disk goes on';
};

subtest 'a recording that is kept open holds up nothing but itself' => sub {
    is_there();
    $disk->hang;
    my $socket = send_request('GET', '/recording/done/audio');
    my $range = send_request('GET', '/recording/done/audio', undef,
                             'Range: bytes=0-3');
    lives('kept');
    $disk->go_on;
    is sha256_hex((split /\r\n\r\n/, $server->answer($socket), 2)[1]),
        $sha256, 'it is sent when the disk goes on';
    like $server->answer($range), qr/RIFF\z/, 'so is a piece of it';
};

subtest 'clients that go away meanwhile leave nothing behind' => sub {
    my ($worker) = $server->workers;
    my $open = sub { return scalar(() = glob "/proc/$worker/fd/*") };
    my $before = $open->();

    $disk->hang;
    my @gone = send_chunks($max_waiting);
    answered(1, @gone, send_request('GET', '/uploads'));
    close $_ for @gone;
    $disk->go_on;
    unlike ask('GET', '/uploads'), $busy, 'others may ask again';
    # The store itself may have a few more files open by now.
    ok $server->wait_for(sub { return $open->() <= $before + 4 }),
        'their connections and files are closed';
    is_there();
};

subtest 'a server that is told to quit meanwhile answers what waits' => sub {
    $disk->hang;
    my @waiting = send_requests(5);
    my $asked = send_request('GET', '/health/live');
    like $server->answer($asked), qr/"live"/, 'they have been read';
    my ($worker) = $server->workers;
    kill 'QUIT', $server->{pid};
    ok $server->wait_for(sub {
        return !IO::Socket::INET->new(PeerAddr => '127.0.0.1',
                                      PeerPort => $server->{port});
    }), 'no more are taken';
    ok -d "/proc/$worker", 'the worker is there while they wait';
    $disk->go_on;
    for my $socket (@waiting) {
        my $answer = $server->answer($socket);
        ok $answer =~ m{\AHTTP/1.1 (200|404) } || $answer =~ $busy,
            'one is answered' or diag $answer;
    }
    $server->stop;
    ok !-d "/proc/$worker", 'then it leaves';
    $server->start;
    is_there();
};

my $fault = qr/\[(emerg|alert)\]|AddressSanitizer|runtime error/;
my $killed = qr/^.*\[alert\].* exited on signal 9$/m;
unlike $server->log =~ s/$killed//gr, $fault,
    'the log has no fault but the kill';

done_testing;
