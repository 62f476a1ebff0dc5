# A worker keeps the first page it answered last; here are two servers with the
# same store, of a worker each, and the tool.

use strict;
use warnings;

use lib 't/lib';
use File::Basename qw(dirname);
use JSON::PP qw(decode_json);
use Test::More;
use WaveForge::Server;

my $module = $ENV{TEST_NGINX_LOAD_MODULES} // 'build/test/modules/none.so';
my $tool = $ENV{WFSTORE} // dirname(dirname($module)) . '/bin/wfstore';
-x $tool or die "there is no $tool\n";

my $server = WaveForge::Server->new(workers => 1);
my $other = WaveForge::Server->new(workers => 1, store => $server->{store},
                                   port => $server->{port} + 1);
# 8 kHz, 16 bit, one channel
my $wav = 'RIFF' . pack('V', 16_036) . 'WAVEfmt '
    . pack('VvvVVvv', 16, 1, 1, 8000, 16_000, 2, 16)
    . 'data' . pack('V', 16_000) . 'x' x 16_000;
my @json = 'Content-Type: application/json';

sub record {
    my ($by, $id) = @_;

    like $by->chunk("file_id=$id&chunk_index=0&total_chunks=1", $wav),
        qr/chunk_received/;
    like $by->complete("{\"file_id\":\"$id\",\"file_name\":\"Of $id\"}"),
        qr/"status":"success"/;
}

sub ask {
    my ($path, @headers) = @_;

    return $server->request('GET', $path // '/recordings', undef, @headers);
}

sub body_of {
    return (split /\r\n\r\n/, $_[0], 2)[1];
}

# The names in a page, as the server tells them and, each time, the other.
sub names {
    my ($path) = @_;
    my $body = body_of(ask($path));

    is body_of($other->get($path // '/recordings')), $body,
        'both tell the same';
    return join ',', map { $_->{name} } @{decode_json($body)->{recordings}};
}

sub etag_of {
    return $_[0] =~ /\r\nETag: ("[^"]+")\r\n/ ? $1 : undef;
}

is names(), '', 'an empty store';
record($server, 'a');
is names('/recordings?sort=name'), 'Of a';

subtest 'a first page is the same again, with its ETag' => sub {
    my $first = ask();
    my $again = ask();
    my $etag = etag_of($first);

    is body_of($again), body_of($first);
    ok defined $etag;
    is etag_of($again), $etag;
    like ask('/recordings', "If-None-Match: $etag"), qr{\AHTTP/1.1 304 };
};

subtest 'what another process completes is in the next page' => sub {
    my $etag = etag_of(ask());

    record($other, 'b');
    like ask('/recordings', "If-None-Match: $etag"), qr{\AHTTP/1.1 200 };
    is names('/recordings?sort=name'), 'Of a,Of b';
    is names('/recordings?sort=name'), 'Of a,Of b', 'and stays';
};

subtest 'so is what another process changes' => sub {
    is names('/recordings?sort=name'), 'Of a,Of b';
    like $other->request('PATCH', '/recording/a', '{"name":"Later"}', @json),
        qr{\AHTTP/1.1 200 };
    is names('/recordings?sort=name'), 'Later,Of b';
    like $other->request('PATCH', '/recording/a', '{"metadata":{"k":"v"}}',
                         @json), qr{\AHTTP/1.1 200 };
    like body_of(ask('/recordings?sort=name')), qr/"metadata":\{"k":"v"\}/;
};

subtest 'so is what the tool makes' => sub {
    like $server->chunk('file_id=c&chunk_index=0', $wav), qr/chunk_received/;
    is names('/recordings?sort=name'), 'Later,Of b';
    like scalar `$tool --store $server->{store} salvage c --name Rescued 2>&1`,
        qr/^recording_\d+_\d+_c\.wav/;
    is names('/recordings?sort=name'), 'Later,Of b,Rescued';
};

subtest 'what another process deletes is in it no more' => sub {
    is names('/recordings?sort=name'), 'Later,Of b,Rescued';
    like $other->request('DELETE', '/recording/c'), qr/"status":"deleted"/;
    is names('/recordings?sort=name'), 'Later,Of b';
    is decode_json(body_of(ask('/recordings?sort=name')))->{total}, 2;
};

subtest 'a page is not taken for one of another order or length' => sub {
    is names('/recordings?sort=name'), 'Later,Of b';
    is names('/recordings?sort=-name'), 'Of b,Later';
    is names('/recordings?sort=-name&limit=1'), 'Of b';
    is names('/recordings?sort=-name&limit=1&q=later'), 'Later';
    my $page = decode_json(body_of(ask('/recordings?sort=-name&limit=1')));
    is names("/recordings?sort=-name&limit=1&cursor=$page->{next}"), 'Later';
    is names('/recordings?sort=-name&limit=1'), 'Of b';
};

subtest 'a page that is too long to be kept is told as well' => sub {
    for my $id ('d' .. 'h') {
        record($server, $id);
        my $body = '{"metadata":{"k":"' . $id x 60_000 . '"}}';
        like $server->request('PATCH', "/recording/$id", $body, @json),
            qr{\AHTTP/1.1 200 };
    }
    my $first = body_of(ask('/recordings?sort=name'));

    is body_of(ask('/recordings?sort=name')), $first;
    is names('/recordings?sort=name'), join ',', 'Later',
        map { "Of $_" } 'b', 'd' .. 'h';
    record($other, 'i');
    is names('/recordings?sort=name'), join ',', 'Later',
        map { "Of $_" } 'b', 'd' .. 'i';
};

done_testing;
