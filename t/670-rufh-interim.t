# Resumable uploads for HTTP: what is told before the answer (104).

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Certificate;
use WaveForge::Server;

my $secure = ($ENV{TEST_NGINX_PORT} // 1984) + 3;
my $slow = ($ENV{TEST_NGINX_PORT} // 1984) + 4;
my $folder = make_certificate;

my $server = WaveForge::Server->new(server => <<"CONFIG");
        listen 127.0.0.1:$secure ssl http2;
        listen 127.0.0.1:$slow;
        ssl_certificate $folder/cert.pem;
        ssl_certificate_key $folder/key.pem;
        if (\$server_port = $slow) {
            set \$limit_rate 150;
        }
CONFIG

my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 9_000_000;
my $version = 'Upload-Draft-Interop-Version: 8';
my $wait = 'Expect: 100-continue';
my $hint = qr{HTTP/1.1[ ]104[ ]Upload[ ]Resumption[ ]Supported\r\n
    Upload-Draft-Interop-Version:[ ]8\r\n}x;
my $where = qr{${hint}Location: (/files/[0-9a-f]{32})\r\n}
    . qr{Upload-Limit: max-size=1073741824, max-age=86(?:399|400)\r\n\r\n};
my $continue = qr{HTTP/1.1 100 Continue\r\n\r\n};

# Reads until what has come looks so; all of it.
sub read_until($$) {
    my ($socket, $like) = @_;
    my $text = '';

    while ($text !~ $like) {
        my $ready = '';
        vec($ready, fileno $socket, 1) = 1;
        select $ready, undef, undef, 20 or last;
        sysread $socket, $text, 65536, length $text or last;
    }
    return $text;
}

sub begin {
    my ($method, $path, $length, @headers) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head($method, $path, $length, @headers);
    return $socket;
}

sub write_all($$) {
    my ($socket, $bytes) = @_;

    print $socket $bytes;
}

sub offset($) {
    return $server->request('HEAD', $_[0], undef, $version,
                            'Connection: close')
        =~ /\r\nUpload-Offset: (\d+)/ ? $1 : undef;
}

subtest 'a client learns where its upload is before it sends any of it' => sub {
    my $socket = begin 'POST', '/files/', 1000, $version, $wait,
        'Upload-Complete: ?1';
    my $text = read_until $socket, $continue;

    like $text, qr/\A$where$continue\z/, 'and the 100 comes, too';
    my ($path) = $text =~ $where;
    is offset $path, 0, 'it is there';
};

subtest 'the answer has the same location' => sub {
    my $socket = begin 'POST', '/files/', 1000, $version, $wait,
        'Upload-Complete: ?0', 'Connection: close';
    my $text = read_until $socket, $continue;
    my ($path) = $text =~ $where;

    write_all $socket, substr $wav, 0, 1000;
    $text = read_until $socket, qr/\r\n\r\n\z/;
    like $text, qr{\AHTTP/1.1 201 .*\r\nLocation: $path\r\n}s;
};

subtest 'the connection goes on after it' => sub {
    my $socket = $server->connect;

    print $socket $server->head('POST', '/files/', 4, $version,
        'Upload-Complete: ?0'), 'RIFF', $server->head('GET', '/health/live');
    like read_until($socket, qr/"status":"healthy"|"alive"|\}\z/),
        qr{\A${where}HTTP/1.1 201 .*\r\n\r\nHTTP/1.1 200 }s;
};

subtest 'other versions of the draft are told nothing' => sub {
    for my $other (['7'], ['"8"'], ['8', '8'], ['8.0'], []) {
        my $socket = begin 'POST', '/files/', 4, $wait, 'Connection: close',
            'Upload-Complete: ?0',
            map { "Upload-Draft-Interop-Version: $_" } @{$other};

        like read_until($socket, qr/\r\n\r\n/), qr/\A$continue\z/,
            "version @{$other}";
        write_all $socket, 'RIFF';
        like read_until($socket, qr/\r\n\r\n/), qr{\AHTTP/1.1 201 };
    }
};

subtest 'behind a proxy, which may know no 104, nothing is told' => sub {
    for my $header ('X-Forwarded-For: 192.0.2.1', 'Forwarded: for=192.0.2.1',
                    'Via: 1.1 proxy') {
        my $socket = begin 'POST', '/files/', 4, $version, $wait, $header,
            'Upload-Complete: ?0', 'Connection: close';

        like read_until($socket, qr/\r\n\r\n/), qr/\A$continue\z/, $header;
        write_all $socket, 'RIFF';
        like read_until($socket, qr/\r\n\r\n/), qr{\AHTTP/1.1 201 };
    }
};

subtest 'a client of HTTP/1.0 is told nothing' => sub {
    my $socket = $server->connect;

    print $socket "POST /files/ HTTP/1.0\r\nHost: localhost\r\n$version\r\n",
        "Upload-Complete: ?0\r\nContent-Length: 4\r\n\r\nRIFF";
    like read_until($socket, qr/\r\n\r\n/), qr{\AHTTP/1.1 201 };
};

subtest 'a refusal is not preceded by anything' => sub {
    my $socket = begin 'POST', '/files/', 2_000_000_000, $version, $wait,
        'Upload-Complete: ?1';

    like read_until($socket, qr/\}\n?\z/), qr{\AHTTP/1.1 413 };
};

