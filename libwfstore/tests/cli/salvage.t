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

# Bytes that lie in files, such as those of uploads a rebuild has set aside.

subtest 'what a rebuild has set aside becomes a recording' => sub {
    my $lost = make_store("$folder/lost", ['part', 'take', "$folder/broken.webm"]);

    unlink glob "$lost/.wfstore/catalog.sqlite3*";
    my ($part) = grep { ($_->{finding} // '') eq 'part' } decode_lines(
        wfstore('rebuild', '--store', $lost, '--json')->{out});
    my $file = "$lost/$part->{filename}";
    is read_text($file), read_text("$folder/broken.webm"),
        'the bytes are where rebuild says';
    like $part->{detail}, qr/\A900 bytes /, 'and as many as it says';
    utime 1000, 2000, $file or die $!;
    my ($made) = decode_lines(wfstore('salvage', '--store', $lost, '--json',
        '--name', 'Rescued', 'take-saved', $file)->{out});
    is $made->{name}, 'Rescued', 'under the name given';
    is $made->{size}, $recording->{size}, 'what is whole of it is kept';
    is $made->{duration}, $recording->{duration}, 'all of its length';
    is $made->{timestamp}, 2_000_000, 'it is as old as the file';
    ok $made->{metadata}{salvaged}, 'its metadata say what it is';
    is read_text($file), read_text("$folder/broken.webm"),
        'the file is as it was';
    is wfstore('ls', '--store', $lost, '--uploads')->{out}, '',
        'nothing is left unfinished';
    make_store($lost, ['put', 'take', audio('opus.webm'), 1000, 'take']);
    is wfstore('show', '--store', $lost, 'take')->{exit}, 0,
        'the client can come again with all of it';
};

subtest 'several files are one after the other' => sub {
    write_text("$folder/front", substr $webm, 0, 700);
    write_text("$folder/back", substr $webm, 700);
    my ($made) = decode_lines(
        wfstore(@salvage, '--json', 'joined', "$folder/front", "$folder/back")
            ->{out});
    is $made->{duration}, 0.504, 'and make one whole recording';
};

subtest 'what is behind a gap is left out' => sub {
    my $wav = read_text(audio('s16.wav'));
    my $first = $wav . "\1" x (65536 - length $wav);

    open my $file, '+>:raw', "$folder/gap" or die $!;
    print {$file} $first;
    seek $file, 1 << 20, 0;
    print {$file} "\2" x 5000;
    close $file or die $!;
    open $file, '<:raw', "$folder/gap" or die $!;
    plan skip_all => 'this file system tells of no gaps'
        if sysseek($file, 0, 4) != 65536;    # SEEK_HOLE
    my $said = wfstore(@salvage, '--json', 'gapped', "$folder/gap",
        "$folder/back");
    is $said->{exit}, 0, 'the rest is salvaged';
    is $said->{err}, "wfstore: $folder/gap: a gap after 65536 of 1053576 bytes;"
        . " what follows is left out\n", 'and the gap is told';
    my ($made) = decode_lines($said->{out});
    cmp_ok $made->{size}, '<=', 65536, 'nothing is taken from behind it';

    open $file, '>:raw', "$folder/headless" or die $!;
    seek $file, 1 << 20, 0;
    print {$file} $webm;
    close $file or die $!;
    $said = wfstore(@salvage, 'headless', "$folder/headless");
    is $said->{exit}, 3, 'a file that begins with one cannot be salvaged';
    is $said->{err}, "wfstore: $folder/headless: begins with a gap\n",
        'which is told';
};

subtest 'an id that is used is refused' => sub {
    my $busy = make_store("$folder/busy", ['part', 'goes-on', audio('s16.wav')],
        ['put', 'done', audio('s16.wav'), 1000, 'done']);
    my $before = wfstore('show', '--store', $busy, '--json', 'goes-on')->{out};
    my @words = ('salvage', '--store', $busy);

    my $said = wfstore(@words, 'goes-on', "$folder/broken.webm");
    is $said->{exit}, 3, 'of an upload that goes on';
    like $said->{err}, qr/\Awfstore: goes-on: there is an upload of this id; /;
    is wfstore('show', '--store', $busy, '--json', 'goes-on')->{out}, $before,
        'and it is as it was';
    is wfstore(@words, 'done', "$folder/broken.webm")->{exit}, 3,
        'of a recording';
};

subtest 'files that hold no audio leave nothing' => sub {
    write_text("$folder/text", 'no audio at all ' x 10);
    write_text("$folder/empty", '');
    for (['text', 3], ['empty', 3], ['nothing', 5], ['', 3]) {
        my ($name, $exit) = @$_;
        my $said = wfstore(@salvage, 'fresh', "$folder/$name");
        is $said->{exit}, $exit, "'$name': exit code $exit";
        like $said->{err}, qr/\Awfstore: \Q$folder\E\/$name: [^\n]+\n\z/,
            'and it is told';
    }
    is wfstore('ls', '--store', $store, '--uploads')->{out}, '',
        'no upload is left';
};

done_testing;
