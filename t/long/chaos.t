# Random clients, and a server whose workers are killed, whose configuration is
# loaded again and whose binary is replaced, all at once.
#
# The seed of a run is printed; WAVEFORGE_SEED makes the same choices again.
# WAVEFORGE_SECONDS is how long, else two minutes; an hour with WAVEFORGE_LONG.

use strict;
use warnings;

use lib 't/lib';
use File::Basename qw(dirname);
use Test::More;
use WaveForge::Chaos::Crowd;
use WaveForge::Chaos::Storm;
use WaveForge::Chaos::Verdict;
use WaveForge::Server;

my $module = $ENV{TEST_NGINX_LOAD_MODULES} // 'build/test/modules/none.so';
my $tool = $ENV{WFSTORE} // dirname(dirname($module)) . '/bin/wfstore';
-x $tool or die "there is no $tool\n";

my $seed = $ENV{WAVEFORGE_SEED} // (time ^ $$ << 8);
my $seconds = $ENV{WAVEFORGE_SECONDS} // ($ENV{WAVEFORGE_LONG} ? 3600 : 120);
my @faults;

diag "chaos for $seconds s: WAVEFORGE_SEED=$seed";
srand $seed;
my $storm;
local $SIG{TERM} = local $SIG{INT} = sub {
    # It knows which of two binaries' servers is the last one.
    $storm->end if $storm;
    exit 1;
};

# The first ones tell most.
sub fault {
    push @faults, "@_";
    diag "at ${\ scalar gmtime}: @_" if @faults <= 5;
}

# Sanitizers, and where they write, are told to a new binary, too.
# A client that stops in the middle of a head holds its worker for so long.
my $server = WaveForge::Server->new(daemon => 1,
    server => 'client_header_timeout 2s;',
    main => 'env LD_PRELOAD; env ASAN_OPTIONS; env UBSAN_OPTIONS;',
    directives => 'client_body_timeout 2s; lingering_timeout 1s;'
        . ($seed % 2 ? 'waveforge_durability recording;' : ''));
$storm = WaveForge::Chaos::Storm->begin($server, $seed);
my $crowd = WaveForge::Chaos::Crowd->new($server->{port}, \&fault);
$crowd->rage($seconds);
my $end = $storm->end;
$crowd->calm;

my $verdict = WaveForge::Chaos::Verdict->new($server, $tool, \&fault);
my @takes = @{$crowd->{left}};
my %count = %{$end->{count}};
my $done = grep { $_->{done} } @takes;
my $files = grep { $_->{done} && $_->isa('WaveForge::Chaos::File') } @takes;

subtest 'there was chaos' => sub {
    is "@{$end->{faults}}", '', 'what was to happen to the server did';
    cmp_ok $done, '>', 0, "$done of ${\ scalar @takes} uploads were completed";
    cmp_ok $files, '>', 0, "$files of them below /files/";
    cmp_ok scalar @{$end->{killed}}, '>', 0, 'workers were killed';
    cmp_ok $count{$_} // 0, '>', 0, "$_: " . ($count{$_} // 0)
        for qw(kill reload upgrade);
};

sub has_none {
    my $title = shift;

    is scalar @faults, 0, $title;
    @faults = ();
}

subtest 'each answer was right' => sub {
    has_none "of $crowd->{requests} requests";
};

subtest 'what was acknowledged is there' => sub {
    ok $server->wait_for(sub { $server->workers == 2 }), 'old workers left';
    $verdict->finish($_) for @takes;
    has_none 'every chunk, and completing succeeds';
    $verdict->compare_recordings(@takes);
    has_none "$verdict->{count}{recordings} recordings are byte for byte right";
    $verdict->compare_uploads(@takes);
    has_none 'unfinished uploads are those of the clients';
};

subtest 'the store is whole' => sub {
    $server->stop;
    $verdict->compare_files;
    has_none 'metadata.json is right, each file below uploads/ is an upload\'s';
    like $verdict->verify, qr/^recordings: $verdict->{count}{recordings} /m;
    has_none 'wfstore verify says so';
};

# What nginx says when a worker it talks to is gone is no fault.
subtest 'no process died but by us' => sub {
    my %killed = map { $_ => 1 } @{$end->{killed}};
    my @alarms = grep {
        !(/worker process (\d+) exited on signal 9/ && $killed{$1})
    } $server->log =~ /^(.*(?:\[(?:alert|crit|emerg)\]|exited on signal).*)$/mg;

    is "@alarms", '', 'the log has no alarm';
    unlike $server->log, qr/AddressSanitizer|runtime error/;
};

done_testing;
