# Uploads below /files/ while another process writes to the store: one waits,
# others are told to come back.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Answers qw(keep_answer);
use WaveForge::Catalogue;
use WaveForge::Server;
use WaveForge::Tus;

my $server = WaveForge::Server->new(workers => 1,
                                    directives => 'waveforge_max_waiting 1;');
my $rufh = 'Upload-Draft-Interop-Version: 8';
my $path = tus_create $server, 'Upload-Length: 100';
my $partial = tus_create $server, 'Upload-Length: 1', 'Upload-Concat: partial';

tus_patch $server, $partial, 0, 'x';

my $lock = hold_catalogue $server->{store};
my $waiting = $server->connect;
$waiting->autoflush(1);
print $waiting $server->head('DELETE', $path, undef, 'Tus-Resumable: 1.0.0');
ok $server->wait_for(sub { catalogue_is_awaited($server->{store}) == 1 }),
    'one waits';

my %refused = (
    'a new file' => tus($server, 'POST', '/files/', '', 'Upload-Length: 9'),
    'one made of others' => tus($server, 'POST', '/files/', '',
                                "Upload-Concat: final;$partial"),
    'what is appended' => tus_patch($server, $partial, 1, ''),
    'what is deleted' => tus($server, 'DELETE', $partial),
    'a look' => $server->request('GET', $partial),
);

for my $what (sort keys %refused) {
    like $refused{$what}, qr{\AHTTP/1[.]1[ ]503[ ]
        (?=.*\r\nTus-Resumable:[ ]1[.]0[.]0\r\n)(?=.*\r\nRetry-After:[ ]1\r\n)
        .*"code":"STORE_BUSY"}sx, "$what is refused for now (STORE_BUSY)";
}

like tus_head($server, $partial), qr{\AHTTP/1[.]1[ ]503[ ]
    (?=.*\r\nTus-Resumable:)(?=.*\r\nRetry-After:[ ]1\r\n)(?!.*Upload-Offset)
    .*\r\n\r\n\z}sx, 'of what could not be looked at nothing is told';

for my $case (['POST', '/files/', 'Upload-Complete: ?0'],
              ['PATCH', $partial, 'Upload-Complete: ?0', 'Upload-Offset: 1',
               'Content-Type: application/partial-upload'],
              ['DELETE', $partial]) {
    my ($method, $of, @headers) = @{$case};

    like $server->request($method, $of, '', $rufh, @headers),
        qr{\AHTTP/1[.]1[ ]503[ ]
           (?!.*Tus-Resumable)(?=.*\r\nRetry-After:[ ]1\r\n)
           .*"code":"STORE_BUSY"}sx, "$method of the other dialect, too";
}

close $lock or die $!;
like $server->answer($waiting), qr{\AHTTP/1.1 204 }, 'who waited is served';
is tus_offset($server, $partial), 1, 'and nothing else has happened';

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\]|AddressSanitizer/,
    'nothing went wrong';
done_testing;