# What an upload has got so far is told while it lasts: 9 MB are more than what
# goes without a receipt.
for my $creates (1, 0) {
    my $what = $creates ? 'creation' : 'append';

    subtest "what has arrived of a long $what is told, and is there" => sub {
        my ($socket, $path, $text);

        if ($creates) {
            $socket = begin 'POST', '/files/', length $wav, $version, $wait,
                'Upload-Complete: ?1', 'Connection: close';
        } else {
            ($path) = $server->request('POST', '/files/', '', $version,
                'Upload-Complete: ?0') =~ /\r\nLocation: (\S+)/;
            $socket = begin 'PATCH', $path, length $wav, $version, $wait,
                'Upload-Complete: ?1', 'Connection: close',
                'Upload-Offset: 0', 'Content-Type: application/partial-upload';
        }
        $text = read_until $socket, $continue;
        ($path) = $text =~ $where if $creates;
        unlike $text, qr/Location/ if !$creates;

        write_all $socket, substr $wav, 0, 8_000_000;
        $text = read_until $socket, qr/Upload-Offset: \d+\r\n\r\n\z/;
        like $text, qr{\A(?:${hint}Upload-Offset:[ ]\d+\r\n\r\n)+\z}x,
            'without a location';
        my ($told) = $text =~ /.*Upload-Offset: (\d+)/s;
        cmp_ok $told, '<=', 8_000_000;

        if ($creates) {
            write_all $socket, substr $wav, 8_000_000;
            $text = read_until $socket, qr/\}\}\n?\z/;
            like $text, qr{\A(?:${hint}Upload-Offset:[ ]\d+\r\n\r\n)*
                HTTP/1[.]1[ ]200[ ]}x;
            like $text, qr/"size":${\ length $wav},/;
        } else {
            kill 'KILL', $server->workers;
            cmp_ok offset $path, '>=', $told, 'whatever becomes of the server';
        }
    };
}

subtest 'what a connection does not take at once comes in order' => sub {
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1',
                                       PeerPort => $slow) or die $!;
    my $text;

    print $socket $server->head('POST', '/files/', 4, $version, $wait,
                                'Upload-Complete: ?0', 'Connection: close');
    $text = read_until $socket, qr/\r\n\r\n.*\r\n\r\n\z/s;
    like $text, qr/\A$where$continue\z/, '104 and 100, cut where it may be';
    print $socket 'RIFF';
    like read_until($socket, qr/\r\n\r\n\z/), qr{\AHTTP/1.1 201 .*\r\n\r\n\z}s;
};

sub curl {
    my (@options) = @_;

    open my $pipe, '-|', 'curl', '-sSki', '-m', 20, '-H', $version, '-H',
        'Upload-Complete: ?0', '--data-binary', 'RIFF', @options,
        "https://127.0.0.1:$secure/files/" or die $!;
    local $/;
    return <$pipe>;
}

subtest 'it comes through TLS, and not over HTTP/2' => sub {
    like curl('--http1.1'), qr{\A${where}HTTP/1.1 201 };
    like curl('--http2'), qr{\AHTTP/2 201 };
};

done_testing;
