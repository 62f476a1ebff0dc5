package WaveForge::Chaos::Flight;

# A connection of a random client: its requests go out in pieces of any size,
# with pauses, and may be cut; the answers are told to the judge of each
# request, in order. A request without an answer is told as undef.

use strict;
use warnings;

use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER);
use WaveForge::Chaos::Wire qw(chance one_of);

my $patience = 120;

# new($port, { bytes => …, judge => sub ($answer, $noted) }, …); `is_head` of
# one whose answer has no body; `hear` is told the head of each 104 before that.
# What both note is of this connection.
sub new {
    my ($class, $port, @requests) = @_;
    my $bytes = join '', map { $_->{bytes} } @requests;
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1',
        PeerPort => $port, Timeout => 10);
    my $self = bless {
        socket => $socket, out => $bytes, in => '', sent => 0,
        asked => [map { { %$_ } } @requests],
        piece => one_of(1, 3, 100, 5000, 70_000, 1 << 20),
        wakes => 0, began => time,
    }, $class;

    if (!$socket) {
        $self->end;
        return $self;
    }
    $socket->blocking(0);
    $self->choose_fate(length $bytes);
    return $self;
}

# What becomes of it; the lengths of pauses are around client_body_timeout. Who
# may hear how much has come pauses more often: that takes a second.
sub choose_fate {
    my ($self, $length) = @_;
    my $where = int rand $length + 1;
    my $may_hear = grep { $_->{hear} } @{$self->{asked}};

    $self->{piece} = 1 + int $length / 20 if $self->{piece} * 20 < $length;
    if (chance 0.12) {
        $self->{cut_at} = $where;
        $self->{abrupt} = chance 0.5;
    } elsif (chance 0.05) {
        $self->{deaf} = 1;
    } elsif (chance 0.05) {
        $self->{shut_at} = $where;
    }
    if (chance($may_hear ? 0.3 : 0.15)) {
        $self->{stall_at} = int rand $length + 1;
        $self->{stall_for} = one_of(0.05, 0.3, 1.2, 4);
    }
}

sub has_ended {
    my $self = shift;

    return !$self->{socket};
}

sub wants_to_send {
    my ($self, $now) = @_;

    return length $self->{out} && $now >= $self->{wakes};
}

# Nobody is told anything any more.
sub end {
    my $self = shift;

    close $self->{socket} if $self->{socket};
    delete $self->{socket};
    $_->{judge}->(undef, $_) for splice @{$self->{asked}};
}

sub cut {
    my $self = shift;

    if ($self->{abrupt}) {
        setsockopt $self->{socket}, SOL_SOCKET, SO_LINGER, pack 'II', 1, 0;
    }
    $self->end;
}

# How much may go out before something happens.
sub allowance {
    my $self = shift;
    my $most = $self->{piece};

    for my $mark (grep { defined } @$self{qw(cut_at stall_at shut_at)}) {
        my $until = $mark - $self->{sent};
        $most = $until if $until > 0 && $until < $most;
    }
    return $most;
}

sub reached {
    my ($self, $mark) = @_;

    return defined $self->{$mark} && $self->{sent} >= $self->{$mark};
}

sub send {
    my ($self, $now) = @_;

    if ($self->reached('stall_at')) {
        delete $self->{stall_at};
        $self->{wakes} = $now + $self->{stall_for};
        return;
    }
    my $sent = syswrite $self->{socket}, $self->{out}, $self->allowance;
    if (!defined $sent) {
        # Answers may still be there to be read.
        $self->{out} = '' if !$!{EAGAIN};
        return;
    }
    substr $self->{out}, 0, $sent, '';
    $self->{sent} += $sent;
}

sub receive {
    my $self = shift;

    while (1) {
        my $got = sysread $self->{socket}, $self->{in}, 1 << 18,
            length $self->{in};

        return if !defined $got && $!{EAGAIN};
        $self->tell_answers;
        last if !$got;
    }
    $self->end;
}

sub tell_answers {
    my $self = shift;

    while ($self->{in} =~ m{\AHTTP/1\.1 (\d+) (.*?)\r\n\r\n}s) {
        my ($status, $head, $from) = ($1, $2, $+[0]);
        my ($length) = $head =~ /\r\nContent-Length: (\d+)/i;

        my $asked = $self->{asked}[0] // return;
        if ($status == 100 || $status == 104) {
            substr $self->{in}, 0, $from, '';
            $self->hear($asked, $head) if $status == 104;
            next;
        }
        $length = 0 if !defined $length || $asked->{is_head};
        return if length $self->{in} < $from + $length;
        my $body = substr $self->{in}, $from, $length;
        substr $self->{in}, 0, $from + $length, '';
        shift @{$self->{asked}};
        $asked->{judge}->({ status => $status, head => $head, body => $body },
                          $asked);
    }
}

# Some go away when they know what they wanted.
sub hear {
    my ($self, $asked, $head) = @_;

    $asked->{hear}->($head, $asked);
    $self->{cut_at} = $self->{sent} if chance 0.3;
}

# One look at it. Dies if an answer that must come does not.
sub step {
    my ($self, $now) = @_;

    $self->send($now) if $self->wants_to_send($now);
    return $self->cut if $self->reached('cut_at');
    if ($self->reached('shut_at')) {
        delete $self->{shut_at};
        $self->{out} = '';
        shutdown $self->{socket}, 1;
    }
    return $self->cut if $self->{deaf} && !length $self->{out};
    $self->receive;
    return if $self->has_ended;
    return $self->end if !@{$self->{asked}};
    die "no answer in $patience s\n" if $now > $self->{began} + $patience;
}

1;
