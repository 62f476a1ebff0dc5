# A disk with the stores of many users hangs: they wait, others do not.

use strict;
use warnings;

use lib 't/lib';
use WaveForge::HungDisk;

use File::Path qw(make_path);
use Test::More;
use WaveForge::Server;

my $users = 40;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 50_000;
my $disk = WaveForge::HungDisk->new;
my $other = "$disk->{root}/other";
make_path($other);

my $server = WaveForge::Server->new(
    workers => 1,
    http => "waveforge_open_stores $users idle=1h;",
    store => "$disk->{path}/\$http_x_user",
    server => "location /other/ {
        waveforge on; waveforge_store $other/store; waveforge_reserve 0;
        client_max_body_size 0;
    }",
);

sub send_request {
    my ($path, $user) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head('GET', $path, undef, "X-User: $user");
    return $socket;
}

sub health {
    return $server->request('GET', '/health', undef, "X-User: $_[0]");
}

sub all_are {
    my $status = shift;

    return !grep { health("user$_") !~ /"status":"$status"/ } 1 .. $users;
}

for my $user (1 .. $users) {
    $server->chunk('file_id=a&chunk_index=0', $wav, "X-User: user$user")
        =~ /chunk_received/ or fail "user $user";
}
ok $server->wait_for(sub { all_are('healthy') }), "$users stores are open";

$disk->hang;
ok $server->wait_for(sub { all_are('failed') }), 'all wait for the disk';
my @waiting = map { send_request('/uploads', "user$_") } 1 .. $users;

for my $index (0 .. 9) {
    like $server->request('POST', '/other/upload/chunk?file_id=a'
                          . "&chunk_index=$index", $wav),
        qr/"received_chunks":@{[$index + 1]},/, 'another store takes chunks';
}
like $server->get('/health/live'), qr/live/;
like $server->request('GET', '/uploads', undef, 'X-User: one-more'),
    qr{\AHTTP/1.1 503 .*Retry-After.*"code":"STORE_BUSY"}s,
    'nobody makes room for another';

$disk->go_on;
for my $socket (@waiting) {
    like $server->answer($socket), qr/"total":1,/, 'who waited is answered';
}
ok $server->wait_for(sub { all_are('healthy') }), 'all are well again';
unlike $server->log, qr/\[(emerg|alert)\]|AddressSanitizer|runtime error/;

done_testing;
