# wfstore gc: one store, or all below a directory, whoever owns them.

use strict;
use warnings;

use Test::More;
use Wfstore;

my $folder = new_folder();
my $wav = audio('s16.wav');

sub new_store {
    return make_store($_[0], ['put', 'take', $wav, 1000, 'take'],
                      ['part', 'half', $wav]);
}

my $store = new_store("$folder/one");
is wfstore('gc', '--store', $store)->{exit}, 0, 'gc of a store succeeds';
is wfstore('gc', '--store', $store)->{out}, '', 'without a word';

subtest 'uploads expire only when told, and are kept as far as they are whole'
    => sub {
    is wfstore('show', '--store', $store, 'half')->{exit}, 0,
        'gc alone ends none';
    is wfstore('gc', '--store', $store, '--upload-expiry', '1h')->{exit}, 0;
    is wfstore('show', '--store', $store, 'half')->{exit}, 0, 'nor a young one';
    sleep 2;
    is wfstore('gc', '--store', $store, '--upload-expiry', '1s',
               '--delete-expired')->{exit}, 0;
    is wfstore('show', '--store', $store, 'half')->{exit}, 5, 'it is gone';
};

subtest 'recordings are deleted only when told' => sub {
    sleep 2;
    is wfstore('gc', '--store', $store)->{exit}, 0;
    is wfstore('show', '--store', $store, 'take')->{exit}, 0, 'it is there';
    is wfstore('gc', '--store', $store, '--retention', '1s')->{exit}, 0;
    is wfstore('show', '--store', $store, 'take')->{exit}, 5, 'it is gone';
    unlike read_text("$store/metadata.json"), qr/"id"/, 'from the list, too';
};

mkdir "$folder/users" or die $!;
mkdir "$folder/users/$_" or die $! for qw(group plain);
my @stores = map { new_store("$folder/users/$_") } qw(anna group/berta);
symlink "$folder/one", "$folder/users/link" or die $!;

subtest 'gc PARENT tends every store below, and follows no link' => sub {
    my $said = wfstore('gc', "$folder/users");

    is $said->{exit}, 0, 'it succeeds';
    is $said->{out}, "2 stores tended\n", 'both are found, and only they';
    is wfstore('gc', '--quiet', "$folder/users")->{out}, '', '--quiet is quiet';
    is wfstore('gc', $stores[0])->{out}, "1 store tended\n",
        'PARENT may be a store itself';
};

subtest 'a store that is broken does not keep gc from the others' => sub {
    my $broken = new_store("$folder/users/aaa");

    write_text("$broken/.wfstore/catalog.sqlite3", 'this is no catalogue ' x 99);
    unlink glob "$broken/.wfstore/catalog.sqlite3-*";
    my $said = wfstore('gc', "$folder/users");
    is $said->{exit}, 1, 'exit code 1';
    is $said->{out}, "2 stores tended, 1 failed\n", 'the others are tended';
    like $said->{err}, qr{\Awfstore: \Q$broken\E: [^\n]+\(WFS_ECORRUPT[^\n]*\n\z},
        'and one line names the broken one';
};

my $none = wfstore('gc', "$folder/users/plain");
is $none->{exit}, 5, 'no store below: exit code 5';
like $none->{err}, qr/there is no store there or below$/;
is wfstore('gc', "$folder/nowhere")->{exit}, 5, 'no such folder: the same';

SKIP: {
    skip 'only root becomes others', 1 if $> != 0;
    subtest 'root works as who owns a store' => sub {
        my ($uid, $gid) = (getpwnam 'nobody')[2, 3];
        my $theirs = new_store("$folder/users/theirs");

        chmod 0755, $folder, "$folder/users" or die $!;
        system('chown', '-R', "$uid:$gid", $theirs) == 0 or die;
        is wfstore('--store', $theirs, 'stat')->{exit}, 0;
        is wfstore('gc', "$folder/users")->{out}, "3 stores tended, 1 failed\n";
        is wfstore('--store', $theirs, 'gc', '--retention', '1s')->{exit}, 0;
        my @foreign = grep { (stat)[4] != $uid }
            split /\n/, `find $theirs`;
        is_deeply \@foreign, [], 'every file in it is still theirs';
        chmod 0, $theirs or die $!;
        is wfstore('--store', $theirs, 'stat')->{exit}, 3,
            'and may do what they may';
    };
}

done_testing;
