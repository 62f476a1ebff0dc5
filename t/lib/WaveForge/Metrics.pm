package WaveForge::Metrics;

# Prometheus' text format, read as strictly as it is written: what its parser
# wants, and what `promtool check metrics` and the naming conventions want
# besides.
#
#   my ($value, $family, @faults) = read_metrics($text);
#   $value->{'waveforge_requests_total{endpoint="chunk",code="200"}'}
#   $family->{waveforge_requests_total}{type}

use strict;
use warnings;

use Exporter 'import';

our @EXPORT_OK = qw(read_metrics);

# Whatever else could be a label might have any number of values.
my %labels = map { $_ => 1 } qw(endpoint code kind store version nginx le);

# 0.0.4 knows more types; there are no others here.
my %types = map { $_ => 1 } qw(counter gauge histogram);

my $number = qr/[0-9]+(?:\.[0-9]+)?/;
my $odd_unit = qr/_(?:ms|us|ns|millis|milliseconds|minutes|hours|days|kb|mb|gb
    |kilobytes|megabytes|percent)(?:_|\z)/x;

sub read_metrics {
    my ($text) = @_;
    my $self = bless {value => {}, family => {}, faults => []}, __PACKAGE__;

    $self->fault('no line break at the end') if $text !~ /\n\z/;
    $self->read_line($_) for split /\n/, $text;
    $self->end_family;
    $self->fault('no metric') if !%{$self->{family}};
    return ($self->{value}, $self->{family}, @{$self->{faults}});
}

sub fault {
    my ($self, $fault) = @_;

    push @{$self->{faults}}, $fault;
}

sub read_line {
    my ($self, $line) = @_;

    if ($line =~ /\A# HELP (\S+) (\S.*\S)\z/) {
        $self->end_family;
        $self->begin_family($1);
    } elsif ($line =~ /\A# TYPE (\S+) (\S+)\z/) {
        $self->read_type($1, $2);
    } elsif ($line =~ /\A([a-z_0-9]+)(?:\{(.+)\})? ($number)\z/) {
        $self->read_sample($1, $2 // '', $3);
    } else {
        $self->fault("not a line of this format: $line");
    }
}

sub begin_family {
    my ($self, $name) = @_;

    $self->fault("$name comes twice") if $self->{family}{$name};
    $self->fault("$name is no name") if $name !~ /\Awaveforge_[a-z0-9_]+\z/;
    $self->fault("$name has no base unit") if $name =~ $odd_unit;
    $self->{now} = $self->{family}{$name} = {name => $name, samples => []};
}

sub read_type {
    my ($self, $name, $type) = @_;
    my $now = $self->{now};

    return $self->fault("TYPE of $name without HELP")
        if !$now || $now->{name} ne $name || $now->{type};
    $now->{type} = $type;
    $self->fault("$name is a $type") if !$types{$type};
    $self->fault("$name: _total is of counters, and of every one")
        if ($type eq 'counter') != ($name =~ /_total\z/);
    $self->fault("$name ends as a part of a histogram does")
        if $name =~ /_(?:count|sum|bucket)\z/;
    $self->fault("$name is a histogram without a unit")
        if $type eq 'histogram' && $name !~ /_(?:seconds|bytes)\z/;
}

sub read_sample {
    my ($self, $name, $labels, $value) = @_;
    my $now = $self->{now};
    my $key = $labels eq '' ? $name : "$name\{$labels}";
    my $part = $now && ($now->{type} // '') eq 'histogram'
        ? qr/_(?:bucket|sum|count)/ : qr//;

    return $self->fault("$key is not below its HELP and TYPE")
        if !$now || !$now->{type} || $name !~ /\A$now->{name}$part\z/;
    $self->fault("$key comes twice") if exists $self->{value}{$key};
    $self->{value}{$key} = $value;
    push @{$now->{samples}},
        {name => $name, labels => $self->read_labels($key, $labels),
         value => $value};
}

sub read_labels {
    my ($self, $key, $labels) = @_;
    my %read;

    while ($labels =~ /\G([a-z_]+)="((?:[^"\\\n]|\\["\\n])*)"(?:,(?=.)|\z)/gc) {
        $self->fault("$key: label $1") if !$labels{$1} || exists $read{$1};
        $self->fault("$key: a path") if $2 =~ m{/};
        $read{$1} = $2;
    }
    $self->fault("$key: labels") if (pos($labels) // 0) != length $labels;
    return \%read;
}

sub end_family {
    my ($self) = @_;
    my $now = delete $self->{now} or return;

    $self->fault("$now->{name} has no type") if !$now->{type};
    $self->fault("$now->{name} has no sample") if !@{$now->{samples}};
    $self->check_histogram($now) if ($now->{type} // '') eq 'histogram';
}

# All are without labels of their own.
sub check_histogram {
    my ($self, $now) = @_;
    my ($name, $bound, $below, %part) = ($now->{name}, -1, 0);

    for my $sample (@{$now->{samples}}) {
        my $le = $sample->{labels}{le};

        $part{$sample->{name}}++;
        next if $sample->{name} ne "${name}_bucket";
        $self->fault("$name: a bucket without le") if !defined $le;
        $le = 9**9**9 if $le eq '+Inf';
        $self->fault("$name: bounds do not rise") if $le <= $bound;
        $self->fault("$name: buckets sink") if $sample->{value} < $below;
        ($bound, $below) = ($le, $sample->{value});
    }
    $self->fault("$name: no bucket of all") if $bound != 9**9**9;
    $self->fault("$name: one sum, one count")
        if grep { ($part{"${name}_$_"} // 0) != 1 } qw(sum count);
    $self->fault("$name: the count is not that of all buckets")
        if $self->{value}{"${name}_count"} != $below;
}

1;
