# How long things are kept, and how much of them.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Server;

# 8 kHz, 16 bit, one channel: 18 seconds
my $wav = 'RIFF' . pack('V', 300_036) . 'WAVEfmt '
    . pack('VvvVVvv', 16, 1, 1, 8000, 16_000, 2, 16)
    . 'data' . pack('V', 300_000) . join '', map { chr($_ % 251) } 1 .. 300_000;

# Each location has a store of its own, below nginx's prefix.
my $server = WaveForge::Server->new(server => <<'CONF');
    waveforge_reserve 0;
    client_max_body_size 0;
    location /salvage/ {
        waveforge on;
        waveforge_store salvage;
        waveforge_upload_expiry 1s;
    }
    location /delete/ {
        waveforge on;
        waveforge_store delete;
        waveforge_upload_expiry 1s;
        waveforge_expired delete;
    }
    location /retain/ {
        waveforge on;
        waveforge_store retain;
        waveforge_retention 1s;
    }
CONF

sub send_chunk {
    my ($base, $query) = @_;

    return $server->request('POST', "$base/upload/chunk?$query&chunk_index=0",
                            $wav);
}

sub record {
    my ($base, $id) = @_;

    like send_chunk($base, "file_id=$id&total_chunks=1"), qr/chunk_received/;
    like $server->request('POST', "$base/recording/complete",
        "{\"file_id\":\"$id\"}", 'Content-Type: application/json'),
        qr/"status":"success"/;
}

sub is_gone {
    my ($path) = @_;

    return $server->wait_for(sub { $server->get($path) =~ m{\AHTTP/1.1 404 } });
}

for my $base ('', '/salvage', '/delete') {
    like send_chunk($base, 'file_id=take'), qr/chunk_received/;
}
record('', 'kept');
record('/retain', 'old');

# A worker tends a store soon after it has begun, then less often.
$server->stop;
sleep 2;
$server->start;

subtest 'an upload that has expired becomes a recording of what is whole' => sub {
    ok $server->wait_for(sub {
        $server->get('/salvage/recording/take') =~ m{\AHTTP/1.1 200 };
    }) or return;
    like $server->get('/salvage/recording/take'),
        qr/"duration":18\.75,.*"metadata":\{"salvaged":true\}/;
    like $server->get('/salvage/upload/take'), qr/"status":"complete"/;
};

subtest 'or is deleted, and its id may be used again' => sub {
    ok is_gone('/delete/upload/take');
    like $server->get('/delete/recording/take'), qr{\AHTTP/1.1 404 };
    like send_chunk('/delete', 'file_id=take'), qr/chunk_received/;
};

subtest 'a recording that was kept long enough is deleted' => sub {
    ok is_gone('/retain/recording/old');
    like $server->get('/retain/recordings'), qr/"total":0,"total_size":0,/;
    like send_chunk('/retain', 'file_id=old'),
        qr{\AHTTP/1.1 410 .*"code":"DELETED"}s, 'and its id remembered';
};

subtest 'nothing else goes' => sub {
    like $server->get('/upload/take'), qr/"received_bytes":300044,/;
    like $server->get('/recording/kept'), qr/"metadata":\{\}/;
};

unlike $server->log, qr/\[(emerg|alert|crit)\]|AddressSanitizer|runtime error/,
    'the log has no fault';
$server->stop;

subtest 'health tells the quota and what is left of it' => sub {
    $server = WaveForge::Server->new(directives => 'waveforge_quota 500k;');
    my $becomes = sub {
        my ($available) = @_;

        return $server->wait_for(sub {
            $server->get('/health')
                =~ /"available":$available,"quota":512000,/;
        });
    };

    ok $becomes->(512_000), 'all of it';
    record('', 'first');
    ok $becomes->(512_000 - 300_044), 'less what is kept';
    like send_chunk('', 'file_id=second'),
        qr{\AHTTP/1.1 507 .*"code":"STORAGE_FULL"}s;
    like $server->get('/health'), qr{\AHTTP/1.1 200 .*"status":"healthy"}s,
        'a quota that is reached is no fault';
};

done_testing;
