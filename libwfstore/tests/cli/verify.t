# wfstore verify: what it finds, what it says of it, and how it ends.

use strict;
use warnings;

use Test::More;
use Wfstore;

my $folder = new_folder();
my $wav = audio('s16.wav');
my $store = make_store("$folder/store",
    map { ['put', $_, $wav, 1000, $_] } qw(good rotten lost short));

sub path_of {
    return "$store/recording_19700101_000001_$_[0].wav";
}

my $good = wfstore('verify', '--store', $store);
is $good->{exit}, 0, 'a store without a fault: exit code 0';
is $good->{out}, "recordings: 4 (31 KiB)\n", 'the summary says how much';
is $good->{err}, '', 'and there is no progress in a pipe';
is wfstore('verify', '--store', $store, '--quiet')->{out}, '',
    '--quiet says nothing';

my $bytes = read_text(path_of('rotten'));
substr $bytes, 4000, 1, chr(1 ^ ord substr $bytes, 4000, 1);
write_text(path_of('rotten'), $bytes);
unlink path_of('lost') or die $!;
write_text(path_of('short'), 'short');
write_text("$store/stray\e[31m.wav", 'nobody');

my $bad = wfstore('verify', '--store', $store);
is $bad->{exit}, 1, 'a damaged store: exit code 1';
like $bad->{out}, qr/^rot         recording_\d+_\d+_rotten\.wav: \S/m, 'rot';
like $bad->{out}, qr/^missing     recording_\d+_\d+_lost\.wav: \S/m, 'loss';
like $bad->{out}, qr/^size        recording_\d+_\d+_short\.wav: \S/m, 'size';
like $bad->{out}, qr/^stray       stray\\x1b\[31m\.wav: \S/m,
    'a stray file, its name made harmless';
like $bad->{out}, qr/, rotten: 2, missing: 1, strays: 1$/m, 'a summary';
ok -e "$store/stray\e[31m.wav", 'nothing is deleted';

my @lines = decode_lines(
    wfstore('verify', '--store', $store, '--json')->{out});
my $summary = pop @lines;
is_deeply [sort map { $_->{finding} } @lines], [qw(missing rot size stray)],
    '--json has an object for each finding';
is scalar(grep { ($_->{id} // '') eq 'lost' } @lines), 1, 'with the id';
is $summary->{rotten}, 2, 'and the summary at the end';

my $alone = wfstore('verify', '--store', $store, '--no-strays')->{out};
unlike $alone, qr/^stray/m, '--no-strays looks at recordings only';

my $stat = wfstore('stat', '--store', $store);
is $stat->{exit}, 1, 'stat knows of the damage from then on';
like $stat->{out}, qr/^damaged          3$/m, 'and counts it';

done_testing;
