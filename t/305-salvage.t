# POST /recording/complete with "salvage": an upload that will never be all there.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use JSON::PP qw(decode_json);
use Test::More;
use WaveForge::Server;

my $has_ffmpeg = system('ffmpeg -version >/dev/null 2>&1') == 0;
my $server = WaveForge::Server->new;

sub audio {
    my ($name) = @_;

    open my $file, '<:raw', "libwfstore/tests/data/$name" or die "$name: $!";
    local $/;
    return scalar <$file>;
}

my $webm = audio('recorder-live.webm');
my $cut = int(length($webm) * 0.6);

sub send_chunk {
    my ($id, $index, $bytes, $more) = @_;
    my $query = "file_id=$id&chunk_index=$index" . ($more // '');

    like $server->chunk($query, $bytes), qr/chunk_received/;
}

# The first 60 % of a recorder's WebM, in two chunks.
sub send_cut {
    my ($id, $more) = @_;

    send_chunk($id, 0, substr($webm, 0, 5000), $more);
    send_chunk($id, 1, substr($webm, 5000, $cut - 5000), $more);
}

sub body_of {
    my ($answer) = @_;

    return (split /\r\n\r\n/, $answer, 2)[1];
}

# What ffmpeg has to say against a recording, and the seconds it plays.
sub play {
    my ($id) = @_;
    my $path = "$server->{root}/$id.webm";

    open my $file, '>:raw', $path or die $!;
    print $file body_of($server->get("/recording/$id/audio"));
    close $file or die $!;
    my $raw = `ffmpeg -nostdin -v error -i $path -ac 1 -ar 8000 -f u8 - 2>$path.log`;
    open my $log, '<', "$path.log" or die $!;
    local $/;
    return (scalar(<$log>) // '', length($raw) / 8000);
}

subtest 'a WebM cut in the middle becomes a recording that plays' => sub {
    send_cut('take', '&total_chunks=9');
    like $server->complete('{"file_id":"take"}'),
        qr{\AHTTP/1.1 409 .*"code":"CHUNKS_MISSING"}s, 'without it is refused';
    my $answer = $server->complete('{"file_id":"take","salvage":true,'
        . '"metadata":{"a":1}}');
    like $answer, qr{\AHTTP/1.1 200 };
    my $recording = decode_json(body_of($answer))->{recording};
    is_deeply $recording->{metadata}, {a => 1, salvaged => JSON::PP::true};
    is $recording->{codec}, 'opus';
    cmp_ok $recording->{duration}, '>', 0.5, 'it is audio';
    SKIP: {
        skip 'there is no ffmpeg', 2 if !$has_ffmpeg;
        my ($said, $seconds) = play('take');
        is $said, '', 'ffmpeg finds no fault';
        cmp_ok abs($seconds - $recording->{duration}), '<', 0.05,
            'as long as its header says';
    }
    is sha256_hex(body_of($server->get('/recording/take/audio'))),
        $recording->{sha256};
};

subtest 'a repeat gets the same, and the upload is at its end' => sub {
    like $server->complete('{"file_id":"take","salvage":true,'
        . '"total_chunks":9,"size":99999}'), qr/"status":"already_complete"/;
    like $server->chunk('file_id=take&chunk_index=2', 'late'),
        qr{\AHTTP/1.1 409 .*"code":"ALREADY_COMPLETE"}s;
    like $server->get('/upload/take'), qr/"status":"complete"/;
};

subtest 'a form asks for the same' => sub {
    send_cut('form');
    like $server->request('POST', '/recording/complete',
        'session_id=form&salvage=true',
        'Content-Type: application/x-www-form-urlencoded'),
        qr/"status":"success".*"metadata":\{"salvaged":true\}/;
    is sha256_hex(body_of($server->get('/recording/form/audio'))),
        sha256_hex(body_of($server->get('/recording/take/audio')));
};

subtest 'a provisional header goes in front, what is behind a gap is lost' => sub {
    send_chunk('gap', 0, substr($webm, 0, 5000), '&provisional=1');
    send_chunk('gap', 1, substr($webm, 5000, $cut - 5000));
    send_chunk('gap', 3, 'behind the gap');
    like $server->complete('{"file_id":"gap","salvage":true}'),
        qr/"status":"success".*"metadata":\{"salvaged":true\}/;
    is sha256_hex(body_of($server->get('/recording/gap/audio'))),
        sha256_hex(body_of($server->get('/recording/take/audio')));
};

subtest 'where nothing is whole there is no recording' => sub {
    like $server->complete('{"file_id":"none","salvage":true}'),
        qr{\AHTTP/1.1 404 .*"code":"UPLOAD_NOT_FOUND"}s;
    send_chunk('tail', 1, 'a tail', '&total_chunks=3');
    like $server->complete('{"file_id":"tail","salvage":true}'),
        qr{\AHTTP/1.1 409 .*"code":"CHUNKS_MISSING".*"missing":\[\[0,0\],\[2,2\]\]}s;
    send_chunk('head', 0, substr($webm, 0, 100));
    like $server->complete('{"file_id":"head","salvage":true}'),
        qr{\AHTTP/1.1 415 .*"code":"UNSUPPORTED_TYPE"}s;
    like $server->get('/upload/head'), qr/"received_bytes":100,/,
        'the upload stays';
    send_chunk('head', 1, substr($webm, 100, $cut - 100));
    like $server->complete('{"file_id":"head","salvage":true}'),
        qr/"status":"success"/, 'and can be gone on with';
};

subtest 'salvaging is asked for by true, or is not understood' => sub {
    send_cut('plain', '&total_chunks=2');
    for my $value ('1', '"true"', '{}') {
        like $server->complete("{\"file_id\":\"plain\",\"salvage\":$value}"),
            qr{\AHTTP/1.1 400 .*"code":"INVALID_FORMAT"}s, "not $value";
    }
    like $server->complete('{"file_id":"plain","salvage":false}'),
        qr/"status":"success".*"metadata":\{\}/, 'false is as if not there';
};

unlike $server->log, qr/\[(emerg|alert|crit)\]|AddressSanitizer|runtime error/,
    'the log has no fault';

done_testing;
