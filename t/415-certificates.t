# A browser sends its certificate for a page of any site, as it does a cookie:
# `waveforge_cors *` is for what anybody may do.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Certificate;
use WaveForge::Server;

my $folder = make_certificate;

my $port = ($ENV{TEST_NGINX_PORT} // 1984) + 11;
my $server = WaveForge::Server->new(server => <<"CONFIG", directives => <<'MORE');
    listen 127.0.0.1:$port ssl;
    ssl_certificate $folder/cert.pem;
    ssl_certificate_key $folder/key.pem;
    ssl_verify_client optional;
    ssl_client_certificate $folder/cert.pem;
CONFIG
    waveforge_cors *;
    location /named/ {
        waveforge on;
        waveforge_cors https://a.example;
    }
MORE

# The answer to a chunk that a page sends, with these options of curl.
sub answer {
    my ($id, $path, @options) = @_;

    open my $curl, '-|', 'curl', '-s', '-k', '-H', 'Origin: https://a.example',
        @options, '--data-binary', "RIFF\xff\xff\xff\xffWAVEdata",
        "https://127.0.0.1:$port$path/upload/chunk?file_id=$id&chunk_index=0"
        or die $!;
    local $/;
    return <$curl> // '';
}

my @certificate = ('--cert', "$folder/cert.pem", '--key', "$folder/key.pem");

like answer('any', '', @certificate), qr/"code":"FORBIDDEN_ORIGIN"/,
    'with a certificate a page of any site may not (FORBIDDEN_ORIGIN)';
like answer('none', ''), qr/"chunk_received"/, 'without one it may';
like answer('named', '/named', @certificate), qr/"chunk_received"/,
    'a page that is named may with one, too';

done_testing;
