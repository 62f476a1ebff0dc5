# Connections that hold a chunk, and whoever makes them end.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use Time::HiRes qw(sleep time);
use WaveForge::Server;

my $server = WaveForge::Server->new;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 30_000;

# The same chunk again and again, as a client does that is told to wait.
sub send_until_taken($;$) {
    my ($query, $refused) = @_;
    my $answer;

    $server->wait_for(sub {
        $answer = $server->chunk($query, $wav);
        ${$refused}++ if $refused && $answer =~ m{\AHTTP/1.1 423 };
        return $answer !~ m{\AHTTP/1.1 423 };
    });
    return $answer;
}

# A connection to another worker than that of `socket` begins the chunk.
sub begin_elsewhere($$) {
    my ($socket, $query) = @_;
    my $worker = $server->worker_of($socket);

    for (1 .. 100) {
        my $other = $server->connect;
        my $its;

        $server->wait_for(sub { defined($its = $server->worker_of($other)) });
        next if $its == $worker;
        print $other $server->head('POST', "/upload/chunk?$query",
                                   length $wav, 'Connection: close'), $wav;
        return $other;
    }
    die 'all connections go to one worker';
}

subtest 'a chunk whose connection has gone quiet is taken over' => sub {
    my $refused = 0;
    my $older = $server->begin_chunk('file_id=quiet&chunk_index=0', $wav);
    my $answer = send_until_taken 'file_id=quiet&chunk_index=0', \$refused;

    like $answer, qr{\AHTTP/1.1 200 .*"status":"chunk_received"}s;
    cmp_ok $refused, '>', 0, 'it was busy at first';
    is $server->answer($older), '', 'the older connection is closed, unanswered';
    like $server->complete('{"file_id":"quiet","total_chunks":1}'),
        qr/"status":"success"/;
};

subtest 'it is taken over from worker to worker' => sub {
    my $query = 'file_id=workers&chunk_index=0';
    my $older = $server->begin_chunk($query, $wav);
    my $answer;

    ok $server->wait_for(sub {
        $answer = $server->answer(begin_elsewhere $older, $query);
        return $answer !~ m{\AHTTP/1.1 423 };
    });
    like $answer, qr{\AHTTP/1.1 200 .*"status":"chunk_received"}s;
    is $server->answer($older), '', 'the older connection is closed, unanswered';
};

subtest 'one that is slow is not (CHUNK_BUSY)' => sub {
    my $query = 'file_id=slow&chunk_index=0';
    my $socket = $server->begin_chunk($query, $wav);
    my $rest = substr $wav, length($wav) / 2;
    my $end = time + 2;
    my $taken = 0;

    # Far less than the server's buffer: only nginx knows of these bytes.
    while (time < $end) {
        print $socket substr $rest, 0, 1, '';
        sleep 0.05;
        $taken++ if $server->chunk($query, $wav) !~ m{\AHTTP/1.1 423 };
    }
    is $taken, 0;
    print $socket $rest;
    like $server->answer($socket), qr{\AHTTP/1.1 200 .*chunk_received}s;
};

subtest 'deleting the upload ends it with 410' => sub {
    like $server->chunk('file_id=gone&chunk_index=0', $wav), qr/chunk_received/;
    my $socket = $server->begin_chunk('file_id=gone&chunk_index=1', $wav);
    like $server->request('DELETE', '/upload/gone'), qr/"status":"deleted"/;
    like $server->answer($socket), qr{\AHTTP/1.1 410 .*"code":"DELETED"}s;
};

subtest 'completing ends what is not needed with 409' => sub {
    my $length = length $wav;

    like $server->chunk('file_id=done&chunk_index=0', $wav), qr/chunk_received/;
    my $socket = $server->begin_chunk('file_id=done&chunk_index=1', $wav);
    like $server->complete("{\"file_id\":\"done\",\"size\":$length}"),
        qr/"status":"success"/;
    like $server->answer($socket),
        qr{\AHTTP/1.1 409 .*"code":"ALREADY_COMPLETE"}s;
};

subtest 'completing in vain ends nobody' => sub {
    like $server->chunk('file_id=vain&chunk_index=0', $wav), qr/chunk_received/;
    my $socket = $server->begin_chunk('file_id=vain&chunk_index=1', $wav);
    like $server->complete('{"file_id":"vain","total_chunks":3}'),
        qr{\AHTTP/1.1 409 .*"code":"CHUNKS_MISSING"}s;
    print $socket substr $wav, length($wav) / 2;
    like $server->answer($socket), qr{\AHTTP/1.1 200 .*chunk_received}s;
};

subtest 'a multipart chunk is ended, too' => sub {
    my %fields = (file_id => 'form', chunk_index => 1, total_chunks => 9,
                  chunk_size => 4 * length $wav, file_name => 'a.wav',
                  sha256 => '0' x 64);
    my $head = join '', map {
        "--edge\r\nContent-Disposition: form-data; name=\"$_\"\r\n\r\n"
            . "$fields{$_}\r\n"
    } sort keys %fields;
    my $socket = $server->connect;

    $head .= "--edge\r\nContent-Disposition: form-data; name=\"file\"; "
        . "filename=\"a.wav\"\r\n\r\n";
    like $server->chunk('file_id=form&chunk_index=0&chunk_size='
        . 4 * length $wav, $wav x 4), qr/chunk_received/;
    $socket->autoflush(1);
    print $socket $server->head('POST', '/upload/chunk',
        length($head) + length($wav) * 5,
        'Content-Type: multipart/form-data; boundary=edge'), $head, $wav x 3;
    ok $server->wait_for(sub {
        # Never accepted: its digest is of other bytes.
        $server->chunk('file_id=form&chunk_index=1', $wav,
            'Content-Digest: sha-256=:' . 'A' x 43 . '=:')
            =~ m{\AHTTP/1.1 423 };
    }), 'it has begun' or return;
    like $server->request('DELETE', '/upload/form'), qr/"status":"deleted"/;
    like $server->answer($socket), qr{\AHTTP/1.1 410 .*"code":"DELETED"}s;
};

unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';

done_testing;
