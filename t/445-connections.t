# What a client hears on a connection whose request is refused, stalls, or is
# framed in the odder ways that HTTP/1.1 allows.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Server;

my $server = WaveForge::Server->new(
    server => 'client_body_timeout 1s;',
    directives => <<'CONFIG');
            location /locked/ {
                waveforge on;
                auth_basic studio;
                auth_basic_user_file /nonexistent;
            }
            location /closed/ {
                waveforge on;
                deny all;
            }
            location /small/ {
                waveforge on;
                waveforge_max_chunk_size 1k;
                client_max_body_size 1k;
            }
            location /short/ {
                waveforge on;
                waveforge_max_chunk_size 1k;
            }
CONFIG
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 5000;
my %refusals = (
    '/locked/upload/chunk?file_id=a&chunk_index=0' => '401 .*"UNAUTHORIZED"',
    '/closed/upload/chunk?file_id=a&chunk_index=0' => '403 .*"FORBIDDEN"',
    '/small/upload/chunk?file_id=a&chunk_index=0' => '413 .*"FILE_TOO_LARGE"',
    '/short/upload/chunk?file_id=a&chunk_index=0' => '413 .*"FILE_TOO_LARGE"',
    '/upload/chunk?file_id=a.b&chunk_index=0' => '400 .*"INVALID_ID"',
    '/nothing' => '404 .*"NOT_FOUND"',
);

sub send_to {
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket @_;
    return $socket;
}

# All that comes until the server closes; undef if it does not.
sub rest_of {
    my ($socket) = @_;
    my $text = '';

    while (1) {
        my $ready = '';
        vec($ready, fileno $socket, 1) = 1;
        select $ready, undef, undef, 20 or return;
        sysread $socket, $text, 65536, length $text or return $text;
    }
}

sub chunked {
    return join '', (map { sprintf "%x\r\n%s\r\n", length, $_ } @_), "0\r\n\r\n";
}

subtest 'a refusal before the body sends no 100, and ends the connection' => sub {
    for my $path (sort keys %refusals) {
        my $socket = send_to($server->head('POST', $path, length $wav,
                                           'Expect: 100-continue'));
        my $answer = $server->answer($socket);
        like $answer, qr{\AHTTP/1.1 $refusals{$path}}s, $path;
        like $answer, qr{\r\nConnection: close\r\n}, 'is the end';
    }
};

subtest 'a client that sends everything before it reads hears why' => sub {
    for my $path (sort keys %refusals) {
        my $socket = $server->connect;
        print $socket $server->head('POST', $path, 1 << 24), 'x' x (1 << 24);
        like $server->answer($socket), qr{\AHTTP/1.1 $refusals{$path}}s, $path;
    }
    my $socket = $server->connect;
    print $socket $server->head('POST', '/upload/chunk?file_id=a&chunk_index=0',
                                1 << 24), 'x' x (1 << 24);
    like $server->answer($socket), qr{\AHTTP/1.1 415 .*"UNSUPPORTED_TYPE"}s,
        'also of what is wrong with the body';
};

subtest 'chunks and questions may be sent without waiting for answers' => sub {
    my $socket = send_to(
        $server->head('POST', '/upload/chunk?file_id=p&chunk_index=0',
                      length $wav), $wav,
        $server->head('POST', '/upload/chunk?file_id=p&chunk_index=1', 3), 'end',
        $server->head('GET', '/upload/p', undef, 'Connection: close'));
    like rest_of($socket),
        qr/"chunk_index":0,.*"chunk_index":1,.*"received_chunks":2,/s;
};

subtest 'chunked transfer may have extensions and trailers' => sub {
    my $length = length $wav;
    my $socket = send_to(
        $server->head('POST', '/upload/chunk?file_id=t&chunk_index=0', undef,
                      'Transfer-Encoding: chunked'),
        sprintf("%x;name=\"a value\"\r\n%s\r\n", $length, $wav),
        "0;last\r\nX-Trailer: one\r\nX-Other: two\r\n\r\n",
        $server->head('GET', '/upload/t', undef, 'Connection: close'));
    like rest_of($socket), qr/"size":$length,.*"received_bytes":$length,/s;
};

subtest 'a body without a length is cut off where it becomes too large' => sub {
    for my $path ('small', 'short') {
        my $socket = send_to(
            $server->head('POST', "/$path/upload/chunk?file_id=$path"
                          . '&chunk_index=0', undef,
                          'Transfer-Encoding: chunked'),
            chunked($wav, $wav, $wav));
        like $server->answer($socket),
            qr{\AHTTP/1.1 413 .*application/problem\+json.*"FILE_TOO_LARGE"}s,
            $path;
        like $server->get("/upload/$path"), qr/"code":"UPLOAD_NOT_FOUND"/,
            'and nothing is kept';
    }
};

subtest 'a body that stalls closes the connection without an answer' => sub {
    my $socket = send_to(
        $server->head('POST', '/upload/chunk?file_id=s&chunk_index=0',
                      length $wav), substr $wav, 0, 3000);
    is rest_of($socket), '', 'closed';
    like $server->get('/upload/s'), qr/"code":"UPLOAD_NOT_FOUND"/,
        'and nothing is kept';
};

unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';

done_testing;
