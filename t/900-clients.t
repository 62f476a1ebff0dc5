# Clients that leave, stall, and ask twice at once.

use strict;
use warnings;

use lib 't/lib';
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use File::Path qw(remove_tree);
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Catalogue;
use WaveForge::Server;

my $server = WaveForge::Server->new;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;

sub received($) {
    my ($count) = $server->get("/upload/$_[0]") =~ /"received_chunks":(\d+)/;
    return $count // 0;
}

sub is_busy($) {
    return $server->chunk($_[0], $wav) =~ m{\AHTTP/1.1 423 };
}

subtest 'a client that leaves in a chunk leaves the upload as it was' => sub {
    like $server->chunk('file_id=gone&chunk_index=0', $wav), qr/chunk_received/;
    my $socket = $server->begin_chunk('file_id=gone&chunk_index=1', $wav);
    ok is_busy('file_id=gone&chunk_index=1'), 'the chunk is being received';
    close $socket;
    ok $server->wait_for(sub { !is_busy('file_id=gone&chunk_index=1') }),
        'the next one with this index is accepted';
    is received('gone'), 2;
};

subtest 'a first chunk that breaks off leaves no upload' => sub {
    my $socket = $server->begin_chunk('file_id=first&chunk_index=0', $wav);
    ok is_busy('file_id=first&chunk_index=0'), 'the chunk is being received';
    shutdown $socket, 1;
    close $socket;
    like $server->get('/upload/first'), qr{\AHTTP/1.1 404 };
};

subtest 'a chunk that is being received is busy until its client ends' => sub {
    my $socket = $server->begin_chunk('file_id=busy&chunk_index=0', $wav);
    ok is_busy('file_id=busy&chunk_index=0'), 'the chunk is being received';
    my $answer = $server->chunk('file_id=busy&chunk_index=0', $wav);
    like $answer, qr{\AHTTP/1.1 423 };
    like $answer, qr{\r\nRetry-After: 1\r\n};
    like $answer, qr{"code":"CHUNK_BUSY"};
    like $server->chunk('file_id=busy&chunk_index=1', $wav), qr/chunk_received/,
        'another index is not';
    print $socket substr $wav, length($wav) / 2;
    like $server->answer($socket), qr/chunk_received/;
    is received('busy'), 2;
};

subtest 'a refusal by the headers sends no 100 and reads no body' => sub {
    my %refusals = (
        'file_id=a.b&chunk_index=0' => 400,
        'file_id=ok&chunk_index=x' => 400,
        'file_id=ok&chunk_index=0&total_chunks=0' => 400,
        'file_id=ok&chunk_index=7&total_chunks=2' => 409,
    );
    for my $query (sort keys %refusals) {
        my $socket = $server->connect;
        print $socket $server->head('POST', "/upload/chunk?$query", 1000,
                                    'Expect: 100-continue');
        like $server->answer($socket), qr{\AHTTP/1.1 $refusals{$query} }, $query;
    }
    my $socket = $server->connect;
    print $socket $server->head('POST', '/upload/chunk?file_id=ok&chunk_index=0',
                                1 << 40, 'Expect: 100-continue');
    like $server->answer($socket), qr{\AHTTP/1.1 413 .*FILE_TOO_LARGE}s;
};

subtest 'a chunk that is wanted is asked for with 100' => sub {
    my $socket = $server->connect;
    $socket->autoflush(1);
    print $socket $server->head('POST', '/upload/chunk?file_id=ok&chunk_index=0',
                                length $wav, 'Expect: 100-continue');
    like $server->answer($socket), qr{\AHTTP/1.1 100 };
    print $socket $wav;
    like $server->answer($socket), qr/chunk_received/;
};

subtest 'a chunk may come in chunked transfer, in pieces of any size' => sub {
    my $socket = $server->connect;
    my $rest = $wav;
    my $piece = 1;

    $socket->autoflush(1);
    print $socket $server->head('POST', '/upload/chunk?file_id=te&chunk_index=0',
                                undef, 'Transfer-Encoding: chunked');
    while (length $rest) {
        my $part = substr $rest, 0, $piece, '';
        printf $socket "%x\r\n%s\r\n", length $part, $part;
        $piece = $piece * 3 + 1;
    }
    print $socket "0\r\n\r\n";
    my $length = length $wav;
    like $server->answer($socket), qr/chunk_received.*"size":$length/s;
    like $server->complete("{\"file_id\":\"te\",\"size\":$length,\"sha256\":\""
        . sha256_hex($wav) . '"}'), qr/"status":"success"/;
};

