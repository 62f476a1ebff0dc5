# The manual and --help name the same options; the manual has no mistakes.

use strict;
use warnings;

use FindBin qw($RealBin);
use Test::More;
use Wfstore;

my $manual = "$RealBin/../../cli/wfstore.1";
my $text = read_text($manual);
my @commands = wfstore('--help')->{out} =~ /^  ([a-z]+) /mg;

sub options_in_help {
    my %found = map { $_ => 1 }
        wfstore(@_, '--help')->{out} =~ /^  --([a-z-]+)/mg;

    return \%found;
}

# "Fl -json" of a piece of the manual.
sub options_in {
    my %found = map { $_ => 1 } $_[0] =~ /\bFl -([a-z-]+)/g;

    return \%found;
}

my $common = options_in_help();
is_deeply options_in($text =~ /options of all commands(.*?)^\.El/ms), $common,
    'the common options are in the manual';
my @synopses = $text =~ /^\.Nm\n\.Op Fl -store Ar DIR\n(\.Cm .*?)(?=^\.Nm|^\.Sh)/msg;
is scalar @synopses, scalar @commands, 'every command has a synopsis';
for my $command (@commands) {
    my $help = options_in_help($command);
    delete @$help{keys %$common};

    my ($synopsis) = grep { /^\.Cm $command$/m } @synopses;
    is_deeply options_in($synopsis // ''), $help,
        "$command: the synopsis has its options";
    my ($section) = $text =~ /^\.Ss Cm $command\n(.*?)(?=^\.S[sh])/ms;
    my ($list) = ($section // '') =~ /^(\.Bl.*)^\.El/ms;
    is_deeply options_in(join '', ($list // '') =~ /^\.It.*\n/mg), $help,
        "$command: its section tells of each";
}

SKIP: {
    skip 'mandoc is not installed', 1 if `sh -c 'command -v mandoc'` eq '';
    is `mandoc -T lint -W warning '$manual'`, '', 'mandoc warns of nothing';
}

done_testing;
