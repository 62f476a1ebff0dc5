# wfstore ls: a table for people, JSON for programs, and names that are neither
# plain nor narrow.

use strict;
use warnings;

use Test::More;
use Wfstore;

my $folder = new_folder();
my $wav = audio('s16.wav');
my $store = make_store("$folder/store",
    ['put', 'a', $wav, 3000, 'zebra'],
    ['put', 'b-longer', audio('opus.webm'), 1000, "\xe9\x9f\xb3\xe5\xa3\xb0"],
    ['put', 'c', $wav, 2000, "na\xc3\xafve caf e\xcc\x81"],
    ['part', 'half', $wav]);
my @ls = ('--store', $store, 'ls');

sub ids {
    return [split /\n/, wfstore(@ls, '--ids', @_)->{out}];
}

my $table = wfstore(@ls);
is $table->{exit}, 0, 'ls succeeds';
is $table->{err}, '', 'and complains of nothing';
is $table->{out}, <<"TABLE", 'the newest comes first, columns are aligned';
ID        RECORDED             LENGTH     SIZE  TYPE        NAME
a         1970-01-01 00:00:03    0:01  7.9 KiB  audio/wav   zebra
c         1970-01-01 00:00:02    0:01  7.9 KiB  audio/wav   na\xc3\xafve caf e\xcc\x81
b-longer  1970-01-01 00:00:01    0:01  1.2 KiB  audio/webm  \xe9\x9f\xb3\xe5\xa3\xb0
TABLE

is_deeply ids(), ['a', 'c', 'b-longer'], '--ids prints ids alone';
is_deeply ids('--sort', 'timestamp'), ['b-longer', 'c', 'a'],
    '--sort timestamp: the oldest first';
is_deeply ids('--sort', 'name'), ['c', 'a', 'b-longer'], '--sort name';
is_deeply ids('--sort=-name'), ['b-longer', 'a', 'c'], '--sort=-name';
is_deeply ids('--sort', 'size')->[0], 'b-longer', '--sort size';
is_deeply ids('--sort', '-size')->[2], 'b-longer', '--sort -size';
is scalar @{ids('--sort', 'duration')}, 3, '--sort duration';

my $json = wfstore(@ls, '--json', '--sort', 'timestamp')->{out};
my @objects = decode_lines($json);
is_deeply [map { $_->{id} } @objects], ['b-longer', 'c', 'a'],
    '--json prints one object per line';
is $objects[0]{name}, "\x{97f3}\x{58f0}", 'with the name as it is';
like read_text("$store/metadata.json"), qr/^\Q$_\E,?$/m,
    'each line is one of metadata.json' for split /\n/, $json;

is_deeply ids('--query', 'ZEB'), ['a'], '--query finds in whatever case';
is_deeply ids('--query', "NA\xc3\x8fVE"), ['c'], 'beyond ASCII, too';
is wfstore(@ls, '--query', 'nothing')->{out}, '', 'or nothing';
is_deeply ids('--uploads'), ['half'], '--uploads lists unfinished uploads';
like wfstore(@ls, '--uploads')->{out},
    qr/^half  [\d: -]{19}  [\d: -]{19}       1   7\.9 KiB  $/m, 'as a table';
my ($upload) = decode_lines(wfstore(@ls, '--uploads', '--json')->{out});
is $upload->{received_bytes}, 8044, 'and as JSON';
is wfstore(@ls, '--uploads', '--sort', 'name')->{exit}, 2,
    'in no other order than the newest first';

my $empty = make_store("$folder/empty");
is wfstore('ls', '--store', $empty)->{out}, '', 'an empty store prints nothing';

subtest 'a table longer than a page has every row once' => sub {
    my $many = make_store("$folder/many", ['many', 600, $wav]);
    my $said = wfstore('ls', '--store', $many, '--ids', '--sort', 'timestamp');

    is_deeply [split /\n/, $said->{out}],
        [map { sprintf 'many-%07d', $_ } 0 .. 599];
    my @rows = split /\n/, wfstore('ls', '--store', $many)->{out};
    is scalar @rows, 601, 'with one head';
    is scalar(grep { length != length $rows[1] } @rows[1 .. $#rows]), 0,
        'and aligned';
};

subtest 'a reader who has seen enough is no fault' => sub {
    my $said = `$ENV{WFSTORE} ls --store $folder/many --ids 2>&1 | head -n 1`;

    is $said, "many-0000599\n", 'head ends ls without a word';
    is `bash -c 'set -o pipefail; $ENV{WFSTORE} ls --store $folder/many \\
        | true; echo \${PIPESTATUS[0]}'`, "141\n", 'SIGPIPE tells why';
};

SKIP: {
    skip 'no /dev/full', 2 if !-c '/dev/full';
    my $said = `$ENV{WFSTORE} ls --store $folder/many 2>&1 >/dev/full`;

    is $? >> 8, 3, 'a full disk is a failure';
    like $said, qr/\Awfstore: standard output: .*\n\z/, 'and is told';
}

subtest 'a terminal sees a line of its width and nothing it would obey' => sub {
    my $odd = make_store("$folder/odd",
        ['put', 'long', $wav, 2000, 'x' x 200],
        ['put', 'wide', $wav, 1000, "\xe9\x9f\xb3" x 60]);
    my $said = on_terminal(words => ['ls', '--store', $odd], columns => 80);

    my @lines = split /\r\n/, $said->{text};
    like $lines[1], qr/ x{10,}\xe2\x80\xa6\z/, 'a long name is cut';
    is length($lines[1]) - 2, 80, 'at 80 columns';
    my ($name) = $lines[2] =~ /((?:\xe9\x9f\xb3)+)\xe2\x80\xa6\z/;
    my ($before) = $lines[1] =~ /\A(.*?)x/;
    my $columns = length($before) + 2 * length($name) / 3 + 1;
    ok $columns == 80 || $columns == 79, 'wide characters take two columns';
    unlike wfstore('ls', '--store', $odd)->{out}, qr/\xe2\x80\xa6/,
        'a pipe gets all of it';
};

subtest 'a terminal of another encoding gets ASCII' => sub {
    my $said = on_terminal(words => \@ls, env => {LC_ALL => 'C'});

    like $said->{text}, qr/\\u\{97f3\}\\u\{58f0\}/;
    unlike $said->{text}, qr/[\x80-\xff]/;
    like wfstore_env({LC_ALL => 'C'}, @ls)->{out}, qr/\xe9\x9f\xb3/,
        'a pipe gets UTF-8 all the same';
};

done_testing;
