package WaveForge::Tus;

# A client of tus for suites that need to know the Location of what they have
# created: on a WaveForge::Server, one request per connection.

use strict;
use warnings;

use Exporter 'import';
use Socket qw(SOL_SOCKET SO_LINGER);

our @EXPORT = qw(tus tus_create tus_patch tus_head tus_offset tus_begin
    tus_is_closed);

my @of_patch = ('Content-Type: application/offset+octet-stream');

# tus($server, 'DELETE', $path, $body, 'Upload-Offset: 0', …): the answer.
sub tus {
    my ($server, $method, $path, $body, @headers) = @_;

    return $server->request($method, $path, $body, 'Tus-Resumable: 1.0.0',
                            'Connection: close', @headers);
}

# The path of a new file, or an exception with the answer.
sub tus_create {
    my ($server, @headers) = @_;
    my $answer = tus($server, 'POST', '/files/', '', @headers);

    $answer =~ m{\r\nLocation: (\S+)\r\n} or die $answer;
    return $1;
}

sub tus_patch {
    my ($server, $path, $offset, $bytes, @headers) = @_;

    return tus($server, 'PATCH', $path, $bytes, "Upload-Offset: $offset",
               @of_patch, @headers);
}

sub tus_head {
    my ($server, $path) = @_;

    return tus($server, 'HEAD', $path);
}

# Ends whoever is appending.
sub tus_offset {
    my ($server, $path) = @_;

    return tus_head($server, $path) =~ /\r\nUpload-Offset: (\d+)\r\n/
        ? $1 : undef;
}

# A PATCH of which the server has begun to receive these bytes; the caller sends
# the rest of `length`, or not.
sub tus_begin {
    my ($server, $path, $offset, $length, $bytes, @headers) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head('PATCH', $path, $length, @of_patch, @headers,
        'Tus-Resumable: 1.0.0', "Upload-Offset: $offset",
        'Expect: 100-continue');
    my $answer = $server->answer($socket);
    $answer =~ m{\AHTTP/1.1 100 } or die "not asked for it: $answer";
    print $socket $bytes;
    return $socket;
}

# Whether the server closes without having sent anything.
sub tus_is_closed {
    my $socket = shift;
    my $ready = '';

    vec($ready, fileno $socket, 1) = 1;
    return select($ready, undef, undef, 20) && !sysread $socket, my $byte, 1;
}

# The connection ends with a RST instead of a FIN.
sub reset {
    my $socket = shift;

    setsockopt $socket, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0) or die $!;
    close $socket or die $!;
}

1;
