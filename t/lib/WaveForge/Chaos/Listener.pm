package WaveForge::Chaos::Listener;

# What clients ask of a finished recording, and of the server as a whole. Both
# give requests with judges, as WaveForge::Chaos::Take does.

use strict;
use warnings;

use Digest::SHA qw(sha256_hex);
use Exporter 'import';
use WaveForge::Chaos::Wire qw(chance one_of request);

our @EXPORT_OK = qw(ask_of_recording ask_of_server);

# `check` is for an answer that is not "gone" when that is right.
sub about {
    my ($take, $what, $bytes, $check) = @_;
    my $removed = $take->{removed};

    return $take->asks($what, $bytes, sub {
        my $answer = shift;
        my $is_gone = $answer->{status} =~ /^4(04|10)$/;

        return if $is_gone && $take->{removal_sent};
        return $take->fault("$what of what was deleted", $answer)
            if $removed && !$is_gone;
        $check->($answer);
    });
}

sub whole_audio {
    my $take = shift;
    my $path = one_of 'audio', 'download';

    return about $take, $path, request('GET', "/recording/$take->{id}/$path"),
        sub {
            my $answer = shift;
            $take->fault("$path has other bytes", { %$answer, body => '' })
                if $answer->{status} != 200
                    || sha256_hex($answer->{body}) ne $take->{sha256};
        };
}

sub part_of_audio {
    my $take = shift;
    my $first = int rand $take->{size};
    my $last = $first + int rand $take->{size} - $first;

    return about $take, "bytes $first-$last", request('GET',
        "/recording/$take->{id}/audio", undef, "Range: bytes=$first-$last"),
        sub {
            my $answer = shift;
            my $right = substr $take->bytes, $first, $last - $first + 1;
            $take->fault('a range has other bytes', { %$answer, body => '' })
                if $answer->{status} != 206 || $answer->{body} ne $right;
        };
}

sub metadata {
    my $take = shift;

    return about $take, 'show', request('GET', "/recording/$take->{id}"), sub {
        my $answer = shift;
        $take->fault('is shown otherwise', $answer)
            if $answer->{status} != 200
                || $answer->{body} !~ /"sha256":"$take->{sha256}"/;
    };
}

sub name {
    my $take = shift;
    my $name = 'take ' . int rand 1e6;

    return about $take, 'rename', request('PATCH', "/recording/$take->{id}",
        "{\"name\":\"$name\"}", 'Content-Type: application/json'), sub {
        my $answer = shift;
        $take->fault('cannot be renamed', $answer)
            if $answer->{status} != 200 || $answer->{body} !~ /"$name"/;
    };
}

sub removal {
    my $take = shift;

    $take->{removal_sent} = 1;
    return $take->asks('remove', request('DELETE', "/recording/$take->{id}"),
        sub {
            my $answer = shift;
            $take->{removed} = 1 if $answer->{status} == 200;
            $take->fault('cannot be removed', $answer)
                if $answer->{status} !~ /^(200|404)$/;
        });
}

sub ask_of_recording($) {
    my $take = shift;

    return removal $take if chance 0.06;
    return $take->send_chunk(int rand $take->count) if chance 0.15;
    return $take->complete if chance 0.15;
    return one_of(\&whole_audio, \&part_of_audio, \&metadata, \&name)->($take);
}

# Whatever goes on, these answer.
sub ask_of_server($) {
    my $fault = shift;
    my $path = one_of '/health', '/health/live', '/recordings?limit=5',
        '/uploads', '/api/config', '/recordings?q=take&sort=name';

    return { bytes => request('GET', $path), judge => sub {
        my $answer = shift;
        $fault->("$path: $answer->{status} $answer->{body}\n")
            if $answer && $answer->{status} !~ /^(200|503)$/;
    } };
}

1;
