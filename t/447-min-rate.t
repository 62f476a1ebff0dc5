# A client that holds a chunk open and sends too little is ended; one that has
# been waiting for us is not. All of them at once: ten seconds are the credit.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Certificate;
use WaveForge::Server;

my $folder = make_certificate;

my $port = ($ENV{TEST_NGINX_PORT} // 1984) + 11;
my $server = WaveForge::Server->new(server => <<"CONFIG", directives => <<'MORE');
    listen 127.0.0.1:$port ssl http2;
    ssl_certificate $folder/cert.pem;
    ssl_certificate_key $folder/key.pem;
CONFIG
    waveforge_min_rate 1g;
    location /any/ {
        waveforge on;
        waveforge_min_rate 0;
    }
    location /slow/ {
        waveforge on;
        waveforge_min_rate 100;
    }
MORE
my $stopped = WaveForge::Server->new(
    workers => 1, port => ($ENV{TEST_NGINX_PORT} // 1984) + 2,
    directives => 'waveforge_min_rate 1g;');
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 50_000;
my $form = "--edge\r\nContent-Disposition: form-data; name=\"file_id\"\r\n\r\nform"
    . "\r\n--edge\r\nContent-Disposition: form-data; name=\"chunk_index\"\r\n\r\n0"
    . "\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n$wav";

# A chunk all of which but its last 40 bytes is there.
sub begin {
    my ($server, $path, $body, @headers) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head('POST', $path, length $body, @headers),
        substr $body, 0, -40;
    return { socket => $socket, rest => substr $body, -40 };
}

sub is_closed {
    my $ready = '';

    vec($ready, fileno $_[0]{socket}, 1) = 1;
    return scalar select $ready, undef, undef, 0;
}

# One byte, so that client_body_timeout would never end it.
sub drip {
    my $socket = $_[0]{socket};

    print $socket substr $_[0]{rest}, 0, 1, '';
}

sub finish {
    my ($server, $client) = @_;
    my $socket = $client->{socket};

    print $socket $client->{rest};
    return $server->answer($socket);
}

my $raw = begin($server, '/upload/chunk?file_id=raw&chunk_index=0', $wav);
my $parts = begin($server, '/upload/chunk', $form,
                  'Content-Type: multipart/form-data; boundary=edge');
my $json = begin($server, '/recording/complete', '{"file_id":"' . 'x' x 60 . '"}',
                 'Content-Type: application/json');
my $any = begin($server, '/any/upload/chunk?file_id=any&chunk_index=0', $wav);
my $slow = begin($server, '/slow/upload/chunk?file_id=slow&chunk_index=0', $wav);
my $waits = begin($stopped, '/upload/chunk?file_id=waits&chunk_index=0', $wav);
my @ended = ($raw, $parts, $json);

open my $file, '>:raw', "$folder/take.wav" or die $!;
print $file $wav;
close $file or die $!;
my $curl = fork // die $!;
if ($curl == 0) {
    delete $_->{pid} for $server, $stopped;
    exec 'curl', '-s', '-k', '--http2', '--limit-rate', '1k', '-o', '/dev/null',
        '--data-binary', "\@$folder/take.wav",
        "https://127.0.0.1:$port/upload/chunk?file_id=h2&chunk_index=0" or die $!;
}

my ($worker) = $stopped->workers;
ok $stopped->wait_for(sub { $stopped->get('/health/live') =~ /200/ }),
    'a worker has begun to receive';
kill 'STOP', $worker;

my $seconds = 0;
while (grep { !is_closed($_) } @ended) {
    last if ++$seconds > 60;
    drip($_) for grep { !is_closed($_) && length $_->{rest} > 1 } @ended, $any;
    sleep 1;
}
sleep 1;
kill 'CONT', $worker;

for my $client (['a chunk', $raw], ['a form', $parts], ['a JSON body', $json]) {
    is $server->answer($client->[1]{socket}), '',
        "$client->[0] that comes too slowly is ended without an answer";
}
waitpid $curl, 0;
isnt $? >> 8, 0, 'over HTTP/2, too';
for my $id ('raw', 'form', 'h2') {
    like $server->get("/upload/$id"), qr/"code":"UPLOAD_NOT_FOUND"/,
        "nothing is kept of $id";
}
like $server->log, qr/\[info\].* client sends less than "waveforge_min_rate"/,
    'the log says why';
like $server->chunk('file_id=raw&chunk_index=0', $wav), qr/"chunk_received"/,
    'the chunk may be sent again at once';

like finish($server, $any), qr/"chunk_received"/,
    'with 0 a client may be as slow as it likes';
like finish($server, $slow), qr/"chunk_received"/,
    'a client that was quick enough before may pause';
like finish($stopped, $waits), qr/"chunk_received"/,
    'a client that had to wait for a stopped worker is not ended';
unlike $_->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert'
    for $server, $stopped;

done_testing;
