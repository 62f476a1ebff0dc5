package WaveForge::Chaos::Take;

# A recording on its way to the server, as its client knows it: the bytes, which
# chunks were acknowledged, and what else was asked for. Each request comes with
# a judge that knows which answers are right.

use strict;
use warnings;

use Digest::SHA qw(sha256_hex);
use JSON::PP ();
use List::Util qw(min);
use WaveForge::Chaos::Wire qw(chance one_of request send_form send_raw);

my $header = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff";
my $json = JSON::PP->new->utf8->canonical;

# Later will do, whatever was asked for.
my %is_later = map { $_ => 1 } 423, 429, 503;

# new($id, $pool, $fault): `pool` refers to bytes to take from, `fault` is told
# what must not be.
sub new {
    my ($class, $id, $pool, $fault) = @_;
    my $count = 1 + int rand 12;
    my $size = one_of(30, 700, 20_000, 66_000, 150_000);
    my $self = bless {
        id => $id, fault => $fault, history => [], acknowledged => {},
        sent => {}, deeds => 0, layout => one_of('fixed', 'fixed', 'free'),
        tells => one_of('always', 'never', 'sometimes'), sizes => [],
    }, $class;

    for my $index (1 .. $count) {
        my $last = $index == $count;
        push @{$self->{sizes}}, $self->{layout} eq 'fixed' && !$last
            ? $size : 1 + int rand $size;
    }
    $self->{sizes}[0] = length($header) + 1 if $self->{sizes}[0] < 40
        && ($self->{layout} eq 'free' || $count == 1);
    $self->{chunk_size} = $size if $self->{layout} eq 'fixed';
    $self->{provisional} = $self->{layout} eq 'free'
        && $self->{sizes}[0] <= 65536 && chance 0.4;
    $self->choose_bytes($pool);
    return $self;
}

sub choose_bytes {
    my ($self, $pool) = @_;
    my $length = 0;

    for my $size (@{$self->{sizes}}) {
        push @{$self->{offsets}}, $length;
        $length += $size;
    }
    $self->{size} = $length;
    $self->{pool} = $pool;
    $self->{from} = int rand length($$pool) - $length;
    $self->{sha256} = sha256_hex($self->bytes);
}

# Made again when needed: there are many takes.
sub bytes {
    my $self = shift;
    my $rest = $self->{size} - length $header;

    return $self->{bytes} //= $header . substr ${$self->{pool}}, $self->{from},
        $rest;
}

sub forget_bytes {
    my $self = shift;

    delete $self->{bytes};
}

sub count {
    my $self = shift;

    return scalar @{$self->{sizes}};
}

sub chunk {
    my ($self, $index) = @_;

    return substr $self->bytes, $self->{offsets}[$index],
        $self->{sizes}[$index];
}

# What a server may answer from now on, whatever was there.
sub may_be_gone {
    my $self = shift;

    return $self->{delete_sent} || $self->{removal_sent};
}

# Deleted, and the server has said so.
sub is_gone {
    my $self = shift;

    return $self->{deleted} || $self->{removed};
}

sub missing {
    my $self = shift;

    return grep { !$self->{acknowledged}{$_} } 0 .. $self->count - 1;
}

sub note {
    my ($self, $what, $answer) = @_;
    my $said = $answer ? "$answer->{status} "
        . ($answer->{body} =~ /"(?:code|status)":"(\w+)"/ ? $1 : '') : 'lost';

    push @{$self->{history}}, "$what -> $said";
}

sub fault {
    my ($self, $what, $answer) = @_;
    my $body = $answer ? substr $answer->{body}, 0, 400 : '';

    $self->{fault}->("upload $self->{id}: $what\n$body\n"
        . join "\n", $self->story, '');
}

sub story {
    my $self = shift;

    return map { "    $_" } "layout $self->{layout}, sizes @{$self->{sizes}}",
        @{$self->{history}};
}

# A request whose answer is `check`ed unless it got lost or may be repeated, of
# which `miss`, if there is one, is told. Both know what is noted with it.
sub asks {
    my ($self, $what, $bytes, $check, $miss) = @_;

    push @{$self->{history}}, "$what sent";
    return { bytes => $bytes, judge => sub {
        my ($answer, $noted) = @_;
        my $is_missed = !$answer || $is_later{$answer->{status}};

        $self->note($what, $answer);
        $is_missed ? $miss && $miss->($noted) : $check->($answer, $noted);
    } };
}

sub fields {
    my ($self, $index) = @_;
    my %fields = (file_id => $self->{id}, chunk_index => $index);
    my $tells = $self->{tells};

    if ($self->{chunk_size}
        && (!%{$self->{acknowledged}} || chance 0.7)) {
        $fields{chunk_size} = $self->{chunk_size};
    }
    $fields{total_chunks} = $self->count
        if $tells eq 'always' || ($tells eq 'sometimes' && chance 0.3);
    $fields{file_name} = 'take.wav' if chance 0.3;
    return %fields;
}

