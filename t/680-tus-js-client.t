# A client as it is used: tus-js-client, in each protocol it speaks.

use strict;
use warnings;

use lib 't/lib';
use JSON::PP;
use Test::More;
use WaveForge::Server;

-d 'node_modules/tus-js-client' or plan skip_all => 'needs npm ci';

my $file = 'libwfstore/tests/data/s16.wav';
my $server = WaveForge::Server->new;
my $origin = "http://127.0.0.1:$server->{port}";

my $bytes = do {
    open my $in, '<:raw', $file or die $!;
    local $/;
    <$in>;
};

# Where the client says it has uploaded the file to.
sub upload {
    my ($protocol, %options) = @_;

    open my $pipe, '-|', 'node', 't/clients/tus-upload.mjs', "$origin/files/",
        $file, $protocol, encode_json(\%options) or die $!;
    my $url = <$pipe> // '';
    close $pipe;
    return $url =~ m{\A\Q$origin\E(/files/\w+)\n\z} ? $1 : $url;
}

sub is_uploaded {
    my ($path, $name, $what) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;

    like $server->get($path), qr/\r\n\r\n\Q$bytes\E\z/, "$what: its bytes";
    like $server->get($path =~ s/files/recording/r), qr/"name":"$name"/,
        'and its name';
}

my %begin = (
    'tus-v1' => ['Tus-Resumable: 1.0.0',
                 'Content-Type: application/offset+octet-stream'],
    'ietf-draft-03' => ['Upload-Complete: ?0'],
    'ietf-draft-05' => ['Upload-Complete: ?0'],
);

for my $protocol (sort keys %begin) {
    subtest $protocol => sub {
        my %name = (metadata => { filename => 'Meyer.wav' });
        my $answer;

        is_uploaded upload($protocol, %name), 'Meyer.wav', 'at once';
        is_uploaded upload($protocol, %name, chunkSize => 3000), 'Meyer.wav',
            'in pieces';
        is_uploaded upload($protocol, %name, chunkSize => 3000,
                           uploadDataDuringCreation => JSON::PP::true),
            'Meyer.wav', 'from the first request on';

        $answer = $server->request('POST', '/files/', substr($bytes, 0, 3001),
            @{$begin{$protocol}}, 'Upload-Length: ' . length $bytes,
            'Upload-Metadata: filename TWV5ZXIud2F2');
        my ($path) = $answer =~ /\r\nLocation: (\S+)/ or diag $answer;
        is upload($protocol, uploadUrl => "$origin$path"), $path;
        is_uploaded $path, 'Meyer.wav', 'going on where it was';
    };
}

done_testing;
