# A worker keeps recordings that were asked for last open for a second; here are
# a server with two workers and another with the same store. Which answers came
# without asking the store is told by $waveforge_store_time, which they lack.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Server;

my $waited = 'add_header X-Waited $waveforge_store_time always;';
my $server = WaveForge::Server->new(
    directives => $waited,
    http => 'waveforge_open_stores 1 idle=60s;',
    server => "location /user/ {
        waveforge on; waveforge_store users/\$http_x_user;
        waveforge_reserve 0; client_max_body_size 0; $waited
    }
    location /direct/ {
        waveforge on; waveforge_store store;
        waveforge_reserve 0; client_max_body_size 0; directio 4k; $waited
    }",
);
my $other = WaveForge::Server->new(workers => 1, store => $server->{store},
                                   port => $server->{port} + 1);
my @json = 'Content-Type: application/json';
mkdir "$server->{root}/users" or die $!;

# 8 kHz, 16 bit, one channel; told apart by its bytes.
sub wav {
    my $text = join '', map { pack 'N', $_[0] * 100_000 + $_ } 1 .. 5000;

    return 'RIFF' . pack('V', 20_036) . 'WAVEfmt '
        . pack('VvvVVvv', 16, 1, 1, 8000, 16_000, 2, 16)
        . 'data' . pack('V', 20_000) . $text;
}

sub record {
    my ($id, $wav, $base, @headers) = @_;
    my $from = $base // '';

    like $server->request('POST', "$from/upload/chunk?file_id=$id"
                          . '&chunk_index=0&total_chunks=1', $wav, @headers),
        qr/chunk_received/;
    like $server->request('POST', "$from/recording/complete",
                          "{\"file_id\":\"$id\",\"file_name\":\"Of $id\"}",
                          @json, @headers), qr/"status":"success"/;
}

# On a connection that stays open: of one worker.
sub ask {
    my ($socket, $path, @headers) = @_;

    $socket->autoflush(1);
    print $socket $server->head('GET', $path, undef, @headers);
    return $server->answer($socket);
}

# The same for HEAD, whose answer has no body to wait for.
sub ask_head {
    my ($socket, $path, @headers) = @_;
    my $text = '';

    $socket->autoflush(1);
    print $socket $server->head('HEAD', $path, undef, @headers);
    while ($text !~ /\r\n\r\n/ && sysread $socket, $text, 1, length $text) {
    }
    return $text;
}

sub body_of {
    return (split /\r\n\r\n/, $_[0], 2)[1];
}

sub is_kept {
    return $_[0] =~ m{\AHTTP/1.1 \d} && $_[0] !~ /\r\nX-Waited: /;
}

# Asks until the answer is one that nothing was asked for.
sub ask_kept {
    my ($socket, $path, @headers) = @_;
    my $answer;

    ok $server->wait_for(sub {
        $answer = ask($socket, $path, @headers);
        return is_kept($answer);
    }), "$path is kept";
    return $answer;
}

# But for what no two answers have in common.
sub without_time {
    my ($answer) = @_;

    $answer =~ s/\r\n(?:Date|X-Waited): [^\r]*//g;
    return $answer =~ s/"(?:instance|timestamp)":"[^"]*"//gr;
}

