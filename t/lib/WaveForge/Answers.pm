package WaveForge::Answers;

# Every answer the suites get, kept for t/contract/check.mjs, which holds them
# against docs/openapi.yaml: one JSON object per line in the file that
# WAVEFORGE_ANSWERS names, nothing without it.

use strict;
use warnings;

use Exporter 'import';
use Fcntl ':flock';
use File::Basename qw(basename);
use JSON::PP;
use MIME::Base64 qw(encode_base64);

our @EXPORT_OK = qw(keep_answer watch_test_nginx);

my $file = $ENV{WAVEFORGE_ANSWERS};
my $json = JSON::PP->new->canonical->latin1;

# keep_answer('POST', '/upload/chunk?...', 'HTTP/1.1 200 OK\r\n...')
sub keep_answer {
    my ($method, $target, $answer) = @_;

    return if !defined $file || !length($answer // '');

    open my $out, '>>', $file or die "$file: $!";
    flock $out, LOCK_EX;
    print $out $json->encode({
        suite => basename($0),
        method => $method,
        target => $target,
        answer => encode_base64($answer, ''),
    }), "\n";
    close $out or die "$file: $!";
}

# Test::Nginx tells no hook of its own what was asked and answered: its sender
# is called through here. A pipelined row of requests is left out.
sub watch_test_nginx {
    return if !defined $file;

    my $send = \&Test::Nginx::Socket::send_request;

    no warnings qw(redefine prototype);
    *Test::Nginx::Socket::send_request = sub {
        my @ret = $send->(@_);
        my $text = request_text($_[0]);

        if ($text =~ m{\A([A-Z]+) (\S+) HTTP/1.[01]\r?\n}) {
            my ($method, $target) = ($1, $2);

            # What is meant by a POST, unless it is refused as what it is.
            if ($method eq 'POST' && $ret[0] !~ m{\AHTTP/1.1 405 }
                && $text =~ m{\nX-HTTP-Method-Override: ([A-Za-z]+)\r}) {
                $method = uc $1;
            }
            keep_answer($method, $target, $ret[0]);
        }
        return @ret;
    };
}

sub request_text {
    my ($request) = @_;

    return $request if !ref $request;
    return join '', map { ref $_ ? $_->{value} : $_ } @$request;
}

1;
