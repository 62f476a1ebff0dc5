# Command lines: help, versions, and what is wrong.

use strict;
use warnings;

use Test::More;
use Wfstore;

my $folder = new_folder();
my $store = make_store("$folder/store");
my @commands = qw(ls show stat verify rebuild backup salvage gc);

my $help = wfstore('--help');
is $help->{exit}, 0, '--help is no failure';
like $help->{out}, qr/^  $_ /m, "it names $_" for @commands;
for my $command (@commands) {
    my $said = wfstore($command, '--help');

    is $said->{exit}, 0, "$command --help is no failure";
    like $said->{out}, qr/\AUsage: wfstore $command /, 'it begins with usage';
    is $said->{err}, '', 'and complains of nothing';
    unlike $said->{out}, qr/^.{81}/m, 'no line is wider than 80 columns';
}
is wfstore('--version')->{out}, "wfstore $ENV{WFS_VERSION}\n",
    '--version tells the version of the library';

my @wrong = (
    [[], 'which command?'],
    [['dance'], "unknown command 'dance'"],
    [['--dance'], 'unknown option --dance'],
    [['ls', '--dance=x'], 'unknown option --dance'],
    [['ls', '-x'], 'unknown option -x'],
    [['ls', 'extra'], "'extra' is one too many"],
    [['ls', '--sort'], '--sort needs a value'],
    [['ls', '--sort', 'color'], "--sort: 'color' is not a KEY"],
    [['ls', '--json', '--ids'], '--json and --ids are two forms'],
    [['ls', '--json=1'], '--json takes no value'],
    [['ls', '--store='], "--store: '' is not a DIR"],
    [['show'], 'ID is missing'],
    [['show', 'a', 'b'], "'b' is one too many"],
    [['backup'], 'DIR is missing'],
    [['backup', 'd', '--method', 'fax'], "--method: 'fax' is not a METHOD"],
    [['verify', '--rate', 'fast'], "--rate: 'fast' is not a BYTES"],
    [['verify', '--rate', '16777216t'], "--rate: '16777216t' is not a BYTES"],
    [['salvage'], 'ID is missing'],
    [['gc', '--retention', '3x'], "--retention: '3x' is not a SPAN"],
    [["\e[31m"], 'unknown command \'\x1b[31m\''],
);
for my $case (@wrong) {
    my ($words, $complaint) = @$case;
    my $said = wfstore(@$words);

    is $said->{exit}, 2, "wfstore @$words: exit code 2";
    like $said->{err}, qr/\Awfstore: \Q$complaint\E \(see wfstore .*--help\)\n\z/,
        'one line says why';
    is $said->{out}, '', 'nothing is printed';
}

subtest 'the store may be named in three ways' => sub {
    is wfstore('--store', $store, 'stat')->{exit}, 0, 'before the command';
    is wfstore('stat', "--store=$store")->{exit}, 0, 'after it';
    is wfstore_env({WFSTORE_DIR => $store}, 'stat')->{exit}, 0,
        'in the environment';
    chdir $store or die $!;
    is wfstore('stat')->{exit}, 0, 'as where one is';
    chdir '/' or die $!;
};

subtest 'no store is never made' => sub {
    my $said = wfstore('--store', "$folder/none", 'ls');

    is $said->{exit}, 5, 'exit code 5';
    like $said->{err}, qr{\Awfstore: \Q$folder/none\E: there is no store(?::| \()};
    ok !-e "$folder/none", 'nor a folder';
    mkdir "$folder/empty" or die $!;
    $said = wfstore('--store', "$folder/empty", 'ls');
    is $said->{exit}, 5, 'an empty folder is none';
    like $said->{err}, qr/: there is no store \(WFS_ENOSTORE\)\n\z/,
        'and nobody wants to make one';
    ok !-e "$folder/empty/.wfstore", 'and stays empty';
};

is wfstore('show', '--store', $store, '--', '-h')->{exit}, 5,
    'after -- even -h is an id';
like wfstore('show', '--store', $store, 'none')->{err},
    qr/\Awfstore: none: there is no such recording or upload \(WFS_ENOUPLOAD\)\n\z/,
    'what is not there may have been either';
is wfstore('show', '--store', $store, 'not an id')->{exit}, 2,
    'what can be no id is wrong usage';

done_testing;
