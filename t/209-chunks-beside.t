# Chunks of many uploads at once: they share threads, two by turns, and none
# waits for another that waits itself.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use POSIX ();
use Test::More;
use WaveForge::Catalogue;
use WaveForge::Server;

my $clients = 12;
my $server = WaveForge::Server->new(
    workers => 1,
    main => 'error_log logs/debug.log debug;',
);

# As libwfstore asks the processor (digest_pair.c).
sub are_two_digested_at_once {
    open my $file, '<', '/proc/cpuinfo' or return 0;
    return scalar grep { /^flags.*\bsha_ni\b/ } <$file>;
}

# Of each client and turn other bytes, and another length.
sub bytes_of {
    my ($client, $turn) = @_;
    my $head = $turn ? '' : "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff";

    return $head . join '', map { pack 'N', $_ * 2_654_435_761 % 2**32 }
        $client * 100_000 + $turn .. $client * 100_000 + $turn
            + 60_000 + $client * 1_000;
}

sub chunk_path {
    my ($id, $index) = @_;

    return "/upload/chunk?file_id=$id&chunk_index=$index";
}

# A client that sends its chunks one after the other, over one connection, and
# says how many were taken.
sub send_all {
    my ($id, @chunks) = @_;
    my $taken = 0;

    for my $index (0 .. $#chunks) {
        my $answer = $server->request('POST',
            chunk_path($id, $index), $chunks[$index]);
        $taken++ if $answer =~ m{\AHTTP/1.1 200 .*"chunk_received"}s;
    }
    return $taken;
}

my %bytes = map { my $client = $_;
                  $client => [map { bytes_of($client, $_) } 0 .. 5] }
    1 .. $clients;

sub send_from_all {
    my $round = shift;
    my %children;

    for my $client (1 .. $clients) {
        my $child = fork // die $!;
        POSIX::_exit(send_all("$round-$client", @{$bytes{$client}}))
            if $child == 0;
        $children{$child} = $client;
    }
    for my $child (keys %children) {
        waitpid $child, 0;
        is $? >> 8, 6, "client $children{$child} had all chunks taken";
    }
    for my $client (1 .. $clients) {
        like $server->complete(
            qq({"file_id":"$round-$client","total_chunks":6,"sha256":")
            . sha256_hex(join '', @{$bytes{$client}}) . '"}'),
            qr{\AHTTP/1.1 200 }, 'all are as they were sent';
    }
}

# What nginx says of the tasks of its pool, and the module of its jobs.
sub are_threads_shared {
    open my $log, '<', "$server->{root}/logs/debug.log" or die $!;
    my ($tasks, $jobs) = (0, 0);

    while (my $line = <$log>) {
        $tasks++ if $line =~ /run task #/;
        $jobs++ if $line =~ /waveforge job:/;
    }
    return $jobs > $tasks;
}

subtest 'chunks of many clients at once are kept as they were sent' => sub {
    send_from_all('first');
};

SKIP: {
    my $binary = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';

    skip 'this nginx does not tell of its threads'
        if `$binary -V 2>&1` !~ /--with-debug/;
    skip 'this processor makes no two digests at once'
        if !are_two_digested_at_once();

    subtest 'they share threads' => sub {
        my $round = 0;

        ok $server->wait_for(sub {
            send_from_all('round-' . $round++) if !are_threads_shared();
            return are_threads_shared();
        });
    };
}

# Who makes a new upload waits for the catalogue; who sends a chunk of one that
# is there does not, until it is in its place.
subtest 'a chunk beside one that waits is received' => sub {
    my $processors = `getconf _NPROCESSORS_ONLN`;
    my $chunk = $bytes{1}[1] x 8;
    my @waiting;

    plan skip_all => 'too many processors' if $processors > 8;
    like $server->chunk('file_id=there&chunk_index=0', $bytes{1}[0]),
        qr/"chunk_received"/;
    my $lock = hold_catalogue $server->{store};
    for (1 .. $processors) {
        my $socket = $server->connect;
        $socket->autoflush(1);
        print $socket $server->head('POST', chunk_path("new-$_", 0),
                                    length $bytes{1}[0]), $bytes{1}[0];
        ok $server->wait_for(sub {
            catalogue_is_awaited($server->{store}) == 1
        }), 'one waits';
        push @waiting, $socket;
    }
    my $beside = $server->connect;
    my $child = fork // die $!;
    if ($child == 0) {
        $beside->autoflush(1);
        print $beside $server->head('POST', chunk_path('there', 1),
                                    length $chunk), $chunk;
        POSIX::_exit(0);
    }
    ok $server->wait_for(sub { waitpid($child, POSIX::WNOHANG()) == $child }),
        'it is sent';
    ok $server->has_read($beside), 'and received';
    is catalogue_is_awaited($server->{store}), 1, 'while the other waits';
    close $lock or die $!;
    like $server->answer($beside), qr{\AHTTP/1.1 200 .*"chunk_received"}s,
        'it is taken when there is no more to wait for';
    like $server->answer($waiting[0]), qr{\AHTTP/1.1 200 .*"chunk_received"}s,
        'and so is the other';
};

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\]|AddressSanitizer/,
    'nothing went wrong';
done_testing;
