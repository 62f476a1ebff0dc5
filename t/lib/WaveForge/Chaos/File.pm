package WaveForge::Chaos::File;

# A take that is appended to below /files/, by tus or as a resumable upload for
# HTTP. Its client knows up to where the server has it: no answer may tell less
# than one before, and none more than was sent.

use strict;
use warnings;

use parent -norequire, 'WaveForge::Chaos::Take';

use Digest::SHA qw(sha256_base64);
use List::Util qw(max min);
use WaveForge::Chaos::Creation qw(create);
use WaveForge::Chaos::Listener qw(ask_of_recording);
use WaveForge::Chaos::Take;
use WaveForge::Chaos::Wire qw(chance digest_header one_of request);

# new($name, $pool, $fault), as for a take. A patient client waits for an answer
# before it asks again, so that nothing it sends is ended by itself.
sub new {
    my ($class, $name, $pool, $fault) = @_;
    my $self = $class->SUPER::new($name, $pool, $fault);

    $self->{dialect} = one_of 'tus', 'draft';
    $self->{name} = "$name.wav";
    $self->{known} = $self->{most} = 0;
    $self->{others} = {};
    $self->{chunk_size} = $self->{provisional} = undef;
    $self->{tells} = 'never';
    $self->{is_patient} = chance 0.5;
    return $self;
}

sub is_tus {
    my $self = shift;

    return $self->{dialect} eq 'tus';
}

# What its client does next.
sub next_request {
    my $self = shift;

    return create $self if !$self->{is_created};
    return ask_of_recording $self if $self->{done};
    return $self->lie if chance 0.15;
    return $self->look if chance 0.15;
    return $self->delete_file
        if chance($self->{delete_sent} ? 0.3 : 0.01);
    return $self->append;
}

sub dialect_headers {
    my $self = shift;

    return $self->is_tus ? 'Tus-Resumable: 1.0.0'
        : 'Upload-Draft-Interop-Version: ' . one_of(6, 8, 8, 8);
}

sub path {
    my $self = shift;

    return "/files/$self->{id}";
}

# What a head tells.
sub offset_in {
    my ($self, $head) = @_;

    return "$head\r\n" =~ /\r\nUpload-Offset: (\d+)\r\n/ ? $1 : undef;
}

sub id_in {
    my ($self, $head) = @_;

    return "$head\r\n" =~ m{\r\nLocation: /files/(\w+)\r\n} ? $1 : undef;
}

sub append_headers {
    my ($self, $offset, $is_last) = @_;

    return ($self->dialect_headers, "Upload-Offset: $offset",
        $self->is_tus ? 'Content-Type: application/offset+octet-stream'
            : ('Content-Type: application/partial-upload',
               'Upload-Complete: ?' . ($is_last ? 1 : 0)));
}

sub digest_of {
    my ($self, $bytes) = @_;

    return digest_header $bytes if !$self->is_tus;
    return 'Upload-Checksum: sha256 ' . sha256_base64($bytes) . '=';
}

# From where the server is known to be; nothing at the end, to complete.
sub append {
    my $self = shift;
    my $offset = $self->{known};
    my $length = min $self->{size} - $offset,
        1 + int rand one_of @{$self->{sizes}};
    my $bytes = substr $self->bytes, $offset, $length;
    my $is_last = $offset + $length == $self->{size};
    my $refused = $self->is_gone;
    my $request = $self->asks("append $length at $offset",
        request('PATCH', $self->path, $bytes,
                $self->append_headers($offset, $is_last),
                chance(0.3) ? $self->digest_of($bytes) : ()),
        sub { $self->judge_append($offset, $length, $refused, @_) });

    $self->{most} = max $self->{most}, $offset + $length;
    $self->{complete_sent} ||= $is_last;
    $request->{hear} = sub { $self->hear($offset, @_) };
    return $request;
}

# A 104: what has come so far stays, too.
sub hear {
    my ($self, $offset, $head) = @_;

    $self->learn($self->offset_in($head) // -1, $offset);
}

sub judge_append {
    my ($self, $offset, $length, $refused, $answer) = @_;
    my $status = $answer->{status};
    my $told = $self->offset_in($answer->{head});

    return if $status =~ /^4(04|10)$/ && $self->may_be_gone;
    return if $status == 409 && $self->{complete_sent}
        && $answer->{body} =~ /ALREADY_COMPLETE/;
    if ($status == 409 && defined $told && $told != $offset) {
        return $self->learn($told, $offset, $answer);
    }
    return $self->fault("cannot be appended to at $offset", $answer)
        if $status !~ /^2/ || $refused || ($told // -1) != $offset + $length;
    $self->learn($told, $offset, $answer);
    $self->{done} = 1 if $told == $self->{size};
}

# `before` was known when it was asked for.
sub learn {
    my ($self, $told, $before, $answer) = @_;

    return $self->fault("was at $before, and goes back to $told", $answer)
        if $told < $before;
    return $self->fault("was never sent up to $told", $answer)
        if $told > $self->{most};
    $self->{known} = max $self->{known}, $told;
}

sub look {
    my $self = shift;
    my $known = $self->{known};
    my $request = $self->asks("look beyond $known",
        request('HEAD', $self->path, undef, $self->dialect_headers),
        sub { $self->judge_look($known, @_) });

    $request->{is_head} = 1;
    return $request;
}

sub judge_look {
    my ($self, $known, $answer) = @_;
    my $told = $self->offset_in($answer->{head});

    return if $answer->{status} =~ /^4(04|10)$/ && $self->may_be_gone;
    return $self->fault('cannot be looked at', $answer)
        if $answer->{status} !~ /^20[04]$/ || !defined $told;
    $self->learn($told, $known, $answer);
}

# As a file, whatever it is meanwhile.
sub delete_file {
    my $self = shift;

    $self->{delete_sent} = $self->{removal_sent} = 1;
    return $self->asks('delete',
        request('DELETE', $self->path, undef, $self->dialect_headers), sub {
            my $status = $_[0]{status};
            $self->{deleted} = $self->{removed} = 1 if $status == 204;
            $self->fault('was not deleted', @_) if $status !~ /^(204|404|410)$/;
        });
}

# Each must be refused, and leave the file as it was.
sub lie {
    my $self = shift;
    my $offset = $self->{known};
    my $bytes = substr $self->bytes, $offset, one_of(1, 500, 50_000);
    my $other = $bytes ^ "\x01" x length $bytes;
    my @digest = $self->digest_of($bytes);
    my $gap = $self->{most} + 1 + int rand 1000;
    my %lies = (
        'other bytes than the digest' => [$other, $offset, @digest],
        'a gap' => [$bytes, $gap],
        'an offset that is none' => [$bytes, one_of('x', '-1', '1e3')],
        'an encoding' => [$bytes, $offset, 'Content-Encoding: gzip'],
    );
    my $name = one_of sort keys %lies;
    my ($body, $at, @headers) = @{$lies{$name}};

    return if !length $bytes;
    return $self->asks($name, request('PATCH', $self->path, $body,
        $self->append_headers($at, 0), @headers), sub {
            my $answer = shift;
            $self->fault("$name was not refused", $answer)
                if $answer->{status} !~ /^4/;
        });
}

# Of a finished one: how many chunks it is made of is the server's.
sub complete {
    my $self = shift;
    my $refused = $self->is_gone;

    return $self->asks('complete', request('POST', '/recording/complete',
        "{\"file_id\":\"$self->{id}\",\"sha256\":\"$self->{sha256}\"}",
        'Content-Type: application/json'),
        sub { $self->judge_complete([0], $refused, @_) });
}

1;
