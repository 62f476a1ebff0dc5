# The figures of waveforge_metrics: their format, and that they are right over
# workers, reloads and deaths.

use strict;
use warnings;

use lib 't/lib';
use File::Temp qw(tempfile);
use Test::More;
use WaveForge::Metrics qw(read_metrics);
use WaveForge::Server;

my $port = ($ENV{TEST_NGINX_PORT} // 1984) + 2;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 30_000;
my $length = length $wav;

sub start(%) {
    my %options = @_;

    return WaveForge::Server->new(
        http => "server { listen 127.0.0.1:$port;"
            . ' location = /metrics { waveforge_metrics; } }',
        server => 'location = /metrics { waveforge_metrics; }', %options);
}

my $server = start(
    directives => 'waveforge_quota 1g;'
        . ' location = /inside { waveforge_metrics; }'
        . ' location /other/ { waveforge on; waveforge_store other; }');

sub body($) {
    return (split /\r\n\r\n/, $_[0], 2)[1] // '';
}

sub metrics() {
    my ($value, $family, @faults) = read_metrics(body $server->get('/metrics'));

    return $value;
}

sub requests($$) {
    return "waveforge_requests_total{endpoint=\"$_[0]\",code=\"$_[1]\"}";
}

sub refusals($) {
    return "waveforge_refusals_total{code=\"$_[0]\"}";
}

# What is counted is counted when a request has ended, just after its answer.
sub wait_for_metrics($;$) {
    my ($expected, $title) = @_;
    my $value;

    $server->wait_for(sub {
        $value = metrics;
        return !grep { ($value->{$_} // 0) != $expected->{$_} } keys %$expected;
    });
    my %got = map { $_ => $value->{$_} // 0 } keys %$expected;
    is_deeply \%got, $expected, $title;
}

# A connection to each worker.
sub connect_all() {
    my %by_worker;

    for (1 .. 200) {
        my $socket = $server->connect;
        my $worker;

        $server->wait_for(sub {
            defined($worker = $server->worker_of($socket));
        });
        $by_worker{$worker} //= $socket;
        return values %by_worker if keys %by_worker == $server->{workers};
    }
    die 'not every worker takes connections';
}

# Only one chunk at a time has this id: those of the test are told apart.
sub send_chunk($$) {
    my ($socket, $query) = @_;

    print $socket $server->head('POST', "/upload/chunk?$query", $length), $wav;
    return $server->answer($socket);
}

subtest 'GET /metrics is the text that Prometheus and promtool want' => sub {
    ok $server->wait_for(sub {
        metrics->{'waveforge_store_up{store="1"}'};
    }), 'the stores were looked at';
    my $answer = $server->get('/metrics');
    like $answer, qr{\AHTTP/1.1 200 };
    like $answer,
        qr{\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n};
    like $answer, qr{\r\nCache-Control: no-store\r\n};
    my ($value, $family, @faults) = read_metrics(body $answer);
    is_deeply \@faults, [];
    is $value->{'waveforge_workers'}, 2;
    my ($promtool) = grep { -x } $ENV{PROMTOOL} // (),
        map { "$_/promtool" } split /:/, $ENV{PATH};
    SKIP: {
        skip 'promtool is not installed', 1 if !$promtool;
        my ($file, $name) = tempfile(UNLINK => 1);
        print $file body $answer;
        close $file;
        is `$promtool check metrics <$name 2>&1`, '', 'promtool has no wish';
    }
};

subtest 'every location and server tells the same, and no path' => sub {
    for my $of (['/inside', $server->{port}], ['/metrics', $port]) {
        local $server->{port} = $of->[1];
        ok $server->wait_for(sub {
            my ($value, $family, @faults) =
                read_metrics(body $server->get($of->[0]));
            return !@faults
                && ($value->{'waveforge_store_up{store="1"}'} // 0) == 1;
        }), "$of->[0] of port $of->[1]";
    }
    unlike $server->get('/metrics'), qr{\Q$server->{root}\E|other["/]};
};

subtest 'HEAD is answered without a body, other methods with 405' => sub {
    my $answer = $server->request('HEAD', '/metrics', undef,
                                  'Connection: close');
    like $answer, qr{\AHTTP/1.1 200 .*\r\nContent-Length: [1-9]\d+\r\n}s;
    is body $answer, '';
    for my $method (qw(POST PUT DELETE OPTIONS)) {
        like $server->request($method, '/metrics', ''),
            qr{\AHTTP/1.1 405 .*\r\nAllow: GET, HEAD\r\n}s, $method;
    }
};

subtest 'requests are counted exactly, over both workers' => sub {
    my @sockets = connect_all;
    for my $i (0 .. $#sockets) {
        for my $index (0 .. 4) {
            like send_chunk($sockets[$i], "file_id=id$i&chunk_index=$index"),
                qr/chunk_received/;
        }
        like send_chunk($sockets[$i], "file_id=id$i&chunk_index=0"),
            qr/chunk_already_exists/;
    }
    for my $i (0 .. $#sockets) {
        like $server->complete("{\"file_id\":\"id$i\",\"total_chunks\":5}"),
            qr/"status":"success"/;
    }
    $server->get('/recordings') for 1 .. 3;
    $server->get('/health');
    wait_for_metrics {
        requests('chunk', 200) => 12,
        requests('complete', 200) => 2,
        requests('recordings', 200) => 3,
        requests('health', 200) => 1,
        'waveforge_stored_bytes_total' => 10 * $length,
        'waveforge_chunks_in_flight' => 0,
        'waveforge_chunk_duration_seconds_count' => 12,
        'waveforge_chunk_store_duration_seconds_count' => 12,
        'waveforge_complete_duration_seconds_count' => 2,
        'waveforge_store_recordings{store="0"}' => 2,
        'waveforge_store_recording_bytes{store="0"}' => 10 * $length,
        'waveforge_store_uploads{store="0"}' => 0,
        'waveforge_store_recordings{store="1"}' => 0,
        'waveforge_store_quota_bytes{store="0"}' => 1 << 30,
    };
    my $value = metrics;
    cmp_ok $value->{'waveforge_sync_duration_seconds_count'}, '>=', 12;
    cmp_ok $value->{'waveforge_sync_duration_seconds_sum'}, '>', 0;
    cmp_ok $value->{'waveforge_commit_duration_seconds_count'}, '>=', 1;
    cmp_ok $value->{'waveforge_chunk_store_duration_seconds_sum'}, '>', 0;
    cmp_ok $value->{'waveforge_received_bytes_total'}, '>=', 10 * $length;
};

subtest 'files, figures and what nginx has elsewhere are not counted' => sub {
    my $count = sub {
        my $value = metrics;
        return {map { $_ => $value->{$_} }
                grep { /requests_total|refusals_total/ } keys %$value};
    };
    my $expected = $count->();
    $server->get('/assets/none.js');
    $server->request('HEAD', '/none.html', undef, 'Connection: close');
    {
        local $server->{port} = $port;
        $server->get('/none');
    }
    # One that is counted, behind them.
    $server->get('/health/live');
    wait_for_metrics {
        requests('health_live', 200) => ++$expected->{requests('health_live',
                                                               200)},
    };
    is_deeply $count->(), $expected;
};

subtest 'refusals are counted by their code' => sub {
    like $server->chunk('chunk_index=0', $wav), qr/MISSING_FIELD/;
    like $server->chunk('file_id=a%20b&chunk_index=0', $wav), qr/INVALID_ID/;
    like $server->chunk('file_id=text&chunk_index=0', 'x' x 100),
        qr/UNSUPPORTED_TYPE/;
    like $server->get('/recording/none'), qr/RECORDING_NOT_FOUND/;
    like $server->request('DELETE', '/upload/none'), qr/UPLOAD_NOT_FOUND/;
    like $server->request('POST', '/nowhere', ''), qr/"NOT_FOUND"/;
    like $server->request('PUT', '/uploads', ''), qr/METHOD_NOT_ALLOWED/;
    wait_for_metrics {
        refusals('MISSING_FIELD') => 1,
        refusals('INVALID_ID') => 1,
        refusals('UNSUPPORTED_TYPE') => 1,
        refusals('RECORDING_NOT_FOUND') => 1,
        refusals('UPLOAD_NOT_FOUND') => 1,
        refusals('NOT_FOUND') => 1,
        refusals('METHOD_NOT_ALLOWED') => 1,
        refusals('DIGEST_MISMATCH') => 0,
        requests('chunk', 400) => 2,
        requests('chunk', 415) => 1,
        requests('recording', 404) => 1,
        requests('upload', 404) => 1,
        requests('other', 404) => 1,
        requests('uploads', 405) => 1,
    };
};

subtest 'a digest that differs is counted, DIGEST_MISMATCH' => sub {
    like $server->chunk('file_id=digest&chunk_index=0', $wav,
        'Content-Digest: sha-256=:' . 'A' x 43 . '=:'), qr/DIGEST_MISMATCH/;
    wait_for_metrics {
        'waveforge_digest_mismatches_total' => 1,
        refusals('DIGEST_MISMATCH') => 1,
        requests('chunk', 422) => 1,
    };
};

subtest 'a chunk is in flight while it is received' => sub {
    my $oldest = 'waveforge_store_oldest_upload_timestamp_seconds{store="0"}';
    # A worker looks at the store once a second, each for itself.
    ok $server->wait_for(sub { !defined metrics->{$oldest} }), 'there is none';
    like $server->chunk('file_id=open&chunk_index=0', $wav), qr/chunk_received/;
    my $socket = $server->begin_chunk('file_id=open&chunk_index=1', $wav);
    wait_for_metrics {'waveforge_chunks_in_flight' => 1};
    ok $server->wait_for(sub { metrics->{$oldest} }), 'there is an oldest';
    print $socket substr $wav, $length / 2;
    like $server->answer($socket), qr/chunk_received/;
    close $socket;
    wait_for_metrics {'waveforge_chunks_in_flight' => 0};
};

subtest 'a take-over is counted' => sub {
    is metrics->{'waveforge_take_overs_total'}, 0;
    my $count = 0;
    # An older connection that is slow to end is not taken over, but followed.
    ok $server->wait_for(sub {
        my $query = 'file_id=older' . ++$count . '&chunk_index=0';
        my $older = $server->begin_chunk($query, $wav);
        $server->wait_for(sub {
            $server->chunk($query, $wav) =~ /chunk_received/;
        }) or return 1;
        return metrics->{'waveforge_take_overs_total'} > 0;
    });
    is metrics->{'waveforge_take_overs_total'}, 1;
};

subtest 'resumable uploads are counted as chunks are' => sub {
    my $before = metrics;
    my @tus = ('Tus-Resumable: 1.0.0');
    my ($path) = $server->request('POST', '/files/', '', @tus,
        'Upload-Length: ' . 2 * $length) =~ m{\r\nLocation: (/files/\S+)\r\n};
    push @tus, 'Content-Type: application/offset+octet-stream';
    like $server->request('PATCH', $path, $wav, @tus, 'Upload-Offset: 0',
        'Upload-Checksum: sha256 ' . 'A' x 43 . '='), qr{\AHTTP/1.1 460 };
    for my $offset (0, $length) {
        like $server->request('PATCH', $path, $wav, @tus,
            "Upload-Offset: $offset"), qr{\AHTTP/1.1 204 };
    }
    wait_for_metrics {
        requests('files', 201) => 1,
        requests('file', 204) => 2,
        requests('file', 460) => 1,
        refusals('DIGEST_MISMATCH') => 2,
        'waveforge_digest_mismatches_total' => 2,
        'waveforge_chunks_in_flight' => 0,
        'waveforge_stored_bytes_total' =>
            $before->{'waveforge_stored_bytes_total'} + 2 * $length,
        'waveforge_chunk_duration_seconds_count' =>
            $before->{'waveforge_chunk_duration_seconds_count'} + 2,
    };
};

subtest 'a reload goes on counting' => sub {
    my $before = metrics;
    ok $server->renew_workers('HUP');
    like $server->chunk('file_id=reload&chunk_index=0', $wav),
        qr/chunk_received/;
    wait_for_metrics {
        requests('chunk', 200) => $before->{requests('chunk', 200)} + 1,
        requests('complete', 200) => 2,
        refusals('DIGEST_MISMATCH') => 2,
        'waveforge_stored_bytes_total' =>
            $before->{'waveforge_stored_bytes_total'} + $length,
        'waveforge_chunk_duration_seconds_count' =>
            $before->{'waveforge_chunk_duration_seconds_count'} + 1,
        'waveforge_workers' => 2,
    };
};

subtest 'kill -9 of a worker keeps its counts, and nothing in flight' => sub {
    my $before = metrics;
    my $socket = $server->begin_chunk('file_id=kill&chunk_index=0', $wav);
    wait_for_metrics {'waveforge_chunks_in_flight' => 1};
    my $pid = $server->worker_of($socket);
    kill 'KILL', $pid;
    ok $server->wait_for(sub {
        my @workers = $server->workers;
        return @workers == 2 && !grep { $_ == $pid } @workers;
    });
    wait_for_metrics {
        'waveforge_chunks_in_flight' => 0,
        requests('chunk', 200) => $before->{requests('chunk', 200)},
        refusals('DIGEST_MISMATCH') => 2,
        'waveforge_stored_bytes_total' =>
            $before->{'waveforge_stored_bytes_total'},
        'waveforge_workers' => 2,
    };
    kill 'KILL', $server->workers;
    ok $server->wait_for(sub {
        eval { metrics->{requests('complete', 200)} } // 0;
    });
    wait_for_metrics {
        requests('chunk', 200) => $before->{requests('chunk', 200)},
        'waveforge_jobs_queued' => 0,
        'waveforge_chunks_in_flight' => 0,
    }, 'also after that of all of them';
};

unlike $server->log, qr/\[(emerg|crit)\]|AddressSanitizer|runtime error/,
    'the log has no fault';
$server->stop;

done_testing;
