# As many wait as may: while somebody else writes to the store one request waits
# for it, and every other hears at once that it can come again.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Catalogue;
use WaveForge::Server;

my $server = WaveForge::Server->new(workers => 1,
                                    directives => 'waveforge_max_waiting 1;');
my $json = 'Content-Type: application/json';
my $wav = do {
    open my $in, '<:raw', 'libwfstore/tests/data/s16.wav' or die $!;
    local $/;
    <$in>;
};
my $form = join "\r\n", (map {
    ('--x', "Content-Disposition: form-data; name=\"$_->[0]\"", '', $_->[1])
} ['file_id', 'form'], ['chunk_index', 0], ['total_chunks', 1]),
    '--x', 'Content-Disposition: form-data; name="file"; filename="a"', '',
    'abc', '--x--', '';

for my $id ('there', 'done') {
    like $server->chunk("file_id=$id&chunk_index=0", $wav),
        qr/chunk_received/;
}
like $server->complete('{"file_id":"done","total_chunks":1}'),
    qr/"status":"success"/;

my %requests = (
    'a raw chunk' => ['POST', '/upload/chunk?file_id=there&chunk_index=1',
                      $wav],
    'a form' => ['POST', '/upload/chunk', $form,
                 'Content-Type: multipart/form-data; boundary=x'],
    'a look at an upload' => ['GET', '/upload/there'],
    'the audio of an upload' => ['GET', '/upload/there/audio'],
    'an upload that is deleted' => ['DELETE', '/upload/there'],
    'the list of uploads' => ['GET', '/uploads?limit=7'],
    'completing' => ['POST', '/recording/complete', '{"file_id":"there"}',
                     $json],
    'the list of recordings' => ['GET', '/recordings?limit=7'],
    'a recording' => ['GET', '/recording/done'],
    'its audio' => ['GET', '/recording/done/audio'],
    'a new name for it' => ['PATCH', '/recording/done', '{"name":"new"}',
                            $json],
    'one that is deleted' => ['DELETE', '/recording/done'],
);

my $lock = hold_catalogue $server->{store};
my $waiting = $server->connect;
$waiting->autoflush(1);
print $waiting $server->head('DELETE', '/upload/none');
ok $server->wait_for(sub { catalogue_is_awaited($server->{store}) == 1 }),
    'one waits';

my $busy = qr{\AHTTP/1.1 503 .*\r\nRetry-After: 1\r\n.*"code":"STORE_BUSY"}s;

for my $what (sort keys %requests) {
    like $server->request(@{$requests{$what}}), $busy,
        "$what has to come again (STORE_BUSY)";
}

my $stream = $server->connect;
$stream->autoflush(1);
print $stream $server->head('POST', '/upload/chunk', undef,
                            'Content-Type: multipart/form-data; boundary=x',
                            'Transfer-Encoding: chunked'),
    sprintf("%x\r\n%s\r\n0\r\n\r\n", length $form, $form);
like $server->answer($stream), $busy,
    'a form of which nothing was known has to come again (STORE_BUSY)';

close $lock or die $!;
like $server->answer($waiting), qr/"code":"UPLOAD_NOT_FOUND"/,
    'who waited is answered';
like $server->get('/upload/there'), qr/"received_chunks":1,/,
    'nothing of what was refused has come about: the upload is as it was';
unlike $server->get('/recording/done'), qr/"name":"new"|"status":404/,
    'so is the recording';

$server->stop;
unlike $server->log, qr/\[(alert|emerg|crit)\]|AddressSanitizer/,
    'nothing went wrong';
done_testing;
