# wfstore rebuild: a store whose catalogue is lost or damaged.

use strict;
use warnings;

use IO::Handle;
use Test::More;
use Wfstore;

my $folder = new_folder();
my $wav = audio('s16.wav');
my $number = 0;

sub new_store {
    return make_store("$folder/" . ++$number,
        ['put', 'a', $wav, 1000, "\xe9\x9f\xb3"], ['put', 'b', $wav, 2000, 'b'],
        ['part', 'half', $wav]);
}

sub lose_catalogue {
    unlink glob "$_[0]/.wfstore/catalog.sqlite3*";
}

subtest 'a catalogue is never replaced unasked' => sub {
    my $store = new_store();
    my $said = wfstore('rebuild', '--store', $store);

    is $said->{exit}, 3, 'exit code 3';
    like $said->{err}, qr/\Awfstore: [^\n]+\(WFS_ECONFLICT\)\n\z/;
    is wfstore('show', '--store', $store, 'half')->{exit}, 0,
        'and the store is as it was';
};

subtest 'a lost catalogue is made anew of the list' => sub {
    my $store = new_store();
    my $before = wfstore('ls', '--store', $store, '--json')->{out};

    lose_catalogue($store);
    is wfstore('ls', '--store', $store)->{exit}, 3, 'ls cannot go on';
    my $said = wfstore('rebuild', '--store', $store);
    like $said->{out}, qr/^recordings: 2 \(16 KiB\), from the list: 2/m,
        'the summary says from where';
    is wfstore('ls', '--store', $store, '--json')->{out}, $before,
        'every recording is as it was';
};

subtest 'without a list the files tell' => sub {
    my $store = new_store();

    lose_catalogue($store);
    unlink "$store/metadata.json" or die $!;
    my @lines = decode_lines(
        wfstore('rebuild', '--store', $store, '--json')->{out});
    is $lines[-1]{from_files}, 2, 'the summary counts them';
    is scalar(grep { ($_->{finding} // '') eq 'found' } @lines), 2,
        'and each was told';
    is_deeply [split /\n/, wfstore('ls', '--store', $store, '--ids')->{out}],
        ['b', 'a'], 'they are listed';
};

subtest 'a damaged catalogue is set aside, not deleted' => sub {
    my $store = new_store();

    write_text("$store/.wfstore/catalog.sqlite3", 'no catalogue' x 1000);
    my $said = wfstore('rebuild', '--store', $store, '--replace');
    is $said->{exit}, 1, 'exit code 1';
    my ($aside) = $said->{out} =~ /^set aside under names with (\S+)$/m;
    is read_text("$store/.wfstore/catalog.sqlite3.$aside"),
        'no catalogue' x 1000, 'it is there under another name';
    is wfstore('stat', '--store', $store)->{exit}, 0, 'the store works';
};

subtest 'a store that others have open is left alone' => sub {
    my $store = new_store();

    open my $to, '|-', "$ENV{WFS_MAKE_STORE} $store >$folder/held" or die $!;
    $to->autoflush(1);
    print $to "hold\n";
    for (1 .. 600) {
        last if -s "$folder/held";
        select undef, undef, undef, 0.05;
    }
    my $said = wfstore('rebuild', '--store', $store, '--replace');
    is $said->{exit}, 4, 'exit code 4: try again later';
    like $said->{err}, qr/\Awfstore: [^\n]+\(WFS_EBUSY\)\n\z/;
    close $to;
    isnt wfstore('rebuild', '--store', $store, '--replace')->{exit}, 4,
        'afterwards it can be rebuilt';
};

done_testing;