sub send_chunk {
    my ($self, $index) = @_;
    my $bytes = $self->chunk($index);
    my %fields = $self->fields($index);
    my $encode = chance(0.7) ? \&send_raw : \&send_form;
    my $refused = $self->is_gone;

    if ($index == 0 && $self->{provisional} && !$self->{sealed}
        && chance 0.5) {
        $fields{provisional} = 1;
        substr $bytes, 16, 4, pack 'V', rand 1 << 31;
        $self->{provisional_sent} = 1;
    } elsif ($index == 0) {
        $self->{sealed} = 1;
    }
    $self->{sent}{$index} = 1;
    return $self->asks("chunk $index" . ($fields{provisional} ? 'p' : ''),
        $encode->(\%fields, $bytes, chance(0.5) ? $bytes : undef),
        sub { $self->judge_chunk($index, \%fields, $refused, @_) });
}

sub judge_chunk {
    my ($self, $index, $fields, $refused, $answer) = @_;
    my $status = $answer->{status};

    if ($status == 200) {
        return $self->fault('a chunk after the upload was deleted', $answer)
            if $refused;
        # A provisional header is there, but another will take its place.
        $self->{acknowledged}{$index} = 1 if !$fields->{provisional};
        return;
    }
    return if $status == 410 && $self->may_be_gone;
    return if $status == 409 && $self->{complete_sent}
        && $answer->{body} =~ /ALREADY_COMPLETE/;
    # What came late is not what has been sealed meanwhile.
    return if $status == 409 && $fields->{provisional} && $self->{sealed};
    $self->fault("chunk $index was refused", $answer);
}

sub look {
    my $self = shift;
    my @known = sort { $a <=> $b } keys %{$self->{acknowledged}};

    return $self->asks("look for @known",
        request('GET', "/upload/$self->{id}?received=1"),
        sub { $self->judge_look(\@known, @_) });
}

sub judge_look {
    my ($self, $known, $answer) = @_;
    my ($status, $body) = @$answer{qw(status body)};
    my %there;

    return if $status == 404 && (!@$known || $self->may_be_gone);
    return $self->fault('cannot be looked at', $answer) if $status != 200;
    my $told = $json->decode($body);
    if ($told->{status} eq 'complete') {
        $self->fault('complete too early', $answer) if !$self->{complete_sent};
        return;
    }
    for my $range (@{$told->{received}}) {
        $there{$_} = 1 for $range->[0] .. $range->[1];
    }
    for my $index (@$known) {
        $self->fault("chunk $index is lost", $answer) if !$there{$index};
    }
    for my $index (keys %there) {
        $self->fault("chunk $index was never sent", $answer)
            if !$self->{sent}{$index};
    }
}

# Whatever is told must be checked; told is at least something.
sub complete {
    my ($self, %lies) = @_;
    my %told = (file_id => $self->{id}, %lies);
    my @known = keys %{$self->{acknowledged}};
    my $refused = $self->is_gone;

    $told{sha256} //= $self->{sha256} if $self->{provisional} || chance 0.6;
    $told{size} //= $self->{size} if chance 0.6;
    $told{total_chunks} //= $self->count;
    $self->{complete_sent} = 1;
    return $self->asks(join(' ', 'complete', %lies),
        request('POST', '/recording/complete', $json->encode(\%told),
                'Content-Type: application/json'),
        sub { $self->judge_complete(\@known, %lies || $refused, @_) });
}

sub judge_complete {
    my ($self, $known, $is_wrong, $answer) = @_;
    my ($status, $body) = @$answer{qw(status body)};

    if ($status == 200) {
        my $recording = $json->decode($body)->{recording};
        return $self->fault('completed against the facts', $answer)
            if $is_wrong || $recording->{sha256} ne $self->{sha256}
                || $recording->{size} != $self->{size};
        $self->{done} = $recording->{filename};
        return;
    }
    return if $is_wrong && $status =~ /^4/;
    return if $status == 202 || ($status =~ /^4(04|10)$/
        && ($self->may_be_gone || !@$known));
    if ($status == 409 && $body =~ /CHUNKS_MISSING/) {
        my $missing = $json->decode($body)->{missing} // [];
        for my $index (@$known) {
            $self->fault("chunk $index is lost", $answer) if grep {
                $_->[0] <= $index && $index <= $_->[1] } @$missing;
        }
        return;
    }
    # Its header is still the provisional one.
    return if $status == 422 && $self->{provisional_sent}
        && !grep { $_ == 0 } @$known;
    $self->fault('was not completed', $answer);
}

sub delete_upload {
    my $self = shift;

    $self->{delete_sent} = 1;
    return $self->asks('delete', request('DELETE', "/upload/$self->{id}"),
        sub {
            my $status = $_[0]{status};
            $self->{deleted} = 1 if $status == 200;
            return if $status =~ /^(200|404)$/;
            return if $status == 409 && $self->{complete_sent};
            $self->fault('was not deleted', @_);
        });
}

1;
