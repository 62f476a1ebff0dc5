# The same over HTTP/3, with curl, where nginx and curl have it.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use Test::More;
use WaveForge::Certificate;
use WaveForge::Server;

my $binary = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';
plan skip_all => 'nginx is built without HTTP/3'
    if `$binary -V 2>&1` !~ /--with-http_v3_module/;
plan skip_all => 'curl is built without HTTP/3'
    if `curl --version` !~ /\bHTTP3\b/;

my $folder = make_certificate;

my $port = ($ENV{TEST_NGINX_PORT} // 1984) + 13;
my $server = WaveForge::Server->new(server => <<"CONFIG", directives => <<'MORE');
    listen 127.0.0.1:$port quic reuseport;
    ssl_certificate $folder/cert.pem;
    ssl_certificate_key $folder/key.pem;
CONFIG
    waveforge_tus_location absolute;
MORE

sub curl(@) {
    open my $pipe, '-|', 'curl', '-s', '--http3-only', '-k', '-m', 60, '-w',
        '\n%{http_version} %{http_code}', @_ or die $!;
    local $/;
    return scalar <$pipe>;
}

my $url = "https://127.0.0.1:$port";
my $bytes = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 3_000_000;
open my $file, '>:raw', "$folder/take.wav" or die $!;
print $file $bytes;
close $file or die $!;

like curl('--data-binary', "\@$folder/take.wav", '-H', 'Content-Type: audio/wav',
          "$url/upload/chunk?file_id=h3&chunk_index=0&total_chunks=1"),
    qr/"status":"chunk_received".*\n3 200\z/s, 'a chunk of 3 MB is received';
like curl('-F', "file=\@$folder/take.wav", '-F', 'chunk_index=0', '-F',
          'file_id=form', "$url/upload/chunk"),
    qr/"status":"chunk_received".*\n3 200\z/s, 'as multipart too';
like curl('--data-binary', "\@$folder/take.wav",
          "$url/upload/chunk?file_id=a.b&chunk_index=0"),
    qr/"code":"INVALID_ID".*\n3 400\z/s, 'a refusal is one';
like curl('-H', 'Content-Type: application/json', '-d', '{"file_id":"h3"}',
          "$url/recording/complete"),
    qr/"sha256":"${\ sha256_hex $bytes}".*\n3 200\z/s,
    'it becomes a recording';
is curl('-r', '100-199', "$url/recording/h3/audio"),
    substr($bytes, 100, 100) . "\n3 206", 'a range of it is sent';
is sha256_hex(curl("$url/recording/h3/audio")),
    sha256_hex("$bytes\n3 200"), 'all of it as well';
like curl("$url/recordings"), qr/"total":1,.*\n3 200\z/s, 'it is in the list';
is system("timeout 2 curl -s -k --http3-only --limit-rate 100k --data-binary"
    . " \@$folder/take.wav -H 'Content-Type: audio/wav'"
    . " '$url/upload/chunk?file_id=cut&chunk_index=0' >/dev/null") >> 8, 124,
    'a client is cut in the middle of a chunk';
ok $server->wait_for(sub {
    return $server->chunk('file_id=cut&chunk_index=0', $bytes)
        =~ /chunk_received/;
}), 'and another can send it';
like curl('--data-binary', 'no audio', '-H', "Origin: $url",
          "$url/upload/chunk?file_id=ours&chunk_index=0"),
    qr/"code":"UNSUPPORTED_TYPE"/, 'a page of this site may send';
like curl('--data-binary', 'no audio', '-H', 'Origin: https://a.example',
          "$url/upload/chunk?file_id=ours&chunk_index=0"),
    qr/"code":"FORBIDDEN_ORIGIN"/, 'one of another may not';
like curl('-i', '-X', 'POST', '-H', 'Tus-Resumable: 1.0.0', '-H',
          'Upload-Length: 100', "$url/files/"),
    qr{\nlocation: \Q$url\E/files/}i, 'a new file is told with this host';
unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';

done_testing;
