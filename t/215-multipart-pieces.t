# Forms as a network may cut them, and as clients may order them.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use Socket qw(IPPROTO_TCP TCP_NODELAY);
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Server;

# A busy machine sends byte by byte more slowly than a client may.
my $server = WaveForge::Server->new(workers => 1,
                                    directives => 'waveforge_min_rate 0;');
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff\r\n--edg\r--edge\r\n-";
my $type = 'Content-Type: multipart/form-data; boundary=edge';

sub form(@) {
    my $body = '';

    while (my ($name, $value) = splice @_, 0, 2) {
        $body .= "--edge\r\nContent-Disposition: form-data; name=\"$name\"\r\n"
            . "\r\n$value\r\n";
    }
    return "$body--edge--\r\n";
}

# Whether nginx has read all that the kernel has of ours, or will not any more.
sub is_read($) {
    my ($socket) = @_;
    my $local = sprintf '%04X', $server->{port};
    my $remote = sprintf '%04X', $socket->sockport;

    open my $table, '<', '/proc/net/tcp' or die $!;
    while (my $line = <$table>) {
        my @field = split ' ', $line;

        return $field[4] =~ /:00000000$/
            if $field[1] =~ /:$local$/ && $field[2] =~ /:$remote$/;
    }
    return 1;
}

# Each piece is read by nginx before the next is sent.
sub send_in_pieces($@) {
    my ($socket, @pieces) = @_;

    for my $piece (@pieces) {
        syswrite $socket, $piece;
        for (1 .. 20_000) {
            last if is_read $socket;
            sleep 0.001;
        }
    }
    return $server->answer($socket);
}

sub post_in_pieces($@) {
    my ($length, @pieces) = @_;
    my $socket = $server->connect;

    setsockopt $socket, IPPROTO_TCP, TCP_NODELAY, 1;
    return send_in_pieces $socket,
        $server->head('POST', '/upload/chunk', $length, $type), @pieces;
}

sub permutations {
    return [] if !@_;
    return map {
        my @rest = @_;
        my ($first) = splice @rest, $_, 1;
        map { [$first, @{$_}] } permutations(@rest);
    } 0 .. $#_;
}

# The answer has the digest, if one was sent: the bytes are those of the file.
sub is_received($$;$) {
    my ($answer, $id, $digest) = @_;
    my $size = length $wav;

    $digest = defined $digest ? qr/"$digest"/ : qr/null|"[0-9a-f]{64}"/;
    return 1 if $answer =~ m{\AHTTP/1[.]1[ ]200[ ].*"status":"chunk_received",
        "file_id":"$id","chunk_index":0,"total_chunks":2,
        "size":$size,"sha256":(?:$digest),}sx;
    note $answer;
    return 0;
}

subtest 'a form may be cut in two at every byte' => sub {
    my @failed;
    my $cuts = 0;

    for my $order (0, 1) {
        for (my $cut = 1; ; $cut++) {
            my $id = "cut-$order-$cut";
            my @fields = (file_id => $id, chunk_index => 0, total_chunks => 2,
                          sha256 => sha256_hex($wav));
            my @file = (file => $wav);
            my $body = form $order ? (@file, @fields) : (@fields, @file);

            last if $cut == length $body;
            $cuts++;
            my $answer = post_in_pieces length $body,
                substr($body, 0, $cut), substr($body, $cut);

            push @failed, $id if !is_received $answer, $id, sha256_hex($wav);
        }
    }
    cmp_ok $cuts, '>', 700;
    is scalar @failed, 0 or diag "first: $failed[0]";
};

subtest 'a form may come byte by byte' => sub {
    my $body = form file_id => 'bytes', chunk_index => 0, total_chunks => 2,
        file => $wav, sha256 => sha256_hex($wav);

    ok is_received post_in_pieces(length $body, split //, $body), 'bytes',
        sha256_hex($wav);
};

subtest 'the file may stand anywhere among fields of any order' => sub {
    my %value = (chunk_index => 0, total_chunks => 2, file_name => 'Meyer.wav',
                 file => $wav);
    my (@failed, $id);
    my $n = 0;

    for my $order (permutations(qw(file file_id chunk_index total_chunks
                                   file_name))) {
        $id = 'order-' . $n++;
        my $answer = $server->request('POST', '/upload/chunk',
            form(map { ($_ => $value{$_} // $id) } @{$order}), $type);

        push @failed, "@{$order}" if !is_received $answer, $id;
        push @failed, "name: @{$order}"
            if $server->get("/upload/$id") !~ /"file_name":"Meyer.wav"/;
    }
    is $n, 120;
    is scalar @failed, 0 or diag "first: $failed[0]";
};

done_testing;
