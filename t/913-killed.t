# Workers that are killed while they write, commit, complete or tend.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use Test::More;
use WaveForge::Catalogue;
use WaveForge::Server;

my $server = WaveForge::Server->new;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $rest = substr $wav, length($wav) / 2;

sub kill_workers {
    ok $server->renew_workers('KILL'), 'there are new workers';
}

sub in_the_middle($) {
    my $what = shift;

    ok $server->wait_for(sub { catalogue_is_awaited $server->{store} }), $what;
}

subtest 'a chunk whose worker is killed before its commit is sent again' => sub {
    my $query = 'file_id=commit&chunk_index=0&total_chunks=1';
    my $socket = $server->begin_chunk($query, $wav);
    my $lock = hold_catalogue $server->{store};

    print $socket $rest;
    in_the_middle 'the commit is under way';
    kill_workers;
    close $lock;
    is $server->answer($socket), '', 'there is no answer';
    like $server->get('/upload/commit'), qr{\AHTTP/1.1 404 };
    like $server->chunk($query, $wav), qr/"status":"chunk_received"/;
    is_deeply [glob "$server->{store}/.wfstore/uploads/commit.*.0"], [],
        'nothing is left beside it';
};

subtest 'completing whose worker is killed is repeated' => sub {
    my $json = '{"file_id":"commit"}';
    my $socket = $server->connect;
    my $lock = hold_catalogue $server->{store};

    print $socket $server->head('POST', '/recording/complete', length $json,
                                'Content-Type: application/json'), $json;
    in_the_middle 'it is under way';
    kill_workers;
    close $lock;
    is $server->answer($socket), '', 'there is no answer';
    like $server->complete($json), qr/"status":"success".*${\ sha256_hex $wav}/;
    my $audio = $server->get('/recording/commit/audio');
    is sha256_hex((split /\r\n\r\n/, $audio, 2)[1]), sha256_hex($wav);
};

subtest 'deleting whose worker is killed is repeated' => sub {
    my $socket = $server->connect;
    my $lock = hold_catalogue $server->{store};

    print $socket $server->head('DELETE', '/recording/commit');
    in_the_middle 'it is under way';
    kill_workers;
    close $lock;
    is $server->answer($socket), '', 'there is no answer';
    like $server->get('/recording/commit'), qr{\AHTTP/1.1 200 }, 'it is there';
    like $server->request('DELETE', '/recording/commit'),
        qr/"status":"deleted"/;
    is_deeply [glob "$server->{store}/recording_*"], [], 'then it is not';
};

subtest 'chunks in each place go on where a killed worker left them' => sub {
    my $size = length $wav;
    my %queries = (fixed => "&chunk_size=$size", tail => '', loose => '');

    for my $id (sort keys %queries) {
        my @order = $id eq 'loose' ? (3, 1, 2, 0) : (0 .. 3);
        for my $index (@order) {
            my $query = "file_id=$id&chunk_index=$index$queries{$id}";
            my $socket = $server->begin_chunk($query, $wav);
            kill 'KILL', $server->worker_of($socket);
            is $server->answer($socket), '', "$id $index is not answered";
            like $server->chunk($query, $wav), qr/"status":"chunk_received"/;
        }
        my $sha256 = sha256_hex($wav x 4);
        like $server->complete("{\"file_id\":\"$id\",\"total_chunks\":4,"
            . "\"sha256\":\"$sha256\"}"), qr/"status":"success"/;
    }
};

my $fault = qr/\[(emerg|crit)\]|AddressSanitizer|runtime error/;
unlike $server->log, $fault, 'the log has no fault but the kills';
$server->stop;

subtest 'what a killed worker tended is tended by the next' => sub {
    my $many = 100;

    $server = WaveForge::Server->new(
        directives => 'waveforge_upload_expiry 1s; waveforge_expired delete;');
    for my $id (1 .. $many) {
        $server->chunk("file_id=$id&chunk_index=0", 'RIFF....WAVEdata')
            =~ /chunk_received/ or return fail "chunk of $id";
    }
    # Both would tend now; the one that does waits in the middle of it.
    my $lock = hold_catalogue $server->{store};
    in_the_middle 'a worker tends';
    kill_workers;
    close $lock;
    ok $server->wait_for(sub { $server->get('/uploads') =~ /"total":0,/ }),
        'all that expired is gone';
    is_deeply [glob "$server->{store}/.wfstore/uploads/*"], [], 'files as well';
    unlike $server->log, $fault, 'the log has no fault but the kills';
};

done_testing;
