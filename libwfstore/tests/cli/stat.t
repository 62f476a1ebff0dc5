# wfstore stat: what is amiss in the store as a whole.

use strict;
use warnings;

use Test::More;
use Wfstore;

my $folder = new_folder();
my $store = make_store("$folder/store",
    ['put', 'take', audio('opus.webm'), 1705327496000, 'My take']);
my $catalogue = "$store/.wfstore/catalog.sqlite3";

# What the catalogue answers while nobody has it open.
sub ask {
    my ($sql) = @_;

    chomp(my $answer = `sqlite3 $catalogue "$sql"`);
    is $?, 0, $sql;
    return $answer;
}

sub figures {
    my ($figures) = decode_lines(
        wfstore('stat', '--store', $store, '--json')->{out});

    return join ', ', map { "$_: " . ($figures->{$_} ? 'yes' : 'no') }
        qw(catalogue_damaged check_due clock_doubtful);
}

my $said = wfstore('stat', '--store', $store);
is $said->{exit}, 0, 'a store that is well';
like $said->{out}, qr/^catalogue        whole$/m;
like $said->{out}, qr/^clock            believed$/m;
is figures(), 'catalogue_damaged: no, check_due: no, clock_doubtful: no';

ask('UPDATE state SET doubt_ms = 86400000');
$said = wfstore('stat', '--store', $store);
like $said->{out}, qr/^clock            in doubt: nothing expires$/m;
is $said->{exit}, 0, 'a clock in doubt is no damage';
is figures(), 'catalogue_damaged: no, check_due: no, clock_doubtful: yes';

# As after a process that died with the store open; the page is one of a table
# that nobody asks here.
ask('UPDATE state SET opens = 1, doubt_ms = 0');
my $page = ask("SELECT rootpage FROM sqlite_schema"
    . " WHERE name = 'upload_metadata'");
open my $file, '+<:raw', $catalogue or die $!;
seek $file, ($page - 1) * 4096, 0 or die $!;
print {$file} "\x5a" x 4096;
close $file or die $!;

$said = wfstore('stat', '--store', $store);
like $said->{out}, qr/^catalogue        not looked through yet$/m;
is $said->{exit}, 0, 'that is no finding';
is wfstore('gc', '--store', $store)->{exit}, 0, 'tending looks';
$said = wfstore('stat', '--store', $store);
like $said->{out}, qr/^catalogue        damaged: rebuild the store$/m;
is $said->{exit}, 1, 'and damage is one';
is figures(), 'catalogue_damaged: yes, check_due: no, clock_doubtful: no';

is wfstore('rebuild', '--store', $store, '--replace')->{exit}, 0, 'rebuilt';
like wfstore('stat', '--store', $store)->{out}, qr/^catalogue        whole$/m;

done_testing;
