# An upload is deleted while the last bytes of one of its chunks arrive: the
# catalogue, which somebody else keeps for a moment, hears of the deletion
# first.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Answers qw(keep_answer);
use WaveForge::Catalogue;
use WaveForge::Server;

my $server = WaveForge::Server->new(workers => 1);
my $wav = do {
    open my $in, '<:raw', 'libwfstore/tests/data/s16.wav' or die $!;
    local $/;
    <$in>;
};

like $server->chunk('file_id=take&chunk_index=0', $wav), qr/chunk_received/;

my $chunk = $server->begin_chunk('file_id=take&chunk_index=1', $wav);
my $lock = hold_catalogue $server->{store};
my $deletion = $server->connect;
$deletion->autoflush(1);
print $deletion $server->head('DELETE', '/upload/take');
ok $server->wait_for(sub { catalogue_is_awaited($server->{store}) == 1 }),
    'the deletion waits';

print $chunk substr $wav, length($wav) / 2;
ok $server->has_read($chunk), 'the chunk is there';
close $lock or die $!;

like $server->answer($deletion), qr/"status":"deleted"/,
    'the upload is deleted';
my $answer = $server->answer($chunk);
keep_answer('POST', '/upload/chunk', $answer);
like $answer, qr{\AHTTP/1.1 410 .*"code":"DELETED"}s,
    'a chunk that comes too late is told (DELETED)';
like $server->get('/upload/take'), qr{\AHTTP/1.1 4(04|10) },
    'and does not bring the upload back';

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\]|AddressSanitizer/,
    'nothing went wrong';
done_testing;
