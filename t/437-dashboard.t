# docs/grafana.json and the alert rules of docs/operations.md ask for what is
# served, and the module's README names all of it.

use strict;
use warnings;

use lib 't/lib';
use File::Temp qw(tempfile);
use JSON::PP;
use Test::More;
use WaveForge::Metrics qw(read_metrics);
use WaveForge::Server;

my $metric = qr/\bwaveforge_[a-z0-9_]+/;
# As a rule writes them: without the parts of a histogram.
my $part = qr/_(?:bucket|sum|count)\z/;

sub slurp($) {
    open my $file, '<:raw', $_[0] or die "$_[0]: $!";
    local $/;
    return scalar <$file>;
}

# What is served by a server that has something to tell of everything.
my $server = WaveForge::Server->new(directives => 'waveforge_quota 1g;',
    server => 'location = /metrics { waveforge_metrics; }');
my ($value, $family, @faults);

like $server->chunk('file_id=open&chunk_index=0', 'RIFF....WAVEdata'),
    qr/chunk_received/;
ok $server->wait_for(sub {
    my $answer = $server->get('/metrics');

    ($value, $family, @faults) =
        read_metrics((split /\r\n\r\n/, $answer, 2)[1] // '');
    return $family->{waveforge_store_oldest_upload_timestamp_seconds}
        && $family->{waveforge_requests_total};
}), 'every metric is served';
is_deeply \@faults, [];

sub is_served($) {
    my ($name) = @_;

    return exists $family->{$name} if $name !~ $part;
    $name =~ s/$part//;
    return ($family->{$name}{type} // '') eq 'histogram';
}

# Those that a text asks for and that nobody serves; the label values of an
# expression are none.
sub missing($) {
    my ($text) = @_;

    return grep { !is_served $_ } $text =~ /$metric/g;
}

subtest 'the dashboard is whole, and every query has a metric' => sub {
    my $board = decode_json slurp 'docs/grafana.json';
    my @panels = grep { $_->{type} ne 'row' } @{$board->{panels}};
    my %asked;

    cmp_ok scalar(@panels), '>', 20;
    for my $panel (@panels) {
        ok @{$panel->{targets}}, "$panel->{title} has a query";
        for my $target (@{$panel->{targets}}) {
            my @names = $target->{expr} =~ /$metric/g;
            ok @names, "$target->{expr} asks for something";
            is_deeply [missing $target->{expr}], [], $target->{expr};
            $asked{$_ =~ s/$part//r}++ for @names;
        }
    }
    my %ids = map { $_->{id} => 1 } @{$board->{panels}};
    is keys %ids, @{$board->{panels}}, 'each panel has an id of its own';

    my @told = qw(waveforge_build_info waveforge_store_published);
    is_deeply [sort keys %asked, @told], [sort keys %$family],
        'it shows every metric, but what is for other uses';
};

subtest 'so do the alert rules' => sub {
    my ($rules) = slurp('docs/operations.md')
        =~ /^(    groups:\n(?:    .*\n)+)/m;
    my @expressions = $rules =~ /^ +expr: (.*)$/mg;

    cmp_ok scalar(@expressions), '>', 5;
    for my $expression (@expressions) {
        ok $expression =~ $metric, $expression;
        is_deeply [missing $expression], [], 'is served';
    }
    my ($promtool) = grep { -x } $ENV{PROMTOOL} // (),
        map { "$_/promtool" } split /:/, $ENV{PATH};
    SKIP: {
        skip 'promtool is not installed', 1 if !$promtool;
        my ($file, $name) = tempfile(UNLINK => 1);
        print $file $rules =~ s/^    //mgr;
        close $file;
        like `$promtool check rules $name 2>&1`, qr/SUCCESS/;
    }
};

subtest 'the README of the module names each metric, and no other' => sub {
    my ($text) = slurp('ngx_waveforge_module/README.md')
        =~ /^(\*\*waveforge_metrics\*\*.*?)^## /ms;
    my %told = map { $_ => 1 } $text =~ /`($metric)`/g;
    my ($of_stores) = $text =~ /`waveforge_store_` and: (.*?)\. The label/s;

    $told{"waveforge_store_$_"} = 1 for $of_stores =~ /`([a-z_]+)`/g;
    delete $told{waveforge_store_};
    is_deeply [sort keys %told], [sort keys %$family];
};

$server->stop;

done_testing;
