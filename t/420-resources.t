# What every resource refuses in the same way: a bad id, a page of another site,
# a body that is too large, a store that cannot be opened.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Server;

my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 1000;
my $json = 'Content-Type: application/json';

my @with_id = (
    ['GET', '/upload/%s'], ['DELETE', '/upload/%s'], ['GET', '/upload/%s/audio'],
    ['GET', '/recording/%s'], ['PATCH', '/recording/%s', '{"name":"new"}', $json],
    ['DELETE', '/recording/%s'], ['GET', '/recording/%s/audio'],
    ['GET', '/recording/%s/download'],
);
my @without_id = (
    ['POST', '/upload/chunk?file_id=take&chunk_index=0&total_chunks=1'
        . '&file_name=take', $wav],
    ['POST', '/recording/complete', '{"file_id":"take"}', $json],
    ['GET', '/uploads'], ['GET', '/recordings'],
);

sub ask {
    my ($server, $request, $id, @headers) = @_;
    my ($method, $path, $body, @own) = @$request;

    $path =~ s/%s/$id/;
    return $server->request($method, $path, $body, @own, @headers);
}

sub refuses {
    my ($answer, $status, $code, $title) = @_;

    like $answer, qr{\AHTTP/1.1 $status .*"status":$status,"code":"$code"}s,
        $title;
}

subtest 'an id that is none is refused (INVALID_ID)' => sub {
    my $server = WaveForge::Server->new;

    for my $request (@with_id) {
        for my $id ('a.b', 'a' x 65, '%C3%A4') {
            my $shown = substr $id, 0, 8;
            refuses(ask($server, $request, $id), 400, 'INVALID_ID',
                    "$request->[0] $request->[1] with $shown (INVALID_ID)");
        }
    }
    refuses(ask($server, ['POST', '/upload/chunk?file_id=a.b&chunk_index=0',
                          $wav]), 400, 'INVALID_ID', 'a chunk (INVALID_ID)');
    refuses(ask($server, ['POST', '/recording/complete', '{"file_id":"a.b"}',
                          $json]), 400, 'INVALID_ID', 'completing (INVALID_ID)');
};

subtest 'a page of another site changes nothing (FORBIDDEN_ORIGIN)' => sub {
    my $server = WaveForge::Server->new;

    ask($server, $_) for @without_id[0, 1];
    like $server->get('/recording/take'), qr/"name":"take"/;
    $server->chunk('file_id=open&chunk_index=0&total_chunks=2', $wav);

    for my $request (grep { $_->[0] ne 'GET' } @with_id, @without_id) {
        my $id = $request->[1] =~ m{\A/upload/} ? 'open' : 'take';
        refuses(ask($server, $request, $id, 'Origin: http://other.example'),
                403, 'FORBIDDEN_ORIGIN', "$request->[0] $request->[1]");
    }
    like $server->get('/recording/take'), qr/"name":"take"/, 'nothing changed';
    like $server->get('/upload/open'), qr/"received_chunks":1,/;
};

subtest 'a JSON body is bounded, and metadata in it (INVALID_FORMAT)' => sub {
    my $server = WaveForge::Server->new;

    ask($server, $_) for @without_id[0, 1];
    for my $bytes (65_536, 1_000_000) {
        my $metadata = '"metadata":{"a":"' . 'x' x $bytes . '"}';

        refuses(ask($server, ['PATCH', '/recording/take', "{$metadata}", $json]),
                413, 'INVALID_FORMAT', "PATCH of $bytes (INVALID_FORMAT)");
        refuses(ask($server, ['POST', '/recording/complete',
                              "{\"file_id\":\"take\",$metadata}", $json]),
                413, 'INVALID_FORMAT', "completing, $bytes (INVALID_FORMAT)");
    }
    my $socket = $server->connect;
    $socket->autoflush(1);
    print $socket $server->head('PATCH', '/recording/take', undef, $json,
                                'Transfer-Encoding: chunked'),
        sprintf("%x\r\n", 600_000), ' ' x 600_000, "\r\n0\r\n\r\n";
    refuses($server->answer($socket), 413, 'INVALID_FORMAT',
            'one whose length is told by its end (INVALID_FORMAT)');
    like $server->get('/recording/take'), qr/"metadata":\{\}/, 'nothing changed';
};

subtest 'a download has ranges like the audio' => sub {
    my $server = WaveForge::Server->new;

    ask($server, $_) for @without_id[0, 1];
    like $server->request('GET', '/recording/take/download', undef,
                          'Range: bytes=0-3'),
        qr{\AHTTP/1.1 206 .*\r\n\r\nRIFF\z}s;
    refuses($server->request('GET', '/recording/take/download', undef,
                             'Range: bytes=9999-'), 416,
            'RANGE_NOT_SATISFIABLE', 'beyond the end (RANGE_NOT_SATISFIABLE)');
};

subtest 'a store that cannot be opened is told by all (STORAGE_ERROR)' => sub {
    my $server = WaveForge::Server->new(store => '/dev/null/store');

    for my $request (@with_id, @without_id) {
        my $answer = ask($server, $request, 'take');
        my $what = "$request->[0] $request->[1]";

        refuses($answer, 503, 'STORAGE_ERROR', "$what (STORAGE_ERROR)");
        like $answer, qr/\r\nRetry-After: \d+\r\n/, "$what may be repeated";
        unlike $answer, qr{/dev/null}, "$what tells no path";
    }
    like $server->get('/health'), qr{\AHTTP/1.1 503 .*"status":"failed"}s;
    like $server->get('/health/live'), qr{\AHTTP/1.1 200 };
    like $server->get('/api/config'), qr{\AHTTP/1.1 200 };
};

subtest 'where nobody is named there is no store (NO_STORE)' => sub {
    my $server = WaveForge::Server->new(store => '/dev/shm/$http_x_user');

    for my $request (@with_id, @without_id, ['GET', '/health']) {
        refuses(ask($server, $request, 'take'), 403, 'NO_STORE',
                "$request->[0] $request->[1] (NO_STORE)");
    }
    like $server->get('/health/live'), qr{\AHTTP/1.1 200 };
};

done_testing;
