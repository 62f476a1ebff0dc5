# wfstore(1) beside a server that has the store open.

use strict;
use warnings;

use lib 't/lib';
use File::Basename qw(dirname);
use JSON::PP qw(decode_json);
use Test::More;
use WaveForge::Server;

my $module = $ENV{TEST_NGINX_LOAD_MODULES} // 'build/test/modules/none.so';
my $tool = $ENV{WFSTORE} // dirname(dirname($module)) . '/bin/wfstore';
-x $tool or die "there is no $tool\n";

my $server = WaveForge::Server->new;
my $store = $server->{store};
# 8 kHz, 16 bit, one channel
my $wav = 'RIFF' . pack('V', 300_036) . 'WAVEfmt '
    . pack('VvvVVvv', 16, 1, 1, 8000, 16_000, 2, 16)
    . 'data' . pack('V', 300_000) . join '', map { chr($_ % 251) } 1 .. 300_000;

# What the tool prints; its exit code is in $?.
sub wfstore {
    return scalar `$tool --store $store @_ 2>&1`;
}

sub record {
    my ($id) = @_;

    like $server->chunk("file_id=$id&chunk_index=0&total_chunks=1", $wav),
        qr/chunk_received/;
    like $server->complete("{\"file_id\":\"$id\"}"), qr/"status":"success"/;
}

record('before');

subtest 'the tool sees what the server acknowledged' => sub {
    is wfstore('ls --ids'), "before\n";
    is decode_json(wfstore('show --json before'))->{size}, length $wav;
    like wfstore('verify'), qr/^recordings: 1 /;
    is $?, 0, 'and it is whole';
};

subtest 'the tool neither ends nor sees a chunk on its way' => sub {
    my $socket = $server->begin_chunk('file_id=live&chunk_index=0', $wav);

    sleep 2;
    wfstore('gc --upload-expiry 1s --delete-expired');
    is $? >> 8, 0, 'gc goes by it';
    wfstore('salvage live');
    isnt $?, 0, 'there is nothing to salvage yet';
    print $socket substr $wav, length($wav) / 2;
    like $server->answer($socket), qr/chunk_received/, 'it is accepted';
    is decode_json(wfstore('show --json live'))->{received_bytes}, length $wav;
};

subtest 'the server sees what the tool did' => sub {
    like wfstore('salvage live --name Rescued'), qr/^recording_\d+_\d+_live\.wav/;
    like $server->get('/recording/live'), qr/"name":"Rescued"/;
};

subtest 'a backup is taken while the server receives' => sub {
    my $socket = $server->begin_chunk('file_id=later&chunk_index=0', $wav);

    wfstore("backup $server->{root}/backup");
    is $?, 0, 'it succeeds';
    print $socket substr $wav, length($wav) / 2;
    like $server->answer($socket), qr/chunk_received/, 'and disturbs nobody';
    is scalar `$tool --store $server->{root}/backup ls --ids --sort name`,
        scalar wfstore('ls --ids --sort name'), 'it has every recording';
};

subtest 'a store that the server has open is not rebuilt' => sub {
    like wfstore('rebuild --replace'), qr/WFS_EBUSY/;
    is $? >> 8, 4, 'exit code 4: later';
    record('after');
};

# What a disk does by itself, in the middle of the audio.
sub flip_byte {
    my ($path) = @_;

    open my $file, '+<:raw', $path or die "$path: $!";
    seek $file, 150_000, 0 or die $!;
    read $file, my $byte, 1 or die $!;
    seek $file, 150_000, 0 or die $!;
    print $file ~$byte;
    close $file or die $!;
}

sub becomes {
    my ($status) = @_;

    return $server->wait_for(sub {
        $server->get('/health') =~ /\{"status":"$status"/;
    });
}

subtest 'health is degraded as long as a recording is known to be damaged' => sub {
    my $path = "$store/" . decode_json(wfstore('show --json before'))->{filename};

    ok becomes('healthy');
    flip_byte $path;
    wfstore('verify');
    is $? >> 8, 1, 'verifying finds it';
    ok becomes('degraded');
    like $server->get('/health'), qr{\AHTTP/1.1 200 }, 'which is no failure';
    flip_byte $path;
    wfstore('verify');
    is $?, 0, 'and finds it mended';
    ok becomes('healthy');
};

unlike $server->log, qr/\[(emerg|alert|crit)\]|AddressSanitizer|runtime error/,
    'the log has no fault';

# All processes at once, the master first, lest it makes new workers.
sub kill_server {
    my @workers = $server->workers;

    kill 'KILL', $server->{pid}, @workers;
    waitpid $server->{pid}, 0;
    $server->wait_for(sub { !grep { -d "/proc/$_" } @workers }) or die;
}

# Of a table that is not asked while nobody completes an upload.
sub damage_catalogue {
    my $path = "$store/.wfstore/catalog.sqlite3";
    my $page = `sqlite3 $path "SELECT rootpage FROM sqlite_schema
                               WHERE name = 'upload_metadata'"`;

    open my $file, '+<:raw', $path or die "$path: $!";
    seek $file, ($page - 1) * 4096, 0 or die $!;
    print $file "\x5a" x 4096;
    close $file or die $!;
}

subtest 'health is degraded while the catalogue is known to be damaged' => sub {
    kill_server();
    $server->start;
    ok becomes('healthy'), 'an unclean stop alone is no fault';
    ok $server->wait_for(sub { wfstore('stat') =~ /^catalogue +whole$/m }),
        'the catalogue is looked through';
    kill_server();
    damage_catalogue();
    $server->start;
    ok becomes('degraded');
    like wfstore('stat'), qr/^catalogue +damaged/m, 'the tool tells why';
    $server->stop;
    wfstore('rebuild --replace');
    $server->start;
    ok becomes('healthy'), 'until the store is rebuilt';
    like $server->get('/recording/before'), qr/"id":"before"/;
};

done_testing;
