# HTTP/2 clients that use their window in ways curl does not: frames padded, of
# a byte, and clients that wait until a whole frame fits.

use strict;
use warnings;

use lib 't/lib';
use IO::Socket::INET;
use Test::More;
use WaveForge::Server;

my $port = ($ENV{TEST_NGINX_PORT} // 1984) + 3;
my $server = WaveForge::Server->new(
    server => "listen 127.0.0.1:$port http2;");
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 1_000_000;

sub frame($$$$) {
    my ($type, $flags, $stream, $payload) = @_;

    return substr(pack('N', length $payload), 1)
        . pack('CCN', $type, $flags, $stream) . $payload;
}

# A header field that is not indexed (RFC 7541, 6.2.2).
sub field($$) {
    return "\0" . pack('C/a*', $_[0]) . pack('C/a*', $_[1]);
}

# The DATA frame of these bytes with this many bytes of padding.
sub data($$$) {
    my ($bytes, $padding, $is_last) = @_;

    return frame(0, $is_last, 1, $bytes) if !$padding;
    return frame(0, 8 | $is_last, 1,
                 pack('C', $padding) . $bytes . "\0" x $padding);
}

# Takes one frame and keeps account: windows grow, the answer is collected.
sub take_frame {
    my ($socket, $state) = @_;

    read $socket, my $head, 9 or return 0;
    my ($high, $low, $type, $flags, $stream) = unpack 'CnCCN', $head;
    my $length = $high << 16 | $low;
    my $payload = '';
    read $socket, $payload, $length if $length;

    if ($type == 4 && !($flags & 1)) {
        while ($payload =~ /(..)(....)/sg) {
            $state->{1} += unpack('N', $2) - 65_535 if unpack('n', $1) == 4;
        }
        print $socket frame(4, 1, 0, '');
    } elsif ($type == 8) {
        $state->{$stream} += unpack 'N', $payload;
    } elsif ($type == 0) {
        $state->{answer} .= $payload;
        $state->{ended} = $flags & 1;
    }
    return 1;
}

# Sends a chunk in frames of $size bytes, each only once all of it fits into the
# window, and returns the answer's body.
sub send_chunk {
    my ($id, $bytes, $size, $padding) = @_;
    my $socket = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port") or die $!;
    my $state = { 0 => 65_535, 1 => 65_535, answer => '', ended => 0 };
    my $sent = 0;

    $socket->autoflush(1);
    local $SIG{ALRM} = sub { die "the window stays closed after $sent bytes\n" };
    alarm 20;
    print $socket "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", frame(4, 0, 0, ''),
        frame(1, 4, 1, field(':method', 'POST') . field(':scheme', 'http')
            . field(':authority', 'localhost')
            . field(':path', "/upload/chunk?file_id=$id&chunk_index=0"));
    while (!$state->{ended}) {
        my $piece = substr $bytes, $sent, $size;
        my $cost = length($piece) + ($padding ? $padding + 1 : 0);

        if ($sent < length $bytes && $state->{0} >= $cost
            && $state->{1} >= $cost) {
            $sent += length $piece;
            print $socket data($piece, $padding, $sent == length $bytes ? 1 : 0);
            $state->{$_} -= $cost for 0, 1;
        } else {
            take_frame($socket, $state) or last;
        }
    }
    alarm 0;
    return $state->{answer};
}

sub is_received($$$$) {
    my ($id, $bytes, $size, $padding) = @_;
    my $length = length $bytes;

    like eval { send_chunk($id, $bytes, $size, $padding) } // $@,
        qr/"status":"chunk_received".*"size":$length,/;
}

subtest 'a client may wait until a whole frame fits' => sub {
    is_received 'whole', $wav, 16_384, 0;
};

subtest 'padding may use up the window' => sub {
    is_received 'padded', $wav, 16_128, 255;
    is_received 'mostly', substr($wav, 0, 100_000), 100, 200;
};

subtest 'frames may have one byte' => sub {
    is_received 'bytes', substr($wav, 0, 3_000), 1, 255;
};

subtest 'the bytes are those that were sent' => sub {
    like $server->complete('{"file_id":"padded","total_chunks":1}'),
        qr/"status":"success"/;
    my $answer = $server->get('/recording/padded/audio');
    ok $answer =~ s/\A.*?\r\n\r\n//s && $answer eq $wav;
};

done_testing;
