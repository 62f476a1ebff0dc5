# Chunks as the network brings them: all at once, in pieces, behind each other.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Server;

my $server = WaveForge::Server->new(
    workers => 1,
    server => 'log_subrequest off; access_log logs/lengths lengths;',
    http => q{log_format lengths '$arg_file_id $request_length';},
);
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr(($_ * 7 + ($_ >> 8)) % 251) } 1 .. 700_000;

sub chunk_head {
    my ($id, $bytes, $index) = @_;

    return $server->head('POST',
        "/upload/chunk?file_id=$id&chunk_index=" . ($index // 0),
        length $bytes);
}

sub is_kept {
    my ($id, $bytes, $of) = @_;

    like +($of // $server)->complete(qq({"file_id":"$id","total_chunks":1,"sha256":")
                           . sha256_hex($bytes) . '"}'),
        qr{\AHTTP/1.1 200 }, "$id is kept as it was sent";
}

subtest 'a chunk that stalls again and again is kept as it was sent' => sub {
    for my $step (1, 1_000, 60_000, 65_536, 262_144, 300_001) {
        my $socket = $server->connect;
        my $at = 0;

        $socket->autoflush(1);
        print $socket chunk_head("stall-$step", $wav);
        for (1 .. 4) {
            print $socket substr $wav, $at, $step if $at < length $wav;
            $at += $step;
            ok $server->has_read($socket), "$at bytes have been read";
        }
        print $socket substr $wav, $at if $at < length $wav;
        like $server->answer($socket), qr/chunk_received/;
        is_kept("stall-$step", $wav);
    }
};

subtest 'a chunk that comes with its head is kept as it was sent' => sub {
    for my $length (16, 17, 500, 900, 1_000, 1_024, 2_000) {
        my $bytes = substr $wav, 0, $length;
        my $socket = $server->connect;

        syswrite $socket, chunk_head("head-$length", $bytes) . $bytes;
        like $server->answer($socket), qr/chunk_received/;
        my ($size) = $server->get("/upload/head-$length")
            =~ /"received_bytes":(\d+)/;
        is $size, $length;
    }
};

# Whether all that we have sent is with the server, read or not.
sub has_arrived {
    my ($socket) = @_;
    my $ours = sprintf '%04X', $socket->sockport;
    my $theirs = sprintf '%04X', $socket->peerport;

    return $server->wait_for(sub {
        open my $table, '<', '/proc/net/tcp' or die $!;
        return join('', <$table>) =~ / \w+:$ours \w+:$theirs \w+ 0{8}:/;
    });
}

sub while_stopped {
    my ($process, $do) = @_;

    kill 'STOP', $process;
    my $result = eval { $do->() };
    my $fault = $@;
    kill 'CONT', $process;
    die $fault if $fault;
    return $result;
}

# How much of it the kernel takes while nobody reads.
sub send_unread {
    my ($socket, $bytes) = @_;
    my $sent = 0;

    $socket->blocking(0);
    for (1 .. 200) {
        $sent += syswrite($socket, $bytes, length $bytes, $sent) // 0;
        last if $sent == length $bytes;
        sleep 0.05;
    }
    $socket->blocking(1);
    return $sent;
}

subtest 'more of a chunk may come with its head than a thread reads at once' => sub {
    my $large = WaveForge::Server->new(
        workers => 1, port => $server->{port} + 1,
        server => 'client_header_buffer_size 512k;');
    my $socket = $large->connect;
    my ($worker) = $large->workers;

    # what has gone through a connection makes room in it for more at once
    for my $index (0 .. 15) {
        print $socket chunk_head('burst-before', $wav, $index), $wav;
        like $large->answer($socket), qr/chunk_received/;
    }
    for my $length (262_143, 262_144, 262_145, 400_000) {
        my $bytes = substr $wav, 0, $length;
        my $all = chunk_head("burst-$length", $bytes) . $bytes;
        my $sent = 0;
        my $is_there = while_stopped($worker, sub {
            $sent = send_unread($socket, $all);
            return $sent == length $all && has_arrived($socket);
        });

        SKIP: {
            skip "the kernel takes $sent bytes", 1 if $sent < length $all;
            ok $is_there, "$length bytes are there at once";
        }
        print $socket substr $all, $sent;
        like $large->answer($socket), qr/chunk_received/;
        is_kept("burst-$length", $bytes, $large);
    }
    is_deeply [$large->workers], [$worker], 'the worker is the same';
};

subtest 'requests behind a chunk on the same connection are answered' => sub {
    my $second = substr $wav, 0, 100_000;

    for my $body ($second, $wav) {
        my $id = 'behind-' . length $body;
        my $socket = $server->connect;
        my $all = chunk_head($id, $body) . $body
            . chunk_head("$id-next", $second) . $second
            . $server->head('GET', '/health/live', undef,
                            'Connection: close');
        my $answers = '';

        if (fork // die $!) {
            while (sysread $socket, my $text, 65536) {
                $answers .= $text;
            }
            wait;
        } else {
            $socket->autoflush(1);
            print $socket $all;
            POSIX::_exit(0);
        }
        my @codes = $answers =~ m{HTTP/1.1 (\d+) }g;
        is "@codes", '200 200 200';
        is_kept($id, $body);
        is_kept("$id-next", $second);
    }
};

subtest 'a refusal in the middle of a body ends the connection' => sub {
    my $socket = $server->connect;
    my $text = 'no audio ' x 100_000;

    print $socket chunk_head('text', $text), substr $text, 0, 500_000;
    like $server->answer($socket), qr{\AHTTP/1.1 415 .*Connection: close}s;
};

subtest 'a client that leaves in the middle leaves nothing' => sub {
    for my $length (0, 100, 100_000, 600_000) {
        my $socket = $server->connect;

        print $socket chunk_head("left-$length", $wav),
            substr $wav, 0, $length;
        close $socket;
        ok $server->wait_for(sub {
            $server->chunk("file_id=left-$length&chunk_index=0", $wav)
                =~ /chunk_received/;
        }), "after $length bytes";
        is_kept("left-$length", $wav);
    }
};

subtest 'the length of a request is that of its head and its body' => sub {
    my %lengths;

    $server->stop;
    open my $file, '<', "$server->{root}/logs/lengths" or die $!;
    while (<$file>) {
        push @{$lengths{$1}}, $2 if /^(\S+) (\d+)$/;
    }
    for my $id ('head-17', 'head-2000', 'stall-1000', 'stall-262144') {
        my ($size) = $id =~ /head-(\d+)/;
        my $bytes = substr $wav, 0, $size // length $wav;
        my $expected = length chunk_head($id, $bytes);

        $expected += length $bytes;
        ok((grep { $_ == $expected } @{$lengths{$id}}), $id)
            or diag "$expected: @{$lengths{$id}}";
    }
};

unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';
done_testing;
