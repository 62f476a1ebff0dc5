package WaveForge::Client;

# Requests by hand, over a socket of their own, to the port that the object
# names: what a test must be able to cut, stall and send wrongly.

use strict;
use warnings;

use IO::Socket::INET;
use WaveForge::Answers qw(keep_answer);

# A server that closes first is a failed check, not the end of the test.
$SIG{PIPE} = 'IGNORE';

sub connect {
    my $self = shift;

    return IO::Socket::INET->new(PeerAddr => '127.0.0.1',
                                 PeerPort => $self->{port}, Timeout => 10)
        // die "connect: $!";
}

# Everything the server sends until it closes or a whole answer is there, with
# what it hinted at before (104).
sub answer {
    my ($self, $socket) = @_;
    my $text = '';

    while (1) {
        my $ready = '';
        vec($ready, fileno $socket, 1) = 1;
        select $ready, undef, undef, 20 or last;
        sysread $socket, $text, 65536, length $text or last;
        if ($text =~ m{\A((?:HTTP/1.1 104 .*?\r\n\r\n)*+)(.*?\r\n\r\n)}s) {
            my ($hints, $head) = ($1, $2);
            my ($length) = $head =~ /\r\nContent-Length: (\d+)/i;
            last if $head =~ m{\AHTTP/1.1 (100|204|304)}
                || (defined $length && length($text)
                    >= length($hints) + length($head) + $length);
        }
    }
    return $text;
}

sub head {
    my ($self, $method, $path, $length, @headers) = @_;

    return join "\r\n", "$method $path HTTP/1.1", "Host: localhost",
        (defined $length ? "Content-Length: $length" : ()), @headers, '', '';
}

sub request {
    my ($self, $method, $path, $body, @headers) = @_;
    my $socket = $self->connect;

    print $socket $self->head($method, $path,
        defined $body ? length $body : undef, @headers), $body // '';
    my $answer = $self->answer($socket);
    keep_answer($method, $path,
                $answer =~ s{\A(?:HTTP/1.1 104 .*?\r\n\r\n)+}{}sr);
    return $answer;
}

# A chunk of which the server has begun to receive the first half; the caller
# sends the rest, or not.
sub begin_chunk {
    my ($self, $query, $bytes, @headers) = @_;
    my $socket = $self->connect;

    $socket->autoflush(1);
    print $socket $self->head('POST', "/upload/chunk?$query", length $bytes,
                              'Expect: 100-continue', @headers);
    $self->answer($socket) =~ m{\AHTTP/1.1 100 } or die 'not asked for it';
    print $socket substr $bytes, 0, length($bytes) / 2;
    return $socket;
}

sub get {
    my ($self, $path) = @_;

    return $self->request('GET', $path);
}

sub chunk {
    my ($self, $query, $bytes, @headers) = @_;

    return $self->request('POST', "/upload/chunk?$query", $bytes, @headers);
}

sub complete {
    my ($self, $json) = @_;

    return $self->request('POST', '/recording/complete', $json,
                          'Content-Type: application/json');
}

1;
