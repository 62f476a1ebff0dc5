package WaveForge::Chaos::Storm;

# What happens to a server meanwhile: workers are killed, the configuration is
# loaded again, the binary is replaced. It runs in a process of its own, which
# tells at the end whom it killed and what did not come about.

use strict;
use warnings;

use JSON::PP qw(decode_json encode_json);
use List::Util qw(shuffle);
use POSIX ();
use Time::HiRes qw(sleep);
use WaveForge::Chaos::Wire qw(chance one_of);

sub begin {
    my ($class, $server, $seed) = @_;
    my $self = bless { server => $server, killed => [], count => {},
                       faults => [] }, $class;

    pipe my $stop, $self->{stop} or die $!;
    pipe $self->{report}, my $report or die $!;
    $self->{pid} = fork // die $!;
    return $self if $self->{pid};
    close $self->{stop};
    srand $seed;
    eval { $self->rage($stop); 1 } or push @{$self->{faults}}, $@;
    syswrite $report, encode_json({ map { $_ => $self->{$_} }
        qw(killed count faults) });
    # Nobody here ends the server.
    POSIX::_exit(0);
}

# What it did: { killed => [PID], count => { deed => number }, faults => [] }.
sub end {
    my $self = shift;
    my $text = '';

    close $self->{stop};
    waitpid $self->{pid}, 0;
    sysread $self->{report}, $text, 1 << 20;
    my $server = $self->{server};
    $server->{pid} = $server->pid_in('nginx.pid') // $server->{pid};
    return decode_json($text);
}

sub rage {
    my ($self, $stop) = @_;
    my %deeds = (kill => \&kill_one, kill_all => \&kill_all,
                 reload => \&reload, upgrade => \&upgrade);
    my @deeds = qw(kill reload upgrade kill_all);

    # Each comes about at least once.
    while (1) {
        my $ready = '';

        vec($ready, fileno $stop, 1) = 1;
        last if select($ready, undef, undef, 0.1 + rand 2)
            && $self->{count}{kill_all};
        @deeds = shuffle(('kill') x 6, 'kill_all', ('reload') x 3, 'upgrade')
            if !@deeds;
        my $deed = shift @deeds;
        $self->{count}{$deed}++;
        $deeds{$deed}->($self);
    }
}

sub kill_these {
    my ($self, @workers) = @_;

    push @{$self->{killed}}, map { $_ + 0 } @workers;
    kill 'KILL', @workers;
}

sub kill_one {
    my $self = shift;
    my @workers = $self->{server}->workers;

    $self->kill_these(one_of @workers) if @workers;
}

sub kill_all {
    my $self = shift;

    $self->kill_these($self->{server}->workers);
}

sub reload {
    my $self = shift;

    for (1 .. one_of(1, 1, 3)) {
        kill 'HUP', $self->{server}{pid};
        sleep rand 0.3;
    }
}

# As docs/operations.md has it, with a kill among the old or the new ones.
sub upgrade {
    my $self = shift;
    my $server = $self->{server};
    my $old = $server->upgrade;

    sleep rand 1;
    $self->kill_one if chance 0.3;
    kill 'WINCH', $old;
    sleep rand 1;
    $self->kill_these(one_of $server->workers($old))
        if chance(0.3) && $server->workers($old);
    kill 'QUIT', $old;
    $server->wait_for(sub { $server->has_ended($old) })
        || $server->wait_for(sub { $server->has_ended($old) })
        or push @{$self->{faults}}, "old master $old does not leave";
}

1;