# A connection to each of the workers.
sub connect_to_both {
    my %sockets;

    $server->wait_for(sub {
        my $socket = $server->connect;
        $sockets{$server->worker_of($socket) // 'none'} //= $socket;
        delete $sockets{none};
        return keys %sockets == 2;
    });
    return values %sockets;
}

# Links of all workers to files of recordings.
sub open_recordings {
    return grep { m{/recording_} } map { readlink($_) // '' }
        map { glob "/proc/$_/fd/*" } $server->workers;
}

sub nothing_is_open {
    return !open_recordings();
}

my $wav = wav(1);
my $length = length $wav;
record('a', $wav);

subtest 'what is kept is answered as what is not' => sub {
    my $socket = $server->connect;
    my $etag = $server->get('/recording/a/audio') =~ /\r\nETag: ("\w+")\r\n/
        ? $1 : 'none';

    for my $case (
        ['/recording/a/audio', 200],
        ['/recording/a/download', 200],
        ['/recording/a/audio', 206, 'Range: bytes=4-9'],
        ['/recording/a/audio', 206, 'Range: bytes=-20'],
        ['/recording/a/audio', 206, 'Range: bytes=19000-'],
        ['/recording/a/audio', 416, "Range: bytes=$length-"],
        ['/recording/a/audio', 206, 'Range: bytes=0-9', "If-Range: $etag"],
        ['/recording/a/audio', 200, 'Range: bytes=0-9', 'If-Range: "else"'],
        ['/recording/a/audio', 304, "If-None-Match: $etag"],
        ['/recording/a/audio', 200, 'If-None-Match: "else"'],
    ) {
        my ($path, $status, @headers) = @$case;
        my $asked;
        ok $server->wait_for(sub {
            $asked = ask($server->connect, $path, @headers);
            return !is_kept($asked);
        }), 'the store was asked';
        my $kept = ask_kept($socket, $path, @headers);
        like $kept, qr{\AHTTP/1.1 $status }, "@headers";
        is without_time($kept), without_time($asked), 'it is the same';
    }
    is body_of(ask_kept($socket, '/recording/a/audio')), $wav;
    is body_of(ask_kept($socket, '/recording/a/audio', 'Range: bytes=400-4399')),
        substr $wav, 400, 4000;
    like ask($socket, '/recording/a/audio', 'If-Match: "else"'),
        qr{\AHTTP/1.1 412 };
};

subtest 'several ranges come from what is kept' => sub {
    my $answer = ask_kept($server->connect, '/recording/a/audio',
                          'Range: bytes=0-99,1000-1099');
    my ($boundary) = $answer =~ /multipart\/byteranges; boundary=(\S+)\r\n/;
    my $part = sub {
        my ($first, $last) = @_;
        return "\r\n--$boundary\r\nContent-Type: audio/wav\r\n"
            . "Content-Range: bytes $first-$last/$length\r\n\r\n"
            . substr $wav, $first, $last - $first + 1;
    };

    is body_of($answer), $part->(0, 99) . $part->(1000, 1099)
        . "\r\n--$boundary--\r\n";
};

subtest 'HEAD tells of what is kept, and sends nothing' => sub {
    my $socket = $server->connect;
    my $answer;

    ok $server->wait_for(sub {
        $answer = ask_head($socket, '/recording/a/audio', 'Range: bytes=0-9');
        return is_kept($answer);
    });
    like $answer, qr{\AHTTP/1.1 200 .*\r\nContent-Length: $length\r\n}s;
    is body_of(ask($socket, '/recording/a/audio')), $wav, 'nothing is left over';
};

subtest 'what is renamed has its new name at once, at every worker' => sub {
    my @sockets = connect_to_both();

    is scalar @sockets, 2;
    for my $number (1 .. 5) {
        like ask_kept($_, '/recording/a/download'), qr/filename=/
            for @sockets;
        like $other->request('PATCH', '/recording/a',
                             "{\"name\":\"Take $number\"}", @json),
            qr{\AHTTP/1.1 200 }, 'another process renames it';
        like ask($_, '/recording/a/download'),
            qr/filename="Take $number\.wav"/ for @sockets;
    }
};

subtest 'what is deleted is gone at once, at every worker' => sub {
    my @sockets = connect_to_both();
    my $by = 0;

    for my $deleter ($server, $other) {
        my $id = 'gone' . $by++;
        record($id, wav(2));
        is body_of(ask_kept($_, "/recording/$id/audio")), wav(2)
            for @sockets;
        like $deleter->request('DELETE', "/recording/$id"),
            qr/"status":"deleted"/;
        like ask($_, "/recording/$id/audio", 'Range: bytes=0-9'),
            qr{\AHTTP/1.1 404 }, "$id is gone" for @sockets;
        like ask($_, "/recording/$id/download"), qr{\AHTTP/1.1 404 }
            for @sockets;
    }
};

subtest 'nobody asks: what was kept is closed, deleted or not' => sub {
    my @sockets = connect_to_both();

    record('left', wav(3));
    for my $socket (@sockets) {
        ask_kept($socket, "/recording/$_/audio") for 'a', 'left';
    }
    like $other->request('DELETE', '/recording/left'), qr/"status":"deleted"/;
    ok $server->wait_for(\&nothing_is_open), 'no worker has its file open';
};

subtest 'of many recordings few are kept, and all are right' => sub {
    my $socket = $server->connect;

    record("many$_", wav(10 + $_)) for 1 .. 20;
    for my $round (1, 2) {
        is body_of(ask($socket, "/recording/many$_/audio")), wav(10 + $_)
            for 1 .. 20;
    }
    ok $server->wait_for(\&nothing_is_open), 'they are closed';
};

subtest 'a recording that is deleted while it is sent is sent whole' => sub {
    my $big = wav(4) . 'x' x 30_000_000;
    record('big', $big);
    my $socket = $server->connect;
    my $text = '';

    like ask_kept($socket, '/recording/big/audio', 'Range: bytes=0-3'),
        qr/RIFF\z/;
    print $socket $server->head('GET', '/recording/big/audio');
    sysread $socket, $text, 65536;
    like $server->request('DELETE', '/recording/big'), qr/"status":"deleted"/;
    while ($text !~ /\r\n\r\n/ || length body_of($text) < length $big) {
        sysread $socket, $text, 1 << 20, length $text or last;
    }
    ok body_of($text) eq $big, 'to its last byte';
    ok $server->wait_for(\&nothing_is_open), 'and closed';
};

subtest 'a client that goes away leaves nothing open' => sub {
    my $big = wav(5) . 'x' x 30_000_000;
    record('cut', $big);
    my $socket = $server->connect;
    my $text;

    ask_kept($socket, '/recording/cut/audio', 'Range: bytes=0-3');
    print $socket $server->head('GET', '/recording/cut/audio');
    sysread $socket, $text, 65536;
    close $socket;
    ok $server->wait_for(\&nothing_is_open);
};

subtest 'what goes past the cache of the disk is not kept' => sub {
    my $socket = $server->connect;

    for (1 .. 4) {
        my $answer = ask($socket, '/direct/recording/a/audio');
        is body_of($answer), $wav;
        ok !is_kept($answer);
    }
};

subtest 'each user has what is their own, also where stores take turns' => sub {
    my @socket = map { $server->connect } 1, 2;
    my %wav = (ann => wav(6), bob => wav(7));

    record('same', $wav{$_}, '/user', "X-User: $_") for sort keys %wav;
    for my $round (1 .. 5) {
        for my $user (sort keys %wav) {
            for my $socket (@socket) {
                my $answer;
                ok $server->wait_for(sub {
                    $answer = ask($socket, '/user/recording/same/audio',
                                  "X-User: $user");
                    return $answer !~ m{\AHTTP/1.1 503 };
                });
                is body_of($answer), $wav{$user}, "it is ${user}'s";
            }
        }
    }
    ask_kept($socket[0], '/user/recording/same/audio', 'X-User: ann');
    ok $server->wait_for(\&nothing_is_open), 'they are closed with their store';
};

subtest 'a server that is loaded anew keeps nothing of before' => sub {
    my @sockets = connect_to_both();

    record('kept', wav(8));
    ask_kept($_, '/recording/kept/audio') for @sockets;
    ok $server->renew_workers('HUP'), 'the old workers leave';
    is body_of(ask_kept($server->connect, '/recording/kept/audio')), wav(8);
    ok $server->wait_for(\&nothing_is_open);
};

unlike $server->log, qr/\[(?:emerg|alert)\]|AddressSanitizer|runtime error/,
    'the log has no fault';

done_testing;
