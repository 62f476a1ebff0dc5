package WaveForge::HungDisk;

# A folder whose disk can hang: a FUSE pass-through that is stopped. Whatever
# asks it for anything then sleeps until it goes on.
#
# `use` it first: the test starts again in a mount namespace of its own.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Path qw(make_path);
use Test::More;
use Time::HiRes qw(sleep);

sub import {
    open my $device, '+<', '/dev/fuse'
        or give_up("/dev/fuse cannot be opened: $!");
    close $device;
    return if $ENV{WAVEFORGE_UNSHARED};

    $ENV{WAVEFORGE_UNSHARED} = 1;
    my @unshare = $> == 0 ? ('-m') : ('-m', '-U', '-r');
    # In a chroot / need not be a mount whose propagation could be changed.
    push @unshare, '--propagation', 'unchanged'
        if system("unshare @unshare true 2>/dev/null") != 0;
    exec 'unshare', @unshare, $^X, '-It/lib', $0 or die "unshare: $!";
}

# Containers and chroots may have no FUSE; nothing else is a reason.
sub give_up {
    my $reason = shift;

    diag("NOT TESTED: what happens on a disk that hangs. $reason");
    plan skip_all => "no disk can be made to hang here: $reason";
}

sub new {
    my $class = shift;
    my $root = ($ENV{TEST_NGINX_SERVROOT} // 'build/test/t/servroot')
        . "-hung-$$";

    make_path("$root/below", "$root/disk");
    $root = abs_path($root);
    my $self = bless { root => $root, path => "$root/disk" }, $class;

    $self->{pid} = fork // die $!;
    if ($self->{pid} == 0) {
        # It must not outlive the test while it is stopped.
        exec qw(setpriv --pdeathsig KILL bindfs -f), "$root/below",
            $self->{path} or die "bindfs: $!";
    }
    for (1 .. 400) {
        return $self if $self->is_mounted;
        sleep 0.05;
    }
    BAIL_OUT('bindfs does not mount');
}

sub is_mounted {
    my $self = shift;

    open my $mounts, '<', '/proc/self/mounts' or die $!;
    return scalar grep { (split)[1] eq $self->{path} } <$mounts>;
}

sub hang {
    my $self = shift;

    kill 'STOP', $self->{pid};
    for (1 .. 400) {
        open my $file, '<', "/proc/$self->{pid}/stat" or die $!;
        return if <$file> =~ /\) T /;
        sleep 0.05;
    }
    die 'bindfs does not stop';
}

sub go_on {
    my $self = shift;

    kill 'CONT', $self->{pid};
}

sub DESTROY {
    my $self = shift;
    local ($?, $@);

    $self->go_on;
    kill 'TERM', $self->{pid};
    waitpid $self->{pid}, 0;
}

1;
