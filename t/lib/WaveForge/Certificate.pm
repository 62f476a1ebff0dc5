package WaveForge::Certificate;

# A certificate of its own for a server that speaks TLS.

use strict;
use warnings;

use Exporter 'import';
use File::Temp qw(tempdir);

our @EXPORT = qw(make_certificate);

# A folder, there until the test ends, with cert.pem for localhost and key.pem.
sub make_certificate() {
    my $folder = tempdir(CLEANUP => 1);

    system("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        . " -subj /CN=localhost -days 2 -keyout $folder/key.pem"
        . " -out $folder/cert.pem 2>$folder/log") == 0
        or die 'no certificate';
    return $folder;
}

1;
