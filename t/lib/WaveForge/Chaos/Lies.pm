package WaveForge::Chaos::Lies;

# Chunks that say what is not so: each must be refused, whatever else is going
# on, and leave the upload as it was. `lie($take)` makes one.

use strict;
use warnings;

use Exporter 'import';
use WaveForge::Chaos::Wire qw(chance one_of digest_header request send_form
    send_raw);

our @EXPORT_OK = qw(lie);

# Bytes of the same length and type that are not the chunk's.
sub other_bytes($$) {
    my ($take, $index) = @_;
    my $bytes = $take->chunk($index);

    substr $bytes, -1, 1, chr(ord(substr $bytes, -1) ^ 1);
    return $bytes;
}

sub told($$) {
    my ($take, $index) = @_;

    return { $take->fields($index) };
}

sub digest_of_other_bytes {
    my ($take, $index) = @_;
    my $encode = chance(0.5) ? \&send_raw : \&send_form;

    return $encode->(told($take, $index), $take->chunk($index),
        other_bytes $take, $index);
}

sub bytes_other_than_the_digest {
    my ($take, $index) = @_;
    my $encode = chance(0.5) ? \&send_raw : \&send_form;

    return $encode->(told($take, $index), other_bytes($take, $index),
        $take->chunk($index));
}

# Content-Length ends in the middle; the rest is no request.
sub length_below_the_bytes {
    my ($take, $index) = @_;
    my $bytes = $take->chunk($index);
    my $half = int length($bytes) / 2;

    return "POST /upload/chunk?file_id=$take->{id}&chunk_index=$index "
        . "HTTP/1.1\r\nHost: localhost\r\n" . digest_header($bytes)
        . "\r\nContent-Length: $half\r\n\r\n$bytes";
}

sub length_of_nothing {
    my ($take, $index) = @_;

    return request('POST', "/upload/chunk?file_id=$take->{id}"
        . "&chunk_index=$index", '');
}

sub body_that_is_no_transfer {
    my ($take, $index) = @_;
    my $bytes = $take->chunk($index);

    return "POST /upload/chunk?file_id=$take->{id}&chunk_index=$index "
        . "HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        . sprintf("%x\r\n%s", length $bytes, $bytes) . "no transfer\r\n";
}

sub form_without_an_end {
    my ($take, $index) = @_;
    my %parts = (file_id => $take->{id}, chunk_index => $index,
                 'file"; filename="a' => $take->chunk($index));
    my $body = join '', map {
        "--edge\r\nContent-Disposition: form-data; name=\"$_\"\r\n\r\n"
            . "$parts{$_}\r\n" } sort keys %parts;

    return request('POST', '/upload/chunk', "$body--edg",
        'Content-Type: multipart/form-data; boundary=edge');
}

# What was told before is known and cannot be changed, or else the digest is
# wrong as well.
sub total_that_differs {
    my ($take, $index) = @_;
    my $fields = told $take, $index;

    $fields->{total_chunks} = $take->count + one_of(-1, 1, 1000);
    return send_raw($fields, $take->chunk($index), other_bytes $take, $index);
}

# Only an accepted chunk makes one wrong: till then it is a choice.
sub chunk_size_that_differs {
    my ($take, $index) = @_;
    my $fields = told $take, $index;

    return if !%{$take->{acknowledged}};
    $fields->{chunk_size} = ($take->{chunk_size} // 0) + one_of(1, 5000);
    return send_raw($fields, $take->chunk($index), other_bytes $take, $index);
}

sub index_beyond_the_total {
    my ($take) = @_;
    my $fields = told $take, $take->count;

    $fields->{total_chunks} = $take->count;
    return send_raw($fields, $take->chunk(0), undef);
}

sub encoding_that_is_none {
    my ($take, $index) = @_;

    return send_raw(told($take, $index), $take->chunk($index), undef,
                    'Content-Encoding: gzip');
}

sub number_that_is_none {
    my ($take) = @_;

    return send_raw({ file_id => $take->{id}, chunk_index => one_of('-1', 'x',
        '', '99999999999999999999') }, 'bytes', undef);
}

# At an index that has its bytes already.
sub other_bytes_again {
    my ($take) = @_;
    my @known = sort keys %{$take->{acknowledged}};

    return if !@known;
    my $index = one_of @known;
    my $encode = chance(0.5) ? \&send_raw : \&send_form;
    return $encode->(told($take, $index), other_bytes($take, $index), undef);
}

my %lies = (
    digest_of_other_bytes => \&digest_of_other_bytes,
    bytes_other_than_the_digest => \&bytes_other_than_the_digest,
    length_below_the_bytes => \&length_below_the_bytes,
    length_of_nothing => \&length_of_nothing,
    body_that_is_no_transfer => \&body_that_is_no_transfer,
    form_without_an_end => \&form_without_an_end,
    total_that_differs => \&total_that_differs,
    chunk_size_that_differs => \&chunk_size_that_differs,
    index_beyond_the_total => \&index_beyond_the_total,
    encoding_that_is_none => \&encoding_that_is_none,
    number_that_is_none => \&number_that_is_none,
    other_bytes_again => \&other_bytes_again,
);

# What comes after these is no request any more.
my %garbles = map { $_ => 1 } qw(length_below_the_bytes
    body_that_is_no_transfer);

sub lie($) {
    my $take = shift;
    my $name = one_of sort keys %lies;
    my $bytes = $lies{$name}->($take, int rand $take->count);

    return if !defined $bytes;
    my $request = $take->asks($name, $bytes, sub {
        my $answer = shift;

        return if $answer->{status} =~ /^4/;
        # Size and digest are those of what is there: nothing else is read.
        return if $name eq 'bytes_other_than_the_digest'
            && $answer->{body} =~ /chunk_already_exists/;
        $take->fault("$name was not refused", $answer);
    });
    $request->{is_last} = $garbles{$name};
    return $request;
}

1;
