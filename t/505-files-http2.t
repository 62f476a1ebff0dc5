# Resumable uploads over HTTP/2, where a body may have no length, with curl.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Certificate;
use WaveForge::Server;

my $folder = make_certificate;

my $port = ($ENV{TEST_NGINX_PORT} // 1984) + 11;
my $server = WaveForge::Server->new(server => <<"CONFIG");
    listen 127.0.0.1:$port ssl http2;
    ssl_certificate $folder/cert.pem;
    ssl_certificate_key $folder/key.pem;
CONFIG

my $bytes = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $size = length $bytes;
my $tus = 'tus-resumable: 1.0.0';
my $type = 'content-type: application/offset+octet-stream';

# What the server says, head and body. The file that `body` names is sent
# without a length.
sub ask {
    my ($method, $path, $body, @headers) = @_;
    my @command = ('curl', '-s', '-m', 30, '--http2', '-k', '-i',
                   map { ('-H', $_) } @headers);

    push @command, $method eq 'HEAD' ? '-I' : ('-X', $method);
    push @command, '-T', '-' if defined $body;
    open my $in, '<', $body // '/dev/null' or die $!;
    my $pid = open my $out, '-|';
    if (!$pid) {
        open STDIN, '<&', $in or die $!;
        exec @command, "https://127.0.0.1:$port$path" or die $!;
    }
    local $/;
    return <$out>;
}

sub file {
    my ($name, $text) = @_;

    open my $file, '>:raw', "$folder/$name" or die $!;
    print $file $text;
    close $file or die $!;
    return "$folder/$name";
}

sub create {
    my $answer = ask('POST', '/files/', undef, $tus, @_);

    $answer =~ m{\AHTTP/2 201 .*\r\nlocation: (\S+)\r\n}s or die $answer;
    return $1;
}

sub offset {
    my $path = shift;

    return ask('HEAD', $path, undef, $tus) =~ /\r\nupload-offset: (\d+)\r\n/
        ? $1 : undef;
}

my $half = file('half', substr $bytes, 0, 100_000);
my $rest = file('rest', substr $bytes, 100_000);
my $path = create("upload-length: $size", 'upload-metadata: filename aDI=');

like ask('HEAD', $path, undef, $tus), qr{\AHTTP/2[ ]200[ ].*
    \r\nupload-length:[ ]$size\r\nupload-offset:[ ]0\r\n
    (?=.*\r\nupload-metadata:[ ]filename[ ]aDI=\r\n)
    (?=.*\r\ncache-control:[ ]no-store\r\n).*\r\n\r\n\z}sx,
    'HEAD tells how far an upload is';
like ask('PATCH', $path, $half, $tus, $type, 'upload-offset: 0'),
    qr{\AHTTP/2 204 .*\r\nupload-offset: 100000\r\n}s,
    'a body without a length is appended';
like ask('PATCH', $path, $rest, $tus, $type, 'upload-offset: 99'),
    qr{\AHTTP/2 409 .*\r\nupload-offset: 100000\r\n.*"OFFSET_MISMATCH"}s,
    'another offset is told the right one';
like ask('PATCH', $path, $rest, $type, 'upload-offset: 100000'),
    qr{\AHTTP/2 412 .*\r\ntus-version: 1\.0\.0\r\n}s, 'no version is refused';
like ask('PATCH', $path, file('more', substr($bytes, 100_000) . 'x'), $tus,
         $type, 'upload-offset: 100000'),
    qr{\AHTTP/2 413 (?=.*\r\ntus-resumable: 1\.0\.0\r\n).*"FILE_TOO_LARGE"}s,
    'more than was announced is refused when it comes';
my $offset = offset($path);
ok $offset >= 100_000 && $offset <= $size, 'and is not kept';
like ask('PATCH', $path, file('rest', substr $bytes, $offset), $tus, $type,
         "upload-offset: $offset"),
    qr{\AHTTP/2 204 .*\r\nupload-offset: $size\r\n}s, 'the rest completes it';
is +(ask('GET', $path) =~ /\r\n\r\n(.*)/s)[0], $bytes, 'with every byte';

like ask('POST', '/files/', $half, $tus, $type, "upload-length: $size"),
    qr{\AHTTP/2 201 .*\r\nupload-offset: 100000\r\n}s,
    'a file is created with a body without a length';
like ask('POST', '/files/', $half, $tus, "upload-length: $size"),
    qr{\AHTTP/2 415 .*"UNSUPPORTED_BODY"}s, 'such a body needs its type, too';
like ask('POST', $path, undef, $tus, 'x-http-method-override: DELETE',
         'sec-fetch-site: cross-site'),
    qr{\AHTTP/2 403 .*"FORBIDDEN_ORIGIN"}s, 'a page of another site may not';
like ask('POST', $path, undef, $tus, 'x-http-method-override: DELETE'),
    qr{\AHTTP/2 204 }, 'a method may come in a header';
like ask('HEAD', $path, undef, $tus), qr{\AHTTP/2 404 (?!.*upload-offset)}s,
    'and then the file is gone';

like ask('POST', '/files/', $half, 'upload-complete: ?0'),
    qr{\AHTTP/2 201 .*\r\nupload-offset: 100000\r\nupload-complete: \?0\r\n}s,
    'in the other dialect as well';

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\]|AddressSanitizer/,
    'nothing went wrong';
done_testing;