subtest 'eight uploads at once are all whole' => sub {
    my @children;
    for my $number (1 .. 8) {
        my $pid = fork // die $!;
        if ($pid == 0) {
            my $bytes = $wav . 'x' x $number;
            my $size = int(length($bytes) / 5) + 1;
            my $bad = 0;
            for my $index (4, 2, 0, 1, 3) {
                my $part = substr $bytes, $index * $size, $size;
                $bad++ if $server->chunk("file_id=p$number&chunk_index=$index"
                    . "&chunk_size=$size", $part) !~ /chunk_received/;
            }
            my $sha256 = sha256_hex($bytes);
            $bad++ if $server->complete("{\"file_id\":\"p$number\","
                . "\"sha256\":\"$sha256\"}") !~ /"sha256":"$sha256"/;
            delete $server->{pid};
            POSIX::_exit($bad);
        }
        push @children, $pid;
    }
    for my $pid (@children) {
        waitpid $pid, 0;
        is $?, 0;
    }
    like $server->get('/recordings'), qr/"total":9,/;
};

subtest 'a body that breaks off in nonsense is refused once' => sub {
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head('POST', '/upload/chunk?file_id=odd&chunk_index=0',
                                undef, 'Transfer-Encoding: chunked',
                                'Expect: 100-continue');
    like $server->answer($socket), qr{\AHTTP/1.1 100 };
    printf $socket "%x\r\n%s\r\n", 4096, substr $wav, 0, 4096;
    sleep 0.1;

    # The worker cannot give the chunk up meanwhile.
    my $lock = hold_catalogue $server->{store};
    print $socket "nonsense\r\n";
    for (1 .. 10) {
        sleep 0.05;
        print $socket "4\r\nmore\r\n";
    }
    close $lock;
    like $server->answer($socket), qr{\AHTTP/1.1 400 .*BAD_REQUEST}s;
    is received('odd'), 0;
    like $server->chunk('file_id=odd&chunk_index=0', $wav), qr/chunk_received/;
};

subtest 'a chunk of 128 MiB is never held in memory' => sub {
    my $block = $wav x 4;
    my $count = int((128 << 20) / length $block);
    my $socket = $server->connect;
    my $pid;

    print $socket $server->head('POST', '/upload/chunk?file_id=big&chunk_index=0',
                                $count * length $block);
    for my $number (1 .. $count) {
        print $socket $block;
        $pid //= $server->worker_of($socket);
    }
    like $server->answer($socket), qr/chunk_received/;
    open my $status, '<', "/proc/$pid/status" or die $!;
    my ($peak) = join('', <$status>) =~ /VmHWM:\s+(\d+) kB/;
    cmp_ok $peak, '<', 96 * 1024, "peak of the worker: $peak kB";
};

unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';
$server->stop;

# With one thread, what a chunk needs waits for whoever came before.
subtest 'nonsense that is there before the body is read is refused once' => sub {
    my $other = ($ENV{TEST_NGINX_SERVROOT} // 'build/test/t/servroot')
        . "-other-$$";

    mkdir $other;
    $server = WaveForge::Server->new(workers => 1,
        main => 'thread_pool default threads=1;',
        server => "location /other/ { waveforge on; waveforge_reserve 0;
            client_max_body_size 0;
            waveforge_store " . abs_path($other) . '; }');
    for my $health ('/health', '/other/health') {
        ok $server->wait_for(sub { $server->get($health) =~ /"healthy"/ });
    }
    my ($mine, $others) = map { hold_catalogue $_ } $server->{store}, $other;
    my ($socket, $blocker) = map { $server->connect } 1 .. 2;

    $socket->autoflush(1);
    print $socket $server->head('POST', '/upload/chunk?file_id=odd&chunk_index=0',
                                undef, 'Transfer-Encoding: chunked');
    $server->get('/health/live');
    print $socket 'nonsense';
    print $blocker $server->head('POST',
        '/other/upload/chunk?file_id=b&chunk_index=0', length $wav), $wav;
    $server->get('/health/live');
    close $mine;
    $server->wait_for(sub { $server->log =~ /invalid chunked body/ });
    print $socket 'more';
    $server->get('/health/live');
    close $others;
    like $server->answer($socket), qr{\AHTTP/1.1 400 .*BAD_REQUEST}s;
    like $server->answer($blocker), qr/chunk_received/;
    unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';
    $server->stop;
    remove_tree($other);
};

done_testing;
