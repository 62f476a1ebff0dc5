package WaveForge::Chaos::Ending;

# Files below /files/ when all has calmed down: most are brought to their end.

use strict;
use warnings;

use Exporter 'import';
use Time::HiRes qw(sleep);
use WaveForge::Chaos::Wire qw(chance);

our @EXPORT_OK = qw(files_of finish_file);

sub files_of {
    return grep { $_->isa('WaveForge::Chaos::File') } @_;
}

# A file has its bytes to the end, unless it was deleted or is left as it is.
sub finish_file {
    my ($server, $file) = @_;

    if ($file->{is_created} && !$file->{done}) {
        send_for_good($server, $file->look);
        if (!$file->may_be_gone && chance 0.8) {
            append_rest($server, $file);
        } elsif (!$file->{complete_sent} && !$file->may_be_gone) {
            $file->{unfinished} = 1;
        }
    }
    $file->forget_bytes;
}

# A request that is answered for good, and judged. The answer to a HEAD tells of
# a body that does not come: it ends with the connection.
sub send_for_good {
    my ($server, $request) = @_;
    my $bytes = $request->{bytes} =~ s/\r\n/\r\nConnection: close\r\n/r;

    for (1 .. 600) {
        my $socket = $server->connect;
        print $socket $bytes;
        my $answer = $server->answer($socket)
            =~ s{\A(?:HTTP/1.1 104 .*?\r\n\r\n)+}{}sr;
        my ($head, $body) = split /\r\n\r\n/, $answer, 2;
        my ($status) = ($head // '') =~ m{\AHTTP/1.1 (\d+) };
        if (($status // 503) !~ /^(423|503)$/) {
            return $request->{judge}->({ status => $status, head => $head,
                                         body => $body // '' });
        }
        sleep 0.1;
    }
    $request->{judge}->({ status => 0, head => '', body => 'never' });
}

# Each append adds something, or completes it.
sub append_rest {
    my ($server, $file) = @_;

    while (!$file->{done}) {
        my $known = $file->{known};

        send_for_good($server, $file->append);
        if ($file->{known} == $known && !$file->{done}) {
            return $file->fault('does not come to its end');
        }
    }
}

1;
