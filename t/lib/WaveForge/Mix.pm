package WaveForge::Mix;

# A round of requests to every resource, right ones and wrong ones, cut ones as
# well. It leaves nothing behind: what it makes it deletes.

use strict;
use warnings;

use Exporter 'import';
use WaveForge::Server;

our @EXPORT = qw(send_round round_length);

my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 20_000;
my @json = 'Content-Type: application/json';
my $zeros = 'A' x 43 . '=';

sub form {
    my ($id, $index, $end) = @_;

    return "--edge\r\nContent-Disposition: form-data; name=\"file_id\"\r\n\r\n"
        . "$id\r\n--edge\r\nContent-Disposition: form-data; "
        . "name=\"chunk_index\"\r\n\r\n$index\r\n--edge\r\n"
        . 'Content-Disposition: form-data; name="file"; filename="a.wav"'
        . "\r\n\r\n$wav\r\n--edge$end";
}

# [status, method, path, body, headers]: chunks of an upload.
sub receiving {
    my $id = shift;
    my $chunk = "/upload/chunk?file_id=$id&chunk_index";
    my @form = 'Content-Type: multipart/form-data; boundary=edge';

    return (
        [200, 'POST', "$chunk=0", $wav],
        [200, 'POST', "$chunk=0", $wav],
        [409, 'POST', "$chunk=0", 'other'],
        [200, 'POST', "$chunk=2", $wav],
        [200, 'POST', '/upload/chunk', form($id, 1, "--\r\n"), @form],
        [400, 'POST', '/upload/chunk', form($id, 3, ''), @form],
        [422, 'POST', "$chunk=4", $wav,
            "Content-Digest: sha-256=:$zeros:"],
        [400, 'POST', "$chunk=4", $wav, 'Content-Digest: sha-256=x'],
        [400, 'POST', "$chunk=x", $wav],
        [400, 'POST', "$chunk=4", ''],
        [400, 'POST', '/upload/chunk?file_id=a.b&chunk_index=0', $wav],
        [415, 'POST', "$chunk=4", $wav, 'Content-Encoding: gzip'],
        [415, 'POST', "/upload/chunk?file_id=$id-x&chunk_index=0", 'text' x 9],
        [403, 'POST', "$chunk=4", $wav, 'Sec-Fetch-Site: cross-site'],
        [413, 'POST', "$chunk=1000001", $wav],
        [200, 'GET', "/upload/$id?received=1"],
        [200, 'HEAD', "/upload/$id"],
        [200, 'GET', "/upload/$id/audio"],
        [404, 'GET', "/upload/$id-none"],
        [200, 'GET', '/uploads'],
        [200, 'POST', "/upload/chunk?file_id=$id-p&chunk_index=0&provisional=1",
            $wav],
        [200, 'DELETE', "/upload/$id-p"],
        [404, 'DELETE', "/upload/$id-p"],
    );
}

sub completing {
    my $id = shift;
    my $path = '/recording/complete';

    return (
        [409, 'POST', $path, "{\"file_id\":\"$id\",\"total_chunks\":9}", @json],
        [422, 'POST', $path, "{\"file_id\":\"$id\",\"sha256\":\""
            . 'a' x 64 . '"}', @json],
        [400, 'POST', $path, '{"file_id":', @json],
        [404, 'POST', $path, "{\"file_id\":\"$id-none\"}", @json],
        [200, 'POST', $path, "{\"file_id\":\"$id\",\"total_chunks\":3}", @json],
        [200, 'POST', $path, "{\"file_id\":\"$id\"}", @json],
        [409, 'POST', "/upload/chunk?file_id=$id&chunk_index=0", $wav],
        [200, 'PATCH', "/recording/$id", '{"name":"b"}', @json],
        [412, 'PATCH', "/recording/$id", '{"name":"b"}', @json,
            'If-Match: "none"'],
        [400, 'PATCH', "/recording/$id", '{"size":1}', @json],
    );
}

sub listening {
    my $id = shift;

    return (
        [200, 'GET', "/recording/$id"],
        [200, 'HEAD', "/recording/$id"],
        [200, 'GET', "/recording/$id/audio"],
        [206, 'GET', "/recording/$id/audio", undef, 'Range: bytes=5-9'],
        [206, 'GET', "/recording/$id/audio", undef, 'Range: bytes=5-9,20-30'],
        [416, 'GET', "/recording/$id/audio", undef, 'Range: bytes=9999999-'],
        [200, 'GET', "/recording/$id/download"],
        [200, 'HEAD', "/recording/$id/download"],
        [200, 'GET', '/recordings?limit=5&q=b&sort=-duration'],
        [400, 'GET', '/recordings?cursor=none'],
        [200, 'GET', '/health'],
        [200, 'GET', '/health/live'],
        [200, 'GET', '/api/config'],
        [204, 'OPTIONS', '/upload/chunk'],
        [405, 'PUT', '/upload/chunk', 'bytes'],
        [404, 'GET', '/none'],
        [200, 'DELETE', "/recording/$id"],
        [404, 'GET', "/recording/$id/audio"],
        [410, 'POST', "/upload/chunk?file_id=$id&chunk_index=0", $wav],
    );
}

# What is never answered.
sub cut {
    my ($server, $id) = @_;
    my $head = $server->head('POST', "/upload/chunk?file_id=$id&chunk_index=0",
                             length $wav);
    my $form = form($id, 1, '');
    my $form_head = $server->head('POST', '/upload/chunk', 2 * length $form,
        'Content-Type: multipart/form-data; boundary=edge');

    for my $bytes (substr($head, 0, 20), $head, $head . substr($wav, 0, 9999),
                   $form_head . substr($form, 0, 60), $form_head . $form) {
        my $socket = $server->connect;
        print $socket $bytes;
        close $socket;
    }
    return 5;
}

sub requests_of {
    my $id = shift;

    return (receiving($id), completing($id), listening($id));
}

sub round_length() {
    my @requests = requests_of 'none';

    return @requests + 5;
}

# One answer; HEAD has no body.
sub ask {
    my ($server, $socket, $request) = @_;
    my ($status, $method, $path, $body, @headers) = @$request;
    my $text = '';

    print $socket $server->head($method, $path,
        defined $body ? length $body : undef, @headers), $body // '';
    while ($text !~ /\r\n\r\n/) {
        sysread $socket, $text, 65536, length $text or return 'nothing';
    }
    my ($length) = $text =~ /\r\nContent-Length: (\d+)/i;
    my $end = index($text, "\r\n\r\n") + 4
        + ($method eq 'HEAD' ? 0 : $length // 0);
    while (length $text < $end) {
        sysread $socket, $text, 65536, length $text or return 'half';
    }
    return $text =~ m{\AHTTP/1.1 $status } ? '' : substr $text, 0, 400;
}

# Returned is what was not answered as it should be.
sub send_round {
    my ($server, $id) = @_;
    my $socket = $server->connect;
    my @faults;

    $socket->autoflush(1);
    for my $request (requests_of $id) {
        my $fault = ask $server, $socket, $request;
        push @faults, "@$request[0 .. 2]: $fault" if $fault;
        # nginx closes when it has not read a body; a new one for each is fine.
        $socket = $server->connect if $fault eq 'nothing';
    }
    cut $server, "$id-cut";
    return @faults;
}

1;
