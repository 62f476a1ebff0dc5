# Large forms as the network brings them: all at once, in pieces, behind each
# other. Without TLS a thread reads what is there, and the event loop the rest.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_base64 sha256_hex);
use POSIX ();
use Test::More;
use WaveForge::Server;

my $server = WaveForge::Server->new(
    workers => 1,
    server => 'log_subrequest off; access_log logs/lengths lengths;',
    http => q{log_format lengths '$waveforge_file_id $request_length';},
);
my $type = 'Content-Type: multipart/form-data; boundary=edge';

# With what a parser might take for the end, every now and then.
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr(($_ * 7 + ($_ >> 8)) % 251)
                     . ($_ % 1000 ? '' : "\r\n--edg\r--edge\r\n-") } 1 .. 690_000;

sub part($$) {
    my ($name, $value) = @_;

    return "--edge\r\nContent-Disposition: form-data; name=\"$name\"\r\n\r\n"
        . "$value\r\n";
}

# The file first, last, or between the fields.
sub form($$;$) {
    my ($id, $bytes, $place) = @_;
    my @parts = (part(file_id => $id), part(chunk_index => 0),
                 part(sha256 => sha256_hex $bytes),
                 part(total_chunks => 1), part(chunk_size => length $bytes),
                 part(file_name => 'take.wav'));

    splice @parts, $place // 6, 0, part(file => $bytes);
    return join '', @parts, "--edge--\r\n";
}

sub head($;@) {
    my ($body, @more) = @_;

    return $server->head('POST', '/upload/chunk', length $body, $type, @more);
}

sub is_kept($$) {
    my ($id, $bytes) = @_;

    like $server->complete(qq({"file_id":"$id","total_chunks":1,"sha256":")
                           . sha256_hex($bytes) . '"}'),
        qr{\AHTTP/1.1 200 }, "$id is kept as it was sent";
}

subtest 'a form that stalls again and again is kept as it was sent' => sub {
    for my $step (1, 300, 65_536, 262_144, 300_001) {
        for my $place (0, 4, 6) {
            my $id = "stall-$step-$place";
            my $body = form $id, $wav, $place;
            my $socket = $server->connect;
            my $at = 0;

            $socket->autoflush(1);
            print $socket head($body, 'Content-Digest: sha-256=:'
                               . sha256_base64($body) . '=:');
            for (1 .. 4) {
                print $socket substr $body, $at, $step if $at < length $body;
                $at += $step;
                ok $server->has_read($socket), "$at bytes have been read";
            }
            print $socket substr $body, $at if $at < length $body;
            like $server->answer($socket), qr/chunk_received/;
            is_kept $id, $wav;
        }
    }
};

subtest 'a form that comes with its head is kept as it was sent' => sub {
    for my $length (16, 17, 500, 900, 2_000) {
        my $bytes = substr $wav, 0, $length;
        my $body = form "head-$length", $bytes;
        my $socket = $server->connect;

        syswrite $socket, head($body) . $body;
        like $server->answer($socket),
            qr/chunk_received.*"received_bytes":$length\}/;
    }
};

subtest 'requests behind a form on the same connection are answered' => sub {
    for my $length (100_000, length $wav) {
        my ($id, $bytes) = ("behind-$length", substr $wav, 0, $length);
        my ($first, $second) = (form($id, $bytes), form("$id-next", $bytes));
        my $socket = $server->connect;
        my $all = head($first) . $first . head($second) . $second
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
        is_kept $id, $bytes;
        is_kept "$id-next", $bytes;
    }
};

# What the client does not send is not waited for.
sub refused_at($$$) {
    my ($body, $length, $expected) = @_;
    my $socket = $server->connect;

    print $socket head($body), substr $body, 0, $length;
    like $server->answer($socket), $expected;
}

subtest 'a refusal in the middle of a form ends the connection' => sub {
    my $text = form 'text', 'no audio ' x 100_000;
    my $long = part(file_id => 'x' x 2_000) . 'x' x 900_000;
    my $beside = part(file_id => 'beside') . part(other => 'x' x 900_000);

    refused_at $text, 500_000, qr{\AHTTP/1.1 415 .*Connection: close}s;
    refused_at $long, 500_000, qr{\AHTTP/1.1 400 .*Connection: close}s;
    refused_at $beside, 500_000,
        qr{\AHTTP/1.1 400 .*Connection: close.*too much beside the file}s;
};

subtest 'a digest that is not that of the bytes is refused' => sub {
    for my $place (0, 2, 6) {
        my $body = form 'wrong', $wav, $place;

        substr($body, index($body, 'RIFF') + 600_000, 1) ^= "\1";
        like $server->request('POST', '/upload/chunk', $body, $type),
            qr{\AHTTP/1.1 422 .*DIGEST_MISMATCH}s, "the file at $place";
    }
    like $server->get('/upload/wrong'), qr{\AHTTP/1.1 404 };
};

subtest 'a client that leaves in the middle leaves nothing' => sub {
    for my $length (0, 100, 1_000, 100_000, 600_000) {
        my $body = form "left-$length", $wav;
        my $socket = $server->connect;

        print $socket head($body), substr $body, 0, $length;
        close $socket;
        ok $server->wait_for(sub {
            $server->request('POST', '/upload/chunk', $body, $type)
                =~ /chunk_received/;
        }), "after $length bytes";
        is_kept "left-$length", $wav;
    }
};

subtest 'the length of a request is that of its head and its body' => sub {
    my %lengths;

    $server->stop;
    open my $file, '<', "$server->{root}/logs/lengths" or die $!;
    while (<$file>) {
        push @{$lengths{$1}}, $2 if /^(\S+) (\d+)$/;
    }
    for my $id ('head-17', 'head-2000', 'behind-100000') {
        my ($size) = $id =~ /-(\d+)/;
        my $body = form $id, substr $wav, 0, $size;
        my $expected = length(head $body) + length $body;

        ok((grep { $_ == $expected } @{$lengths{$id}}), $id)
            or diag "$expected: @{$lengths{$id}}";
    }
};

unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';
done_testing;
