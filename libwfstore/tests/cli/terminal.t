# What takes long: a bar on a terminal and nowhere else, and how it is ended.

use strict;
use warnings;

use Test::More;
use Wfstore;

my $folder = new_folder();
my $store = make_store("$folder/store", ['many', 4, audio('s16.wav')]);
my @verify = ('verify', '--store', $store);

subtest 'on a terminal a bar fills, and leaves nothing behind' => sub {
    my $said = on_terminal(words => [@verify, '--rate', '16k']);
    my ($drawn, $left) = $said->{text} =~ /\A(.*)\r\e\[K(.*)\z/s;

    is $said->{exit}, 0, 'the work is done';
    like $drawn, qr/\A\rverifying \[#*\.+\]\s+\d+ %  [\d.]+ \w+ of 31 KiB[,\e]/,
        'it begins';
    like $drawn, qr/100 %  31 KiB of 31 KiB, [\d.]+ \w+\/s, 0:00 left\e/,
        'it tells how fast it is';
    like $drawn, qr/\r\Qverifying [#\E#*\.*\]\s+\d+ %/, 'and fills';
    is $left, "recordings: 4 (31 KiB)\r\n", 'the summary is what stays';
    my @lines = map { s/\e\[K//r } split /\r/, $drawn;
    is scalar(grep { length > 80 } @lines), 0, 'no line is wider than 80';
};

subtest 'a narrow terminal gets less of it' => sub {
    my $said = on_terminal(words => [@verify, '--rate', '32k'], columns => 24);

    like $said->{text}, qr/\A\rverifying +\d+ %\e\[K/;
    is $said->{exit}, 0;
};

is on_terminal(words => [@verify, '--rate', '32k'], env => {TERM => 'dumb'})
    ->{text}, "recordings: 4 (31 KiB)\r\n", 'one that cannot erase gets none';

is on_terminal(words => [@verify, '--quiet'])->{text}, '',
    '--quiet: nothing, not even on a terminal';

subtest 'Ctrl-C ends it cleanly' => sub {
    my $is_pressed = 0;
    my $said = on_terminal(words => [@verify, '--rate', '4k'], each => sub {
        my ($text, undef, $pty) = @_;

        if (!$is_pressed && $text =~ / %/) {
            $is_pressed = 1;
            syswrite $pty, "\x03";
        }
    });

    is $said->{exit}, 130, 'a shell sees SIGINT';
    like $said->{text}, qr/^wfstore: [^\n]+: interrupted\r?$/m, 'a line says so';
    is wfstore('stat', '--store', $store)->{exit}, 0, 'the store is well';
};

subtest 'a rebuild that is ended has set nothing aside' => sub {
    my $is_pressed = 0;
    my $said = on_terminal(
        words => ['rebuild', '--store', $store, '--replace', '--rate', '4k'],
        each => sub {
            my ($text, undef, $pty) = @_;

            if (!$is_pressed && $text =~ / %/) {
                $is_pressed = 1;
                syswrite $pty, "\x03";
            }
        });

    is $said->{exit}, 130, 'a shell sees SIGINT';
    like $said->{text}, qr/: interrupted\r?$/m, 'a line says so';
    unlike $said->{text}, qr/set aside/, 'and no other says what is not so';
    is_deeply [glob "$store/.wfstore/*.damaged-* $store/*.damaged-*"], [],
        'nothing is';
    is wfstore('verify', '--store', $store)->{exit}, 0, 'the store is as it was';
};

subtest 'so does TERM in a pipe' => sub {
    my $pid = open my $from, '-|', "exec $ENV{WFSTORE} verify --store $store"
        . ' --rate 1k 2>&1' or die $!;

    # A recording that takes its time has been begun when the file is open.
    for (1 .. 600) {
        last if grep { (readlink $_ // '') =~ /\.wav\z/ } glob "/proc/$pid/fd/*";
        select undef, undef, undef, 0.02;
    }
    kill 'TERM', $pid;
    my $said = join '', <$from>;
    close $from;
    is $? & 127, 15, 'it dies of it';
    like $said, qr/^wfstore: [^\n]+: interrupted$/m, 'and says why';
};

done_testing;
