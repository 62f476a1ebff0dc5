package WaveForge::Catalogue;

# A store whose catalogue somebody else writes to: whoever wants to commit
# waits. So a test can do something in the middle of a request.

use strict;
use warnings;

use Exporter 'import';
use Fcntl qw(F_SETLKW F_WRLCK SEEK_SET);

our @EXPORT = qw(hold_catalogue catalogue_is_awaited);

# The byte of .wfstore/lock that writers lock.
my $writer = 3;

# Nobody else writes until the handle is closed.
sub hold_catalogue($) {
    my $store = shift;

    open my $lock, '+<', "$store/.wfstore/lock" or die $!;
    my $byte = pack 's s x4 q q i x4', F_WRLCK, SEEK_SET, $writer, 1, 0;
    fcntl $lock, F_SETLKW, $byte or die $!;
    return $lock;
}

# How many processes stand in line for it.
sub catalogue_is_awaited($) {
    my $store = shift;
    my $inode = (stat "$store/.wfstore/lock")[1];

    open my $locks, '<', '/proc/locks' or die $!;
    return scalar grep { /-> .*:$inode $writer $writer$/ } <$locks>;
}

1;
