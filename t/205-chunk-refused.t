# A chunk whose body is refused is free again before the client hears of it, also
# while the client's connection stays open.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Answers qw(keep_answer);
use WaveForge::Server;

my $server = WaveForge::Server->new;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 200_000;

# The answer to what was sent, and the connection, still open.
sub refused {
    my ($id, $length, $body, @headers) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head('POST', "/upload/chunk?file_id=$id&chunk_index=0",
                                $length, @headers), $body;
    my $answer = $server->answer($socket);

    keep_answer('POST', '/upload/chunk', $answer);
    return ($answer, $socket);
}

sub is_free($) {
    like $server->chunk("file_id=$_[0]&chunk_index=0", $wav),
        qr/"status":"chunk_received"/, 'the chunk is free';
}

subtest 'a body that is no chunked transfer is refused (BAD_REQUEST)' => sub {
    my ($answer, $socket) =
        refused('odd', undef, "zz\r\n", 'Transfer-Encoding: chunked');

    like $answer, qr{\AHTTP/1.1 400 .*"code":"BAD_REQUEST"}s;
    is_free 'odd';
};

subtest 'a body that is no audio' => sub {
    my ($answer, $socket) = refused('text', 1_000_000, 'no audio' x 20_000);

    like $answer, qr{\AHTTP/1.1 415 .*Connection: close.*"UNSUPPORTED_TYPE"}s;
    is_free 'text';
};

subtest 'a form that cannot be read' => sub {
    my $begin = "--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
    my $end = "\r\n--edge\r\nnonsense\r\n\r\n";
    my ($answer, $socket) = refused('form', 1_000_000, $begin . $wav . $end . $wav,
        'Content-Type: multipart/form-data; boundary=edge');

    like $answer, qr{\AHTTP/1.1 400 .*"code":"INVALID_FORMAT"}s;
    is_free 'form';
};

done_testing;
