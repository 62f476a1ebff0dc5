# wfstore backup: a second store, kept up to date.

use strict;
use warnings;

use Test::More;
use Wfstore;

my $folder = new_folder();
my $wav = audio('s16.wav');
my $store = make_store("$folder/store", ['put', 'a', $wav, 1000, 'a'],
    ['put', 'b', $wav, 2000, 'b'], ['part', 'half', $wav]);
my @backup = ('backup', '--store', $store, "$folder/backup");

my $first = wfstore(@backup);
is $first->{exit}, 0, 'a backup succeeds';
like $first->{out},
    qr/^recordings: 2 \(16 KiB\), (?:cloned|copied): 2, uploads left out: 1$/m,
    'and says what it did';
is $first->{err}, '', 'without progress in a pipe';
is wfstore('ls', '--store', "$folder/backup", '--json')->{out},
    wfstore('ls', '--store', $store, '--json')->{out},
    'it is a store with the same recordings';
is wfstore('verify', '--store', "$folder/backup")->{exit}, 0,
    'all of them whole';

make_store($store, ['put', 'c', $wav, 3000, 'c']);
my ($second) = decode_lines(wfstore(@backup, '--json', '--method', 'copy')->{out});
is $second->{recordings}, 3, 'the next one has what is new';
is $second->{unchanged}, 2, 'and leaves what is old alone';
is $second->{copied}, 1, '--method copy copies';

my $other = wfstore('backup', '--store', $store, "$folder/missing/backup");
is $other->{exit}, 3, 'the folder above must exist';
like $other->{err}, qr/\Awfstore: \Q$folder\E\/missing\/backup: [^\n]+\n\z/;
write_text("$folder/file", 'x');
isnt wfstore('backup', '--store', $store, "$folder/file")->{exit}, 0,
    'a file is no folder';

unlink glob "$store/recording_*_a.wav";
my $lossy = wfstore('backup', '--store', $store, "$folder/lossy");
is $lossy->{exit}, 1, 'a store that has lost a file: exit code 1';
like $lossy->{out}, qr/^missing     recording_\d+_\d+_a\.wav: \S/m,
    'and a line for it';

SKIP: {
    skip 'only root becomes others', 1 if $> != 0;
    subtest 'root backs up as who owns the store' => sub {
        my ($uid, $gid) = (getpwnam 'nobody')[2, 3];
        my $theirs = make_store("$folder/theirs", ['put', 'a', $wav, 1000, 'a']);

        chmod 0755, $folder or die $!;
        system('chown', '-R', "$uid:$gid", $theirs) == 0 or die;
        my $said = wfstore('backup', '--store', $theirs, "$folder/copy");
        is $said->{exit}, 0, 'even below a folder where they may not write';
        is_deeply [grep { (stat)[4] != $uid } split /\n/, `find $folder/copy`],
            [], 'the backup is theirs';
        mkdir "$folder/roots" or die $!;
        chmod 0700, "$folder/roots" or die $!;
        is wfstore('backup', '--store', $theirs, "$folder/roots/copy")->{exit},
            3, 'a folder they may not enter is refused';
    };
}

done_testing;
