# The same over HTTP/2 on a TLS listener, with curl.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Certificate;
use WaveForge::Server;

my $folder = make_certificate;

my $port = ($ENV{TEST_NGINX_PORT} // 1984) + 11;
my $server = WaveForge::Server->new(server => <<"CONFIG", directives => <<'MORE');
    listen 127.0.0.1:$port ssl http2;
    ssl_certificate $folder/cert.pem;
    ssl_certificate_key $folder/key.pem;
CONFIG
    location /locked/ {
        waveforge on;
        waveforge_max_chunk_size 1k;
        client_max_body_size 1k;
        auth_basic studio;
        auth_basic_user_file /nonexistent;
        if ($arg_open) {
            return 429;
        }
    }
MORE

sub curl(@) {
    my @command = ('curl', '-s', '--http2', '-k', '-w',
                   '\n%{http_version} %{http_code}', @_);
    open my $pipe, '-|', @command or die $!;
    local $/;
    return <$pipe>;
}

my $url = "https://127.0.0.1:$port";
my $bytes = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 3_000_000;
open my $file, '>:raw', "$folder/take.wav" or die $!;
print $file $bytes;
close $file or die $!;

like curl('--data-binary', "\@$folder/take.wav", '-H', 'Content-Type: audio/wav',
          "$url/upload/chunk?file_id=h2&chunk_index=0&total_chunks=1"),
    qr/"status":"chunk_received".*\n2 200\z/s, 'a chunk of 3 MB is received';
like curl('-F', "file=\@$folder/take.wav", '-F', 'chunk_index=0', '-F',
          'file_id=form', "$url/upload/chunk"),
    qr/"status":"chunk_received".*\n2 200\z/s, 'as multipart too';
like curl('-T', '-', '-X', 'POST', "$url/upload/chunk?file_id=a.b&chunk_index=0"),
    qr/"code":"INVALID_ID".*\n2 400\z/s, 'a refusal is one';
like curl('-H', 'Content-Type: application/json', '-d', '{"file_id":"h2"}',
          "$url/recording/complete"),
    qr/"status":"success".*\n2 200\z/s, 'it becomes a recording';
like curl('-X', 'PATCH', '-H', 'Content-Type: application/json', '-H',
          'Content-Length:', '--data-binary', "\@$folder/take.wav",
          "$url/recording/h2"), qr/"code":"INVALID_FORMAT".*\n2 413\z/s,
    'a JSON body that turns out to be too large is refused (INVALID_FORMAT)';
is curl('-r', '100-199', "$url/recording/h2/audio"),
    substr($bytes, 100, 100) . "\n2 206", 'a range of it is sent';
like curl("$url/recordings"), qr/"total":1,.*\n2 200\z/s, 'it is in the list';

is system("timeout 2 curl -s -k --http2 --limit-rate 100k --data-binary"
    . " \@$folder/take.wav -H 'Content-Type: audio/wav'"
    . " '$url/upload/chunk?file_id=cut&chunk_index=0' >/dev/null") >> 8, 124,
    'a client is cut in the middle of a chunk';
like curl("$url/upload/cut"), qr/"code":"UPLOAD_NOT_FOUND".*\n2 404\z/s,
    'and leaves no upload';
like curl('-D', '-', "$url/locked/recordings"),
    qr{\AHTTP/2 401.*problem\+json\r.*\r\nwww-authenticate: Basic.*"UNAUTHORIZED"}s,
    "nginx's own refusals are problems";
like curl('-D', '-', "$url/locked/recordings?open=1"),
    qr{\AHTTP/2 429.*\r\nretry-after: 1\r\n.*"TOO_MANY_REQUESTS"}s,
    'of all kinds';
like curl('--data-binary', "\@$folder/take.wav", "$url/locked/upload/chunk"),
    qr/"code":"FILE_TOO_LARGE".*\n2 413\z/s, 'also before a body';
like curl('-I', "$url/locked/recordings"), qr/\r\n\r\n\n2 401\z/s,
    'HEAD has no body';

my @tls = ('--http1.1', '-H', 'Expect: 100-continue', '-D', '-', '--data-binary',
           "\@$folder/take.wav");
like curl(@tls, "$url/upload/chunk?file_id=tls&chunk_index=0"),
    qr{\AHTTP/1.1 100 .*\nHTTP/1.1 200 .*"chunk_received".*\n1.1 200\z}s,
    'over TLS HTTP/1.1 is served as well';
like curl(@tls, "$url/upload/chunk?file_id=a.b&chunk_index=0"),
    qr{\AHTTP/1.1 400 .*\r\nConnection: close\r\n.*\n1.1 400\z}s,
    'and refused before it is asked to go on';

unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';

done_testing;
