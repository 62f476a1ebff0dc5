# Another process is at the store: it writes to the catalogue for long, or is
# completing an upload. Here it is this test, which holds their locks.

use strict;
use warnings;
no warnings 'portable';    # numbers of 64 bits

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use Fcntl qw(F_SETLK F_WRLCK F_UNLCK SEEK_SET);
use Test::More;
use WaveForge::Answers qw(keep_answer);
use WaveForge::Server;

# See store_internal.h, blobs.h and live_file.h of libwfstore.
my $lock_write = 3;
my $lock_base = 1 << 62;
my $completing = (1 << 20) + 1;
my $page = 5;

my $server = WaveForge::Server->new(workers => 1,
                                    directives => 'waveforge_max_waiting 1;');
my $meta = "$server->{store}/.wfstore";
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $sha256 = sha256_hex($wav);

sub open_file {
    my $path = shift;

    open my $file, '+<', $path or die "$path: $!";
    return $file;
}

sub set_lock {
    my ($file, $type, $first, $count) = @_;

    fcntl $file, F_SETLK, pack 's s x4 q q i x4', $type, SEEK_SET, $first,
        $count, 0 or die "fcntl: $!";
}

sub multiply {
    use integer;
    return $_[0] * $_[1];
}

sub mix {
    my $value = shift;

    $value = multiply($value ^ ($value >> 30), 0xbf58476d1ce4e5b9);
    $value = multiply($value ^ ($value >> 27), 0x94d049bb133111eb);
    return $value ^ ($value >> 31);
}

# Say in .wfstore/live that the upload of that row is being completed.
sub tell_completing {
    my ($file, $row, $progress) = @_;
    my $sequence = 12345;
    my $check = mix(mix(mix(0x57464c4956450001 ^ $row) ^ $completing)
                    ^ $sequence);

    set_lock($file, F_WRLCK, $lock_base + $page, 1);
    sysseek $file, $page * 64 * 64, SEEK_SET or die $!;
    syswrite $file, pack('Q8', $row, $completing, $sequence, $check, 0,
                         $progress * 65536, 0, 0) or die $!;
}

sub send_request {
    my ($method, $path) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head($method, $path);
    return $socket;
}

like $server->chunk('file_id=take&chunk_index=0', $wav), qr/chunk_received/;

subtest 'while another process writes, one waits and others hear (STORE_BUSY)'
    => sub {
    my $lock = open_file("$meta/lock");
    set_lock($lock, F_WRLCK, $lock_write, 1);
    my @sockets = map { send_request('DELETE', '/upload/none') } 1, 2;
    my $refused;
    ok $server->wait_for(sub {
        ($refused) = grep {
            my $ready = '';
            vec($ready, fileno $_, 1) = 1;
            select($ready, undef, undef, 0) > 0;
        } @sockets;
        return $refused;
    }), 'one of two is answered';
    my $answer = $server->answer($refused);
    keep_answer('DELETE', '/upload/none', $answer);
    like $answer, qr{\AHTTP/1.1 503 .*\r\nRetry-After: 1\r\n}s;
    like $answer, qr/"code":"STORE_BUSY"/;
    close $lock or die $!;
    ok $server->wait_for(sub {
        return $server->request('DELETE', '/upload/none')
            =~ /"code":"UPLOAD_NOT_FOUND"/;
    }), 'later all are answered';
};

subtest 'while another process completes, a client hears of its progress' => sub {
    my ($path) = glob "$meta/uploads/take.*.part";
    my ($row) = $path =~ /\.(\d+)\.part\z/;
    my $part = open_file($path);
    my $live = open_file("$meta/live");
    my $json = "{\"file_id\":\"take\",\"sha256\":\"$sha256\"}";

    set_lock($part, F_WRLCK, $lock_base, $completing);
    tell_completing($live, $row, 0.4);
    my $answer = $server->complete($json);
    like $answer, qr{\AHTTP/1.1 202 .*\r\nRetry-After: 1\r\n}s;
    like $answer, qr/\{"status":"completing","progress":0\.40\}\z/;
    like $server->chunk('file_id=take&chunk_index=1', $wav),
        qr/"code":"CHUNK_BUSY"/, 'chunks are refused meanwhile (CHUNK_BUSY)';
    like $server->get('/upload/take'),
        qr/"status":"receiving".*"received_chunks":1,/,
        'the upload can be looked at';

    close $part or die $!;
    close $live or die $!;
    like $server->complete($json), qr/"status":"success"/,
        'if that process dies, who asks again completes it';
};

unlike $server->log, qr/\[(emerg|alert|crit)\]|AddressSanitizer|runtime error/,
    'the log has no fault';

done_testing;
