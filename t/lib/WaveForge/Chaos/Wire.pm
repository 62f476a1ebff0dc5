package WaveForge::Chaos::Wire;

# Requests as the bytes that go over a connection: well-formed ones, in every
# encoding that a client may choose.

use strict;
use warnings;

use Digest::SHA qw(sha256_base64 sha256_hex);
use Exporter 'import';
use List::Util qw(shuffle);

our @EXPORT_OK = qw(chance digest_header one_of request send_form send_raw);

sub chance($) {
    return rand() < $_[0];
}

sub one_of {
    return $_[rand @_];
}

# A body in chunked transfer, cut up at random.
sub in_pieces($) {
    my $body = shift;
    my $text = '';

    while (length $body) {
        my $piece = substr $body, 0, 1 + int rand 40_000, '';
        $text .= sprintf "%x\r\n%s\r\n", length $piece, $piece;
    }
    return "${text}0\r\n\r\n";
}

# request('POST', '/path', $body, @headers); $body may be undef.
sub request {
    my ($method, $path, $body, @headers) = @_;
    my $chunked = defined $body && length $body && chance 0.2;

    push @headers, "Connection: close" if chance 0.2;
    if ($chunked) {
        push @headers, 'Transfer-Encoding: chunked';
    } elsif (defined $body) {
        push @headers, 'Content-Length: ' . length $body;
    }
    return join "\r\n", "$method $path HTTP/1.1", 'Host: localhost', @headers,
        '', $chunked ? in_pieces $body : $body // '';
}

sub digest_header($) {
    my $base64 = sha256_base64($_[0]);

    $base64 .= '=' while length($base64) % 4;
    return "Content-Digest: sha-256=:$base64:";
}

sub query(%) {
    my %fields = @_;

    return join '&', map { "$_=$fields{$_}" } shuffle sort keys %fields;
}

# A raw chunk. `digest_of` are the bytes the digest tells of; none, no digest.
sub send_raw {
    my ($fields, $bytes, $digest_of, @headers) = @_;

    push @headers, digest_header $digest_of if defined $digest_of;
    push @headers, 'Expect: 100-continue' if chance 0.1;
    return request('POST', '/upload/chunk?' . query(%$fields), $bytes,
                   @headers);
}

# The same as a form, its parts in any order.
sub send_form {
    my ($fields, $bytes, $digest_of) = @_;
    my %parts = %$fields;
    my $edge = 'edge' . int rand 1e9;
    my $body = '';

    $parts{sha256} = sha256_hex($digest_of) if defined $digest_of;
    for my $name (shuffle 'file', sort keys %parts) {
        my $file = $name eq 'file' ? '; filename="a.wav"' : '';
        $body .= "--$edge\r\nContent-Disposition: form-data; name=\"$name\""
            . "$file\r\n\r\n" . ($name eq 'file' ? $bytes : $parts{$name})
            . "\r\n";
    }
    return request('POST', '/upload/chunk', "$body--$edge--\r\n",
        "Content-Type: multipart/form-data; boundary=$edge");
}

1;
