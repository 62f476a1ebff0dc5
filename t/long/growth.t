# A worker has as many descriptors and as much memory after a hundred thousand
# requests as after fifty thousand; ten and five thousand in the short form.

use strict;
use warnings;

use lib 't/lib';
use List::Util qw(sum);
use POSIX ();
use Test::More;
use WaveForge::Mix;
use WaveForge::Server;

my $requests = $ENV{WAVEFORGE_LONG} ? 50_000 : 5_000;
my $clients = 4;
my $rounds = POSIX::ceil($requests / $clients / round_length);

# What the allocator may keep beyond: 42 bytes per request of the long
# form. The smallest leak of a request is its own pool, 4096 bytes.
my $bound_kb = 2048;

# 4 that read (WFS_SQLITE_READERS_MAX) and one that writes.
my $most_connections = 5;

my $server = WaveForge::Server->new(workers => 1,
    directives => 'waveforge_upload_expiry 2s; waveforge_expired delete;');
my ($worker) = $server->workers;
my $round = 0;

# Clients at once, each in a process of its own.
sub send_requests {
    my @children;

    for my $client (1 .. $clients) {
        my $pid = fork // die $!;
        if ($pid == 0) {
            my @faults = map { send_round $server, "c$client-" . ($round + $_) }
                1 .. $rounds;
            diag @faults[0 .. ($#faults < 3 ? $#faults : 3)] if @faults;
            delete $server->{pid};
            POSIX::_exit(@faults ? 1 : 0);
        }
        push @children, $pid;
    }
    $round += $rounds;
    return sum map { waitpid $_, 0; $? } @children;
}

sub descriptors {
    my @names = map { readlink $_ // () } glob "/proc/$worker/fd/*";

    return join "\n", sort map { s/\[\d+\]$//r } @names;
}

sub sockets {
    return scalar grep { /^socket:/ } split /\n/, descriptors();
}

# The one that listens, and the channel to the master.
my $idle = 2;

# Connections to the catalogue are opened as they are needed, up to a number.
sub without_catalogue {
    my $descriptors = shift;

    return join "\n", grep { !/catalog\.sqlite3/ } split /\n/, $descriptors;
}

sub connections {
    my $descriptors = shift;

    return scalar grep { /catalog\.sqlite3$/ } split /\n/, $descriptors;
}

# Nothing is under way any more, what expires is gone, and no client is there.
sub come_to_rest {
    return $server->wait_for(sub {
        return $server->get('/uploads') =~ /"total":0,/
            && !glob("$server->{store}/.wfstore/uploads/*")
            && descriptors() !~ m{/(?:uploads/|recording_)}
            && $server->wait_for(sub { sockets() <= $idle });
    });
}

sub resident_kb {
    open my $file, '<', "/proc/$worker/smaps_rollup" or die $!;
    return join('', <$file>) =~ /^Anonymous:\s+(\d+) kB/m ? $1 : die;
}

sub measure {
    is send_requests, 0, 'each request is answered as it should be';
    ok come_to_rest, 'nothing is left of them';
    return (descriptors(), resident_kb());
}

my $count = $rounds * $clients * round_length;
my ($descriptors, $memory_kb) = measure;
my ($descriptors_later, $memory_kb_later) = measure;

is without_catalogue($descriptors_later), without_catalogue($descriptors),
    'descriptors are the same';
cmp_ok connections($descriptors_later), '<=', $most_connections,
    'connections to the catalogue are few';
cmp_ok $memory_kb_later, '<=', $memory_kb + $bound_kb,
    "after $count requests $memory_kb KiB, after twice as many "
        . "$memory_kb_later KiB";
is_deeply [$server->workers], [$worker], 'it is still the same worker';
unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';

done_testing;
