# A disk that is slow: whoever writes to the catalogue keeps it for longer than
# others wait. Who has not begun comes again; what has been done is not done
# again.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Catalogue;
use WaveForge::Server;

my $server = WaveForge::Server->new(workers => 1);
my $wav = do {
    open my $in, '<:raw', 'libwfstore/tests/data/s16.wav' or die $!;
    local $/;
    <$in>;
};

sub send_request {
    my ($method, $path, $body) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head($method, $path,
                                defined $body ? length $body : undef,
                                'Content-Type: application/json'), $body // '';
    return $socket;
}

for my $id ('take', 'other') {
    like $server->chunk("file_id=$id&chunk_index=0", $wav), qr/chunk_received/;
}

my $lock = hold_catalogue $server->{store};
my $deletion = send_request('DELETE', '/upload/none');
ok $server->wait_for(sub { catalogue_is_awaited($server->{store}) == 1 }),
    'one has the catalogue, and waits for the disk';

my $completing = send_request('POST', '/recording/complete',
                              '{"file_id":"take","total_chunks":1}');
my $chunk = send_request('POST', '/upload/chunk?file_id=other&chunk_index=1',
                         $wav);
ok $server->has_read($chunk), 'a chunk is there';
like $server->chunk('file_id=new&chunk_index=0', $wav),
    qr{\AHTTP/1.1 503 .*"code":"STORE_BUSY"}s,
    'an upload that is yet to begin has to come again (STORE_BUSY)';
like $server->answer($completing),
    qr{\AHTTP/1.1 202 .*"status":"completing"}s,
    'completing goes on, and says so';

close $lock or die $!;
like $server->answer($deletion), qr/"code":"UPLOAD_NOT_FOUND"/,
    'who was first is answered';
like $server->answer($chunk), qr/"status":"chunk_received"/,
    'the chunk, which was there, is received';
ok $server->wait_for(sub {
    $server->get('/recording/take') =~ m{\AHTTP/1.1 200 };
}), 'what was to be completed is completed, without being asked again';
like $server->complete('{"file_id":"take"}'), qr/"status":"already_complete"/,
    'and who asks is told';

$server->stop;
unlike $server->log, qr/completing take, which took long, ended with WFS_E/,
    'completing did not fail meanwhile';
unlike $server->log, qr/\[(alert|emerg|crit)\]|AddressSanitizer/,
    'nothing went wrong';
done_testing;
