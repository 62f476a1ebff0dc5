# The shared library exports what the headers promise, and nothing else.

use strict;
use warnings;

use FindBin qw($RealBin);
use Test::More;

# The names that WFS_PUBLIC stands before in a header.
sub promised {
    my ($header) = @_;

    open my $file, '<', $header or die "$header: $!";
    my $text = do { local $/; <$file> };
    $text =~ s{/\*.*?\*/}{}sg;
    $text =~ s{^#.*$}{}mg;
    return $text =~ /\bWFS_PUBLIC\b[^;()]*?\b(\w+)\s*\(/g;
}

my %promised = map { $_ => 1 } map { promised($_) }
    glob "$RealBin/../../include/wfstore/*.h";
my @lines = `nm -D --defined-only '$ENV{WFS_SHARED}'`;
is $?, 0, 'nm reads the shared library';
my %exported = map { (split ' ')[2] => 1 } @lines;

cmp_ok keys %promised, '>', 20, 'the headers have been read';
is_deeply [grep { !$exported{$_} } sort keys %promised], [],
    'every function of the headers can be linked';
is_deeply [grep { !$promised{$_} } sort keys %exported], [],
    'nothing else is visible';

my ($soname) = `objdump -p '$ENV{WFS_SHARED}'` =~ /SONAME\s+(\S+)/;
my ($major) = $ENV{WFS_VERSION} =~ /^(\d+)/;
is $soname, "libwfstore.so.$major", 'its soname has the major version';

done_testing;
