package WaveForge::Chaos::Crowd;

# Many random clients at once: takes in every state, and the connections that
# carry their requests.

use strict;
use warnings;

use IO::Select;
use List::Util qw(shuffle);
use Time::HiRes qw(time);
use WaveForge::Chaos::File;
use WaveForge::Chaos::Flight;
use WaveForge::Chaos::Lies qw(lie);
use WaveForge::Chaos::Listener qw(ask_of_recording ask_of_server);
use WaveForge::Chaos::Take;
use WaveForge::Chaos::Wire qw(chance one_of);

my $most_takes = 10;
my $most_flights = 24;

# new($port, $fault): `fault` is told what must not be.
sub new {
    my ($class, $port, $fault) = @_;

    return bless {
        port => $port, fault => $fault, flights => [], takes => [], left => [],
        begun => 0, requests => 0,
        pool => join('', map { pack 'V', rand 1 << 32 } 1 .. 1 << 20),
    }, $class;
}

# Random clients for so many seconds.
sub rage {
    my ($self, $seconds) = @_;
    my $end = time + $seconds;

    while (time < $end) {
        $self->begin_take if @{$self->{takes}} < $most_takes;
        $self->begin_flight if @{$self->{flights}} < $most_flights;
        $self->step;
    }
}

# No more requests: the ones under way come to their end.
sub calm {
    my $self = shift;

    $self->step while @{$self->{flights}};
    push @{$self->{left}}, splice @{$self->{takes}};
}

sub begin_take {
    my $self = shift;
    my $number = ++$self->{begun};
    my ($class, $id) = chance(0.3)
        ? ('WaveForge::Chaos::File', "file-$number")
        : ('WaveForge::Chaos::Take', "take-$number");

    push @{$self->{takes}},
        $class->new($id, \$self->{pool}, $self->{fault});
}

# What a client does next with its take.
sub next_request {
    my $take = shift;

    return $take->next_request if $take->isa('WaveForge::Chaos::File');
    my @missing = $take->missing;
    return ask_of_recording $take if $take->{done};
    return lie $take if chance 0.15;
    return $take->look if chance 0.1;
    return $take->delete_upload
        if chance($take->{delete_sent} ? 0.3 : 0.007);
    return $take->complete(size => $take->{size} + one_of(-1, 1, 1 << 20))
        if chance 0.01;
    return $take->complete(sha256 => 'a' x 64) if chance 0.01;
    return $take->complete if @missing ? chance 0.02 : chance 0.5;
    # Mostly what comes next, a few at a time, but anything may come again.
    return $take->send_chunk(!@missing || chance(0.1)
        ? int rand $take->count
        : one_of @missing[0 .. ($#missing < 3 ? $#missing : 3)]);
}

# Mostly one, else some in a row.
sub next_requests {
    my $take = shift;
    my $most = chance(0.15) ? 1 + int rand 4 : 1;
    my @requests;

    while (@requests < $most) {
        push @requests, next_request($take) // next;
        last if $requests[-1]{is_last};
    }
    return @requests;
}

sub is_waited_for {
    my ($self, $take) = @_;

    return $take->{is_patient}
        && grep { $_->{take} == $take } @{$self->{flights}};
}

sub begin_flight {
    my $self = shift;
    my @free = grep { !$self->is_waited_for($_) } @{$self->{takes}} or return;
    my $take = one_of @free;
    my @requests = next_requests($take);

    push @requests, ask_of_server $self->{fault}
        if chance(0.05) && !grep { $_->{is_last} } @requests;
    $self->{requests} += @requests;
    # Now and then the very same over another connection as well.
    for (1 .. (chance(0.07) ? 2 : 1)) {
        my $flight = WaveForge::Chaos::Flight->new($self->{port}, @requests);
        $flight->{take} = $take;
        push @{$self->{flights}}, $flight;
    }
    $self->leave($take) if ++$take->{deeds} > 60
        || ($take->{done} || $take->{deleted}) && chance 0.1;
}

sub leave {
    my ($self, $take) = @_;

    @{$self->{takes}} = grep { $_ != $take } @{$self->{takes}};
    push @{$self->{left}}, $take;
    $take->forget_bytes;
}

sub step {
    my $self = shift;
    my $now = time;
    my @open = grep { !$_->has_ended } @{$self->{flights}};
    my $to_send = IO::Select->new(map { $_->{socket} }
        grep { $_->wants_to_send($now) } @open);

    IO::Select->select(IO::Select->new(map { $_->{socket} } @open), $to_send,
                       undef, 0.02);
    for my $flight (shuffle @open) {
        eval { $flight->step(time); 1 } or do {
            $self->{fault}->("a connection: $@");
            $flight->end;
        };
    }
    @{$self->{flights}} = grep { !$_->has_ended } @{$self->{flights}};
}

1;
