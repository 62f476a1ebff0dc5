# What the head of a request suffices to refuse is refused by it: no body is
# asked for, and whatever the store has does not matter.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Answers qw(keep_answer);
use WaveForge::Server;

my $server = WaveForge::Server->new;
my $json = 'Content-Type: application/json';
my $wav = do {
    open my $in, '<:raw', 'libwfstore/tests/data/s16.wav' or die $!;
    local $/;
    <$in>;
};

like $server->chunk('file_id=take&chunk_index=0&total_chunks=1', $wav),
    qr/chunk_received/;
like $server->complete('{"file_id":"take"}'), qr/"status":"success"/;

# The first answer to a head whose body waits to be asked for.
sub hear {
    my ($method, $path, $length, @headers) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head($method, $path, $length, @headers,
                                'Expect: 100-continue');
    my $answer = $server->answer($socket);

    keep_answer($method, $path, $answer);
    return $answer;
}

my $large = qr{\AHTTP/1.1 413 .*"code":"INVALID_FORMAT"}s;

like hear('PATCH', '/recording/take', 1_000_000, $json), $large,
    'a PATCH that is too large (INVALID_FORMAT)';
like hear('POST', '/recording/complete', 1_000_000, $json), $large,
    'a request to complete that is too large (INVALID_FORMAT)';

like hear('POST', '/upload/chunk', (256 << 20) + 65_537,
          'Content-Type: multipart/form-data; boundary=x'),
    qr{\AHTTP/1.1 413 .*"code":"FILE_TOO_LARGE"}s,
    'a form longer than a chunk and what may be beside it (FILE_TOO_LARGE)';
like hear('POST', '/upload/chunk', (256 << 20) + 65_536,
          'Content-Type: multipart/form-data; boundary=x'),
    qr{\AHTTP/1.1 100 }, 'but not one that may have room for both';
like hear('POST', '/upload/chunk', 1_000_000,
          'Content-Type: multipart/form-data'),
    qr{\AHTTP/1.1 400 .*"code":"INVALID_FORMAT".*boundary}s,
    'a form without a boundary (INVALID_FORMAT)';
like hear('POST', '/upload/chunk', 1_000_000,
          'Content-Type: multipart/form-data; boundary=x',
          'Content-Digest: sha-256=abc'),
    qr{\AHTTP/1.1 400 .*"code":"INVALID_DIGEST"}s,
    'a form whose Content-Digest is none (INVALID_DIGEST)';

# A form with these fields, and the file where `undef` is.
sub form {
    my $file = 'name="file"; filename="a"';
    my @parts = map {
        my ($name, $value) = defined $_ ? @{$_} : ();
        $name = defined $_ ? "name=\"$name\"" : $file;
        ('--x', "Content-Disposition: form-data; $name", '', $value // $wav)
    } @_;

    return $server->request('POST', '/upload/chunk',
                            join("\r\n", @parts, '--x--', ''),
                            'Content-Type: multipart/form-data; boundary=x');
}

my @id = (['file_id', 'form']);
my @place = (@id, ['chunk_index', 1], ['chunk_size', length $wav]);

like form(undef, ['chunk_index', 0]), qr{ 400 .*"MISSING_FIELD".*file_id is}s,
    'a form without an id (MISSING_FIELD)';
like form(undef, @id), qr{ 400 .*"MISSING_FIELD".*chunk_index is}s,
    'a form without an index (MISSING_FIELD)';
for my $fields ([@place, ['provisional', 1], undef],
                [undef, @place, ['provisional', 1]]) {
    like form(@{$fields}), qr{ 400 .*"INVALID_FIELD".*provisional is}s,
        'a form whose second chunk is provisional (INVALID_FIELD)';
}
like $server->get('/upload/form'), qr{ 404 }, 'nothing comes of them';

my $chunk = '/upload/chunk?file_id=take&chunk_index=0';

like $server->request('POST', $chunk, ''),
    qr{\AHTTP/1.1 400 .*"code":"EMPTY_CHUNK"}s,
    'an empty chunk of what is complete (EMPTY_CHUNK)';
like $server->request('POST', $chunk),
    qr{\AHTTP/1.1 400 .*"code":"EMPTY_CHUNK"}s,
    'one without a body (EMPTY_CHUNK)';

done_testing;
