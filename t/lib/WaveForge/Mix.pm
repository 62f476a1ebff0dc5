package WaveForge::Mix;

# A round of requests to every resource, right ones and wrong ones, cut ones as
# well. It leaves nothing behind: what it makes it deletes.

use strict;
use warnings;

use Exporter 'import';
use WaveForge::Server;
use WaveForge::Tus;

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

# A file below /files/, by tus: made, appended to, refused, finished, deleted.
# {file} is where the file that was made last is.
sub tus_file {
    my @tus = 'Tus-Resumable: 1.0.0';
    my @patch = (@tus, 'Content-Type: application/offset+octet-stream');
    my ($first, $rest) = unpack 'a9999 a*', $wav;

    return (
        [201, 'POST', '/files/', '', @tus, 'Upload-Length: ' . length $wav,
            'Upload-Metadata: filename YS53YXY='],
        [200, 'HEAD', '{file}', undef, @tus],
        [204, 'PATCH', '{file}', $first, @patch, 'Upload-Offset: 0'],
        [409, 'PATCH', '{file}', $first, @patch, 'Upload-Offset: 0'],
        [400, 'PATCH', '{file}', $first, @patch, 'Upload-Offset: x'],
        [415, 'PATCH', '{file}', $rest, @tus, 'Upload-Offset: 9999'],
        [413, 'PATCH', '{file}', $wav, @patch, 'Upload-Offset: 9999'],
        [460, 'PATCH', '{file}', $rest, @patch, 'Upload-Offset: 9999',
            "Upload-Checksum: sha256 $zeros"],
        [412, 'HEAD', '{file}'],
        [204, 'PATCH', '{file}', $rest, @patch, 'Upload-Offset: 9999'],
        [200, 'HEAD', '{file}', undef, @tus],
        [200, 'GET', '{file}', undef, @tus],
        [204, 'DELETE', '{file}', undef, @tus],
        [404, 'HEAD', '{file}', undef, @tus],
        [415, 'POST', '/files/', 'text' x 9, @patch, 'Upload-Length: 36'],
        [400, 'POST', '/files/', '', @tus],
        [200, 'OPTIONS', '/files/'],
    );
}

# The same by a resumable upload for HTTP, whose creation is hinted at by 104.
sub resumable_file {
    my @draft = 'Upload-Draft-Interop-Version: 8';
    my @patch = (@draft, 'Content-Type: application/partial-upload');
    my ($first, $rest) = unpack 'a9999 a*', $wav;

    return (
        [201, 'POST', '/files/', $first, @draft, 'Upload-Complete: ?0'],
        [204, 'HEAD', '{file}', undef, @draft],
        [409, 'PATCH', '{file}', $rest, @patch, 'Upload-Offset: 5',
            'Upload-Complete: ?1'],
        [422, 'PATCH', '{file}', $rest, @patch, 'Upload-Offset: 9999',
            'Upload-Complete: ?0', "Content-Digest: sha-256=:$zeros:"],
        [200, 'PATCH', '{file}', $rest, @patch, 'Upload-Offset: 9999',
            'Upload-Complete: ?1'],
        [204, 'HEAD', '{file}', undef, @draft],
        [204, 'DELETE', '{file}', undef, @draft],
        [200, 'POST', '/files/', $wav, @draft, 'Upload-Complete: ?1'],
        [204, 'DELETE', '{file}', undef, @draft],
        [400, 'PATCH', '{file}', $rest, @patch, 'Upload-Offset: 0'],
    );
}

# What is never answered: chunks, and appends to a file that is made before.
sub cut {
    my ($server, $id) = @_;
    my $head = $server->head('POST', "/upload/chunk?file_id=$id&chunk_index=0",
                             length $wav);
    my $form = form($id, 1, '');
    my $form_head = $server->head('POST', '/upload/chunk', 2 * length $form,
        'Content-Type: multipart/form-data; boundary=edge');

    my $file = tus_create $server, 'Upload-Length: ' . length $wav;
    my $append = $server->head('PATCH', $file, length $wav,
        'Tus-Resumable: 1.0.0', 'Upload-Offset: 0',
        'Content-Type: application/offset+octet-stream');
    my $creation = $server->head('POST', '/files/', length $wav,
        'Upload-Draft-Interop-Version: 8', 'Upload-Complete: ?1');

    for my $bytes (substr($head, 0, 20), $head, $head . substr($wav, 0, 9999),
                   $form_head . substr($form, 0, 60), $form_head . $form,
                   $append, $append . substr($wav, 0, 9999),
                   $creation . substr($wav, 0, 9999)) {
        my $socket = $server->connect;
        print $socket $bytes;
        close $socket;
    }
}

# The eight, and the file.
my $cut_length = 9;

sub requests_of {
    my $id = shift;

    return (receiving($id), completing($id), listening($id), tus_file,
            resumable_file);
}

sub round_length() {
    my @requests = requests_of 'none';

    return @requests + $cut_length;
}

# One answer; HEAD has no body. What is hinted at before is let go by, where a
# new file is kept in `file`.
sub ask {
    my ($server, $socket, $request, $file) = @_;
    my ($status, $method, $path, $body, @headers) = @$request;
    my $text = '';

    print $socket $server->head($method, $path =~ s/\{file\}/$$file/r,
        defined $body ? length $body : undef, @headers), $body // '';
    while ($text !~ /\r\n\r\n/) {
        sysread $socket, $text, 65536, length $text or return 'nothing';
        $text =~ s{\A(?:HTTP/1.1 104 .*?\r\n\r\n)+}{}s;
    }
    $$file = $1 if $text =~ m{\r\nLocation: (\S+)\r\n};
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
    my $file = '/files/none';
    my @faults;

    $socket->autoflush(1);
    for my $request (requests_of $id) {
        my $fault = ask $server, $socket, $request, \$file;
        push @faults, "@$request[0 .. 2]: $fault" if $fault;
        # nginx closes when it has not read a body; a new one for each is fine.
        $socket = $server->connect if $fault eq 'nothing';
    }
    cut $server, "$id-cut";
    return @faults;
}

1;
