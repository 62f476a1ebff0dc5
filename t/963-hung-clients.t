# A client that waits for a disk that hangs is not a slow one: what it has to wait
# is not taken off its credit. Ten seconds are the credit.

use strict;
use warnings;

use lib 't/lib';
use WaveForge::HungDisk;

use File::Path qw(make_path);
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Server;

my $disk = WaveForge::HungDisk->new;
my $other = "$disk->{root}/other";
make_path($other);

my $server = WaveForge::Server->new(
    workers => 1,
    store => "$disk->{path}/store",
    directives => 'waveforge_min_rate 1g;',
    server => "location /other/ {
        waveforge on; waveforge_store $other/store; waveforge_reserve 0;
        waveforge_min_rate 1g;
        client_max_body_size 0;
    }",
);
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 400_000;
my $form = "--edge\r\nContent-Disposition: form-data; name=\"file_id\"\r\n\r\nform"
    . "\r\n--edge\r\nContent-Disposition: form-data; name=\"chunk_index\"\r\n\r\n0"
    . "\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n$wav"
    . "\r\n--edge--\r\n";

# A chunk of which `length` bytes have been sent.
sub begin {
    my ($path, $body, $length, @headers) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head('POST', $path, length $body, @headers),
        substr $body, 0, $length;
    return { socket => $socket, rest => substr $body, $length };
}

sub send_more {
    my ($client, $length) = @_;
    my $socket = $client->{socket};

    print $socket substr $client->{rest}, 0, $length, '';
}

sub is_closed {
    my $ready = '';

    vec($ready, fileno $_[0]{socket}, 1) = 1;
    return scalar select $ready, undef, undef, 0;
}

# Chunks of the store that a worker has begun to write.
sub count_begun {
    my @parts = glob "$disk->{root}/below/store/.wfstore/uploads/*";

    return scalar grep { -s } @parts;
}

like $server->chunk('file_id=first&chunk_index=0&total_chunks=1', $wav),
    qr/"chunk_received"/, 'the disk works';
my $before = count_begun();
my $raw = begin('/upload/chunk?file_id=raw&chunk_index=0', $wav, 100_000);
my $parts = begin('/upload/chunk', $form, 100_000,
                  'Content-Type: multipart/form-data; boundary=edge');
ok $server->wait_for(sub { count_begun() > $before }),
    'a worker has begun to receive';

$disk->hang;
send_more($_, 200_000) for $raw, $parts;
my $slow = begin('/other/upload/chunk?file_id=slow&chunk_index=0', $wav, 100_000);
for (1 .. 600) {
    last if is_closed($slow);
    sleep 0.1;
}
is $server->answer($slow->{socket}), '',
    'meanwhile one that is slow itself is ended';
ok !is_closed($_), 'who waits for the disk is not' for $raw, $parts;

# Both pause once more, within what is left to them.
$disk->go_on;
send_more($_, 10_000) for $raw, $parts;
sleep 3;
for my $client (['a chunk', $raw], ['a form', $parts]) {
    send_more($client->[1], length $wav);
    like $server->answer($client->[1]{socket}), qr/"chunk_received"/,
        "$client->[0] goes on when the disk does";
}
unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';

done_testing;
