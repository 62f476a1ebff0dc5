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
    my ($id, $bytes) = @_;

    like $server->complete(qq({"file_id":"$id","total_chunks":1,"sha256":")
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
