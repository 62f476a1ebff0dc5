# wfstore salvage: a recording of an upload that will never be finished.

use strict;
use warnings;

use Test::More;
use Wfstore;

my $folder = new_folder();
my $webm = read_text(audio('opus.webm'));

# A take that broke off in the middle of a block.
write_text("$folder/broken.webm", substr $webm, 0, 900);
my $store = make_store("$folder/store", ['part', 'take', "$folder/broken.webm"],
    ['part', 'other', "$folder/broken.webm"],
    ['put', 'whole', audio('s16.wav'), 1000, 'whole']);
my @salvage = ('salvage', '--store', $store);

my $said = wfstore(@salvage, 'take', '--name', 'Rescued');
is $said->{exit}, 0, 'it is salvaged' or diag $said->{err};
like $said->{out}, qr/\Arecording_\d+_\d+_take\.webm: 0:00, \d+ B\n\z/,
    'and told how much of it';
my ($recording) = decode_lines(
    wfstore('show', '--store', $store, '--json', 'take')->{out});
is $recording->{name}, 'Rescued', 'under the name given';
ok $recording->{metadata}{salvaged}, 'its metadata say so';
cmp_ok $recording->{size}, '<=', 1000, 'what was broken is cut off';
ok $recording->{duration} > 0.1 && $recording->{duration} < 0.504,
    'its length is that of what is there';

my ($json) = decode_lines(wfstore(@salvage, 'other', '--json')->{out});
is $json->{id}, 'other', '--json prints the recording';

is wfstore(@salvage, 'none')->{exit}, 5, 'an unknown upload: exit code 5';
my $again = wfstore(@salvage, 'whole');
is $again->{exit}, 3, 'a recording is none';
like $again->{err}, qr/\Awfstore: whole: is a recording already\n\z/;

done_testing;
