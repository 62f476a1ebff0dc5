# A catalogue whose bytes are no longer what was written: every resource says so
# by 500 STORAGE_ERROR, without a word of the disk.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Server;

my $server = WaveForge::Server->new(workers => 1);
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 30_000;
my $json = 'Content-Type: application/json';

sub overwrite {
    my ($path) = @_;
    my $size = -s $path or return;

    open my $file, '+<:raw', $path or die "$path: $!";
    print $file "\xa5" x $size;
    close $file or die "$path: $!";
}

like $server->chunk('file_id=kept&chunk_index=0&total_chunks=1', $wav),
    qr/chunk_received/;
like $server->complete('{"file_id":"kept"}'), qr/"status":"success"/;
like $server->chunk('file_id=open&chunk_index=0&total_chunks=2', $wav),
    qr/chunk_received/;

# A worker that has opened it but remembers little of it; and what it remembers
# is void once the journal's index (-shm) is.
my ($before) = $server->workers;
kill 'KILL', $before;
ok $server->wait_for(sub { grep { $_ != $before } $server->workers });
ok $server->wait_for(sub { $server->get('/health') =~ /"writable":true/ });

overwrite("$server->{store}/.wfstore/catalog.sqlite3$_")
    for '', '-wal', '-shm';

for my $request (
    ['GET', '/upload/open'], ['GET', '/upload/open/audio'], ['GET', '/uploads'],
    ['GET', '/recordings'], ['GET', '/recording/kept'],
    ['GET', '/recording/kept/audio'], ['GET', '/recording/kept/download'],
    ['PATCH', '/recording/kept', '{"name":"new"}', $json],
    ['DELETE', '/recording/kept'], ['DELETE', '/upload/open'],
    ['POST', '/upload/chunk?file_id=open&chunk_index=1', $wav],
    ['POST', '/recording/complete', '{"file_id":"open"}', $json],
) {
    my ($method, $path) = @$request;
    my $answer = $server->request(@$request);

    like $answer, qr{\AHTTP/1.1 500 .*"code":"STORAGE_ERROR"}s,
        "$method $path is told of it (STORAGE_ERROR)";
    unlike $answer, qr/sqlite|\.wfstore|errno/i, '... without its insides';
}
like $server->get('/health/live'), qr{\AHTTP/1.1 200 };

done_testing;
