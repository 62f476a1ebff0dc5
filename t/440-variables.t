# The variables, as an access log has them.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Server;

my $wav = 'RIFF....WAVEdata' . 'x' x 84;
my $server = WaveForge::Server->new(
    http => q(log_format told '$request_method $uri $status )
        . q(id=$waveforge_file_id index=$waveforge_chunk_index )
        . q(bytes=$waveforge_bytes code=$waveforge_code )
        . q(time=$waveforge_store_time';),
    server => 'access_log logs/told.log told;'
        . ' location = /elsewhere { return 204; }',
    directives => 'location /small/ { waveforge on;'
        . ' waveforge_max_chunk_size 50; client_max_body_size 0; }'
        . ' location /denied/ { waveforge on; deny all; }');

# The next line of the log, which is written when a request has ended; from the
# first after those that start has asked for.
my $read = 0;
sub told() {
    my @lines;

    $server->wait_for(sub {
        open my $file, '<', "$server->{root}/logs/told.log" or return 0;
        @lines = grep { !m{ /health/live } } <$file>;
        return @lines > $read && $lines[$read] =~ /\n\z/;
    });
    my $line = $lines[$read++] // '';
    chomp $line;
    $line =~ s/ time=\d+\.\d{3}\z/ time=s.ms/;
    return $line;
}

sub form(%) {
    my %fields = @_;

    return join('', map {
        "--edge\r\nContent-Disposition: form-data; name=\"$_\""
            . ($_ eq 'file' ? '; filename="a"' : '') . "\r\n\r\n$fields{$_}\r\n"
    } sort keys %fields) . "--edge--\r\n";
}

subtest 'a chunk tells its upload, index and bytes, and the time' => sub {
    like $server->chunk('file_id=take-1&chunk_index=0', $wav), qr/received/;
    is told, 'POST /upload/chunk 200 id=take-1 index=0 bytes=100 code=-'
        . ' time=s.ms';
    like $server->chunk('file_id=take-1&chunk_index=0', $wav), qr/already/;
    is told, 'POST /upload/chunk 200 id=take-1 index=0 bytes=100 code=-'
        . ' time=s.ms';
};

subtest 'so does one in a form' => sub {
    my $form = form(file_id => 'form', chunk_index => 7, file => $wav);
    like $server->request('POST', '/upload/chunk', $form,
        'Content-Type: multipart/form-data; boundary=edge'), qr/received/;
    is told, 'POST /upload/chunk 200 id=form index=7 bytes=' . length($form)
        . ' code=- time=s.ms';
};

subtest 'a refusal tells its code, before the body and behind it' => sub {
    like $server->request('POST',
        '/small/upload/chunk?file_id=large&chunk_index=0', $wav),
        qr/FILE_TOO_LARGE/;
    is told, 'POST /small/upload/chunk 413 id=large index=0 bytes=-'
        . ' code=FILE_TOO_LARGE time=s.ms';
    like $server->chunk('file_id=text&chunk_index=0', 'x' x 60),
        qr/UNSUPPORTED_TYPE/;
    is told, 'POST /upload/chunk 415 id=text index=0 bytes=60'
        . ' code=UNSUPPORTED_TYPE time=s.ms';
    like $server->chunk('chunk_index=1', $wav), qr/MISSING_FIELD/;
    is told, 'POST /upload/chunk 400 id=- index=1 bytes=-'
        . ' code=MISSING_FIELD time=-';
};

subtest 'nginx refuses by codes, too' => sub {
    like $server->request('POST', '/denied/upload/chunk', ''), qr/FORBIDDEN/;
    is told, 'POST /denied/upload/chunk 403 id=- index=- bytes=-'
        . ' code=FORBIDDEN time=-';
};

subtest 'a client that leaves has sent so many bytes' => sub {
    my $bytes = $wav . 'x' x 200_000;
    my $socket = $server->begin_chunk('file_id=left&chunk_index=2', $bytes);
    close $socket;
    like told, qr{\APOST /upload/chunk \d+ id=left index=2 bytes=\d+ code=-};
};

subtest 'other resources tell their id' => sub {
    like $server->complete('{"file_id":"take-1","total_chunks":1}'),
        qr/"success"/;
    is told, 'POST /recording/complete 200 id=take-1 index=- bytes=37 code=-'
        . ' time=s.ms';
    $server->get('/recording/take-1/audio');
    is told, 'GET /recording/take-1/audio 200 id=take-1 index=- bytes=-'
        . ' code=- time=s.ms';
    $server->get('/upload/none');
    is told, 'GET /upload/none 404 id=none index=- bytes=-'
        . ' code=UPLOAD_NOT_FOUND time=s.ms';
};

subtest 'a file that the server has named tells its id' => sub {
    my ($id) = $server->request('POST', '/files/', $wav,
        'Tus-Resumable: 1.0.0', 'Upload-Length: 100',
        'Content-Type: application/offset+octet-stream')
        =~ m{\r\nLocation: /files/(\S+)\r\n};
    is told, "POST /files/ 201 id=$id index=- bytes=100 code=- time=s.ms";
};

subtest 'where WaveForge is not there is nothing to tell' => sub {
    $server->get('/elsewhere');
    is told, 'GET /elsewhere 204 id=- index=- bytes=- code=- time=-';
    $server->request('GET', '/assets/none.js');
    is told, 'GET /assets/none.js 404 id=- index=- bytes=- code=NOT_FOUND'
        . ' time=-';
};

unlike $server->log, qr/\[(emerg|crit)\]|AddressSanitizer|runtime error/,
    'the log has no fault';

done_testing;
