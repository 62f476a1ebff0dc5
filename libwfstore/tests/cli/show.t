# wfstore show and stat.

use strict;
use warnings;

use Test::More;
use Wfstore;

my $folder = new_folder();
my $wav = audio('s16.wav');
my $store = make_store("$folder/store",
    ['put', 'take', audio('opus.webm'), 1705327496000, 'My take'],
    ['part', 'half', $wav]);

my $said = wfstore('show', '--store', $store, 'take');
is $said->{exit}, 0, 'show succeeds';
like $said->{out}, qr/^\Q$_\E$/m, "it tells: $_" for (
    'id            take', 'name          My take',
    'file          recording_20240115_140456_take.webm',
    'recorded      2024-01-15 14:04:56', 'size          1220 bytes (1.2 KiB)',
    'type          audio/webm', 'codec         opus', 'channels      1',
    'sample rate   48000 Hz', 'length        0:01');
my $line = wfstore('show', '--store', $store, '--json', 'take')->{out};
like read_text("$store/metadata.json"), qr/^\Q${\ ($line =~ s{\n}{}r)}\E$/m,
    '--json is the line of metadata.json';

my $upload = wfstore('show', '--store', $store, 'half');
is $upload->{exit}, 0, 'an upload is shown, too';
like $upload->{out}, qr/^state         receiving$/m, 'as what it is';
like $upload->{out}, qr/^received      8044 bytes \(7\.9 KiB\)$/m;
my ($object) = decode_lines(
    wfstore('show', '--store', $store, '--json', 'half')->{out});
is $object->{file_id}, 'half', '--json names the fields as HTTP does';
is $object->{received_chunks}, 1, 'figures are numbers';
is $object->{total_chunks}, undef, 'what is not known is null';
is_deeply $object->{missing}, [], 'nothing is missing below the last chunk';

my $none = wfstore('show', '--store', $store, 'none');
is $none->{exit}, 5, 'an unknown id: exit code 5';
like $none->{err}, qr/\Awfstore: none: [^\n]+ \(WFS_ENOUPLOAD\)\n\z/;

my $stat = wfstore('stat', '--store', $store);
is $stat->{exit}, 0, 'stat succeeds';
like $stat->{out}, qr/^recordings       1, 1\.2 KiB$/m;
like $stat->{out}, qr/^uploads          1, 7\.9 KiB$/m;
like $stat->{out}, qr/^damaged          0$/m;
like $stat->{out}, qr/^generation       1, published$/m;
like $stat->{out}, qr/^writable         yes$/m;
my ($figures) = decode_lines(wfstore('stat', '--store', $store, '--json')->{out});
is $figures->{recordings}, 1, 'stat --json counts';
is $figures->{recording_bytes}, 1220, 'in bytes';
ok $figures->{published}, 'and in booleans';

done_testing;
