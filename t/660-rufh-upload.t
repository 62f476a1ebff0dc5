# Resumable uploads for HTTP: creating, appending, completing, giving up.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_base64 sha256_hex);
use MIME::Base64 qw(encode_base64);
use Test::More;
use WaveForge::Server;

my $server = WaveForge::Server->new(server => <<'CONFIG');
        location /any/ {
            waveforge on;
            waveforge_store any;
            waveforge_reserve 0;
            waveforge_types *;
            waveforge_max_uploads 1;
            client_max_body_size 0;
        }
        location /one/ {
            waveforge on;
            waveforge_store one;
            waveforge_reserve 0;
            waveforge_max_uploads 1;
            client_max_body_size 0;
        }
        location /small/ {
            waveforge on;
            waveforge_store small;
            waveforge_reserve 0;
            waveforge_max_recording_size 1000;
            client_max_body_size 0;
        }
CONFIG

my $take = audio('opus.webm');
my $half = substr $take, 0, 600;
my $rest = substr $take, 600;
my $part = 'Content-Type: application/partial-upload';

sub audio {
    my ($name) = @_;

    open my $file, '<:raw', "libwfstore/tests/data/$name" or die $!;
    local $/;
    return <$file>;
}

sub ask {
    my ($method, $path, $body, @headers) = @_;

    return $server->request($method, $path, $body, 'Connection: close',
                            'Upload-Draft-Interop-Version: 8', @headers)
        =~ s{\A(?:HTTP/1.1 104 .*?\r\n\r\n)+}{}sr;
}

sub create {
    my ($body, @headers) = @_;

    return ask('POST', '/files/', $body, @headers);
}

sub append {
    my ($path, $offset, $complete, $body, @headers) = @_;

    return ask('PATCH', $path, $body, $part, "Upload-Offset: $offset",
               "Upload-Complete: ?$complete", @headers);
}

sub status($) {
    return $_[0] =~ m{\AHTTP/1.1 (\d+) } ? $1 : 'none';
}

sub header($$) {
    my ($answer, $name) = @_;

    return $answer =~ /\A(?:[^\r]+\r\n)+\Q$name\E: ([^\r]*)\r\n/ ? $1 : undef;
}

sub problem {
    my ($answer, $status, $code, $type) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;

    $type = defined $type ? "https://iana.org/assignments/http-problem-types#$type"
                          : 'about:blank';
    like $answer, qr/\AHTTP\/1.1 $status .*\r\n\r\n\{"type":"\Q$type\E",.*"code":"$code"/s,
        "$status $code";
}

# Where a new file is that has `body` so far.
sub begin {
    my ($body, @headers) = @_;
    my $answer = create $body, 'Upload-Complete: ?0', @headers;

    status $answer eq '201' or die $answer;
    return header $answer, 'Location';
}

sub offset($) {
    my $answer = ask('HEAD', $_[0]);

    return header($answer, 'Upload-Offset') // 'status ' . status $answer;
}

sub bytes($) {
    return ask('GET', $_[0]) =~ s/\A.*?\r\n\r\n//sr;
}

subtest 'a request with all of the content makes a recording at once' => sub {
    my $answer = create $take, 'Upload-Complete: ?1', 'Content-Type: audio/webm',
        'Content-Disposition: inline; filename="b\"c.webm"';

    is status $answer, 200;
    is header($answer, 'Upload-Complete'), '?1';
    is header($answer, 'Upload-Offset'), length $take;
    like $answer, qr/"status":"success","recording_id":"[0-9a-f]{32}",
        "recording":\{.*"name":"b\\"c[.]webm".*"mime_type":"audio\/webm"/x;
    is bytes(header $answer, 'Location'), $take, 'these bytes';
};

subtest 'an empty one tells where to send it, and within which limits' => sub {
    my $answer = create '', 'Upload-Complete: ?0', 'Upload-Length: 1220';
    my $path = header $answer, 'Location';

    is status $answer, 201;
    like $path, qr{\A/files/[0-9a-f]{32}\z};
    is header($answer, 'Upload-Complete'), '?0';
    is header($answer, 'Upload-Offset'), 0;
    like header($answer, 'Upload-Limit'),
        qr/\Amax-size=1073741824, max-age=86(399|400)\z/;
    $answer = ask 'HEAD', $path;
    is status $answer, 204;
    is header($answer, 'Upload-Length'), 1220;
    is header($answer, 'Upload-Offset'), 0;
    is header($answer, 'Cache-Control'), 'no-store';
};

subtest 'what is appended is there, and the last piece completes it' => sub {
    my $path = begin $half;
    my $answer;

    is offset $path, 600;
    $answer = append $path, 600, 0, substr $rest, 0, 100;
    is status $answer, 204;
    is header($answer, 'Upload-Offset'), 700;
    is header($answer, 'Upload-Complete'), '?0';
    $answer = append $path, 700, 1, substr $rest, 100;
    is status $answer, 200;
    is header($answer, 'Upload-Complete'), '?1';
    like $answer, qr/"status":"success"/;
    is bytes $path, $take;
    $answer = ask 'HEAD', $path;
    is header($answer, 'Upload-Complete'), '?1';
    is header($answer, 'Upload-Length'), 1220;
};

subtest 'a length that is reached is not the end: an empty piece is' => sub {
    my $path = begin $take, 'Upload-Length: 1220';
    my $answer = ask 'HEAD', $path;

    is header($answer, 'Upload-Offset'), 1220;
    is header($answer, 'Upload-Complete'), '?0';
    is status $server->get($path =~ s/files/recording/r), 404, 'not one yet';
    $answer = append $path, 1220, 1, '';
    is status $answer, 200;
    is header($answer, 'Upload-Complete'), '?1';
    is bytes $path, $take;
};

subtest 'another offset is refused with expected-offset and provided-offset'
    . ': OFFSET_MISMATCH' => sub {
    my $path = begin $half;
    my $answer = append $path, 599, 0, 'x';

    problem $answer, 409, 'OFFSET_MISMATCH', 'mismatching-upload-offset';
    like $answer, qr/"expected-offset":600,"provided-offset":599\}/;
    is header($answer, 'Upload-Offset'), 600;
    is header($answer, 'Upload-Complete'), '?0';
    is offset $path, 600, 'nothing was added';
};

subtest 'lengths that do not agree are refused: INCONSISTENT_LENGTH' => sub {
    my @refused = ([400, 'INCONSISTENT_LENGTH', 'inconsistent-upload-length']);
    my $path;

    problem create($half, 'Upload-Complete: ?1', 'Upload-Length: 1220'),
        @{$refused[0]};
    problem create($half, 'Upload-Complete: ?0', 'Upload-Length: 599'),
        @{$refused[0]};
    $path = begin $half, 'Upload-Length: 1220';
    problem append($path, 600, 0, 'x', 'Upload-Length: 1221'), @{$refused[0]};
    problem append($path, 600, 1, 'x'), @{$refused[0]};
    problem append($path, 600, 1, $rest, 'Upload-Length: 1221'),
        @{$refused[0]};
    is offset $path, 600, 'it stays as it was';
    is status append($path, 600, 1, $rest, 'Upload-Length: 1220'), 200;
};

subtest 'a length may be told late, and then it stays' => sub {
    my $path = begin '';

    is header(ask('HEAD', $path), 'Upload-Length'), undef;
    is status append($path, 0, 0, $half, 'Upload-Length: 1220'), 204;
    is header(ask('HEAD', $path), 'Upload-Length'), 1220;
    problem append($path, 600, 0, '', 'Upload-Length: 1219'), 400,
        'INCONSISTENT_LENGTH', 'inconsistent-upload-length';
};

subtest 'more than the length ends the upload' => sub {
    my $path = begin $half, 'Upload-Length: 700';
    my $socket;

    problem append($path, 600, 0, 'x' x 101), 400, 'INCONSISTENT_LENGTH',
        'inconsistent-upload-length';
    is offset $path, 'status 404', 'by its Content-Length';

    $path = begin $half, 'Upload-Length: 700';
    $socket = $server->connect;
    print $socket $server->head('PATCH', $path, undef, $part,
        'Upload-Offset: 600', 'Upload-Complete: ?0', 'Connection: close',
        'Transfer-Encoding: chunked'), "65\r\n", 'x' x 101, "\r\n0\r\n\r\n";
    problem $server->answer($socket), 400, 'INCONSISTENT_LENGTH',
        'inconsistent-upload-length';
    is offset $path, 'status 404', 'by what has come';
};

subtest 'too large an upload is told the limits: FILE_TOO_LARGE' => sub {
    my $answer = create '', 'Upload-Complete: ?0', 'Upload-Length: 1073741825';

    problem $answer, 413, 'FILE_TOO_LARGE';
    is header($answer, 'Upload-Limit'), 'max-size=1073741824, max-age=86400';
};

subtest 'beyond the limit of the server nothing is lost' => sub {
    my $path = header ask('POST', '/small/files/', $half,
                          'Upload-Complete: ?0'), 'Location';

    problem append($path, 600, 1, $rest), 413, 'FILE_TOO_LARGE';
    is offset $path, 600;
    problem append($path, 600, 0, $rest), 413, 'FILE_TOO_LARGE';
    is offset $path, 600, 'what had come is there';
};

subtest 'a header that is malformed was not sent' => sub {
    my $path = begin $half, 'Upload-Length: 12x', 'Upload-Length: 1220';

    is header(ask('HEAD', $path), 'Upload-Length'), undef, 'two are a list';
    problem create($half, 'Upload-Complete: yes'), 400, 'MISSING_FIELD';
    problem create($half, 'Upload-Complete: ?1', 'Upload-Complete: ?1'), 400,
        'MISSING_FIELD';
    problem create($half), 400, 'MISSING_FIELD';
    for my $bad ('-1', '1.5', '"600"', '1000000000000000', '600, 600') {
        problem append($path, $bad, 0, 'x'), 400, 'MISSING_FIELD';
    }
    problem append($path, 600, 2, 'x'), 400, 'MISSING_FIELD';
    is status append($path, '600;a=b', '0;c', 'x'), 204, 'parameters are none';
    is status append($path, 601, 0, 'x', 'Content-Digest: sha-256=:?:',
                     'Upload-Length: soon'), 204;
};

subtest 'a piece is of its own media type: UNSUPPORTED_BODY' => sub {
    my $path = begin $half;

    problem ask('PATCH', $path, $rest, 'Content-Type: audio/webm',
                'Upload-Offset: 600', 'Upload-Complete: ?1'), 415,
        'UNSUPPORTED_BODY';
    problem ask('PATCH', $path, $rest, 'Upload-Offset: 600',
                'Upload-Complete: ?1'), 415, 'UNSUPPORTED_BODY';
    problem append($path, 600, 1, $rest, 'Content-Encoding: gzip'), 415,
        'UNSUPPORTED_ENCODING';
    problem create($take, 'Upload-Complete: ?1', 'Content-Encoding: gzip'),
        415, 'UNSUPPORTED_ENCODING';
    is offset $path, 600;
};

subtest 'a recording takes no more: COMPLETED_UPLOAD; its answer is given again' => sub {
    my $path = header create($take, 'Upload-Complete: ?1'), 'Location';
    my $answer = append $path, 1220, 1, '';

    is status $answer, 200;
    like $answer, qr/"status":"already_complete".*"size":1220/;
    $answer = append $path, 1220, 0, '';
    problem $answer, 400, 'COMPLETED_UPLOAD', 'completed-upload';
    is header($answer, 'Upload-Complete'), '?1';
    for my $complete (0, 1) {
        $answer = append $path, 1220, $complete, 'x';
        problem $answer, 400, 'INCONSISTENT_LENGTH',
            'inconsistent-upload-length';
        is header($answer, 'Upload-Complete'), '?1', 'and that it is complete';
    }
    is bytes $path, $take, 'it is as it was';
};

subtest 'who lost the last answer, and sends the last piece again, is told where'
    . ' it ends: OFFSET_MISMATCH; there the answer is given again' => sub {
    my $path = begin $half;
    my $answer;

    is status append($path, 600, 1, $rest), 200;
    for my $again ([1, $rest], [0, $rest], [1, ''], [0, '']) {
        $answer = append $path, 600, @$again;
        problem $answer, 409, 'OFFSET_MISMATCH', 'mismatching-upload-offset';
        like $answer, qr/"expected-offset":1220,"provided-offset":600\}/;
        is header($answer, 'Upload-Offset'), 1220;
        is header($answer, 'Upload-Complete'), '?0', 'not the last answer';
    }
    $answer = append $path, header($answer, 'Upload-Offset'), 1, '';
    is status $answer, 200;
    is header($answer, 'Upload-Complete'), '?1';
    like $answer, qr/"status":"already_complete".*"size":1220/;
    is bytes $path, $take, 'it is as it was';
};

subtest 'the digest of a piece is verified before it counts' => sub {
    my $digest = sub {
        'Content-Digest: sha-256=:' . encode_base64(
            Digest::SHA->new(256)->add($_[0])->digest, '') . ':';
    };
    my $path = begin '';

    is status append($path, 0, 0, $half, $digest->($half)), 204;
    problem append($path, 600, 1, $rest, $digest->('other')), 422,
        'DIGEST_MISMATCH';
    is offset $path, 600, 'nothing of it is there';
    problem create($take, 'Upload-Complete: ?1', $digest->('other')), 422,
        'DIGEST_MISMATCH';
    is status append($path, 600, 1, $rest, 'Content-Digest: md5=:YQ==:',
                     $digest->($rest)), 200, 'also in a second line';
};

subtest 'the digest of it all is verified when it is complete' => sub {
    my $digest = sha256_base64($take) . '=';
    my $wrong = 'Repr-Digest: sha-256=:' . sha256_base64('other') . '=:';
    my $path = begin $half, "Repr-Digest: sha-256=:$digest:";
    my $answer = append $path, 600, 1, $rest, 'Want-Repr-Digest: sha-256=1';

    is status $answer, 200;
    is header($answer, 'Repr-Digest'), "sha-256=:$digest:", 'and given';

    $path = begin $half, $wrong;
    $answer = append $path, 600, 1, $rest;
    problem $answer, 422, 'DIGEST_MISMATCH';
    is header($answer, 'Upload-Complete'), '?1', 'resuming is of no use';
    is status $server->get($path =~ s/files/recording/r), 404, 'not kept as one';

    problem create($take, 'Upload-Complete: ?1', $wrong), 422,
        'DIGEST_MISMATCH';
};

subtest 'what is not audio is refused: UNSUPPORTED_TYPE' => sub {
    problem create('x' x 100, 'Upload-Complete: ?1'), 415, 'UNSUPPORTED_TYPE';
    problem create('', 'Upload-Complete: ?1'), 415, 'UNSUPPORTED_TYPE';
    is status ask('POST', '/any/files/', 'x' x 100, 'Upload-Complete: ?1'),
        200, 'unless all is taken';
};

subtest 'an upload that is given up is gone' => sub {
    my $path = begin $half;

    is status ask('DELETE', $path), 204;
    is offset $path, 'status 404';
    like status append($path, 600, 1, $rest), qr/\A4(04|10)\z/;
};

subtest 'a page of another site may not upload: FORBIDDEN_ORIGIN' => sub {
    problem create($take, 'Upload-Complete: ?1', 'Sec-Fetch-Site: cross-site'),
        403, 'FORBIDDEN_ORIGIN';
};

subtest 'too many uploads are to be tried again (TOO_MANY_UPLOADS), but nothing'
    . ' that never can be' => sub {
    my $answer;

    is status ask('POST', '/any/files/', 'x', 'Upload-Complete: ?0'), 201;
    $answer = ask 'POST', '/any/files/', 'x', 'Upload-Complete: ?0';
    problem $answer, 503, 'TOO_MANY_UPLOADS';
    ok header($answer, 'Retry-After');

    is status ask('POST', '/one/files/', '', 'Upload-Complete: ?0'), 201;
    problem ask('POST', '/one/files/', '', 'Upload-Complete: ?1'), 415,
        'UNSUPPORTED_TYPE';
};

subtest 'tus and this continue each other, and this finishes chunks' => sub {
    my $tus = 'Tus-Resumable: 1.0.0';
    my $path = begin $half, 'Upload-Length: 1220';
    my $answer = $server->request('PATCH', $path, $rest, $tus,
        'Content-Type: application/offset+octet-stream', 'Upload-Offset: 600');

    is status $answer, 204;
    is bytes $path, $take, 'begun here, ended by tus';

    $answer = $server->request('POST', '/files/', '', $tus,
                               'Upload-Length: 1220');
    $path = header $answer, 'Location';
    is status append($path, 0, 0, $half), 204;
    is status append($path, 600, 1, $rest), 200;
    is bytes $path, $take, 'begun by tus, ended here';

    $server->chunk('file_id=chunks&chunk_index=0', $take);
    problem append('/files/chunks', 1220, 1, 'x'), 403, 'NOT_APPENDABLE';
    is status append('/files/chunks', 1220, 1, ''), 200;
    is bytes '/files/chunks', $take, 'sent in chunks, ended here';

    $path = begin $take;
    my ($id) = $path =~ m{/([^/]+)\z};
    like $server->complete(qq({"file_id":"$id","size":1220})),
        qr/"status":"success"/, 'begun here, completed like chunks';
};

subtest 'what came before a connection broke is kept' => sub {
    my $path = begin '';
    my $socket = $server->connect;

    print $socket $server->head('PATCH', $path, length $take, $part,
        'Upload-Offset: 0', 'Upload-Complete: ?1'), $half;
    close $socket;
    # HEAD would end a request that is still being read.
    ok $server->wait_for(sub {
        return $server->get($path =~ s/files/upload/r)
            =~ /"received_bytes":600,/;
    });
    is offset $path, 600;
    is header(ask('HEAD', $path), 'Upload-Complete'), '?0';
    is status append($path, 600, 1, $rest), 200;
};

subtest 'a newer request ends an older one and goes on where it was' => sub {
    for my $look (0, 1) {
        my $path = begin '';
        my $older = $server->connect;
        my $at = 0;

        print $older $server->head('PATCH', $path, length $take, $part,
            'Upload-Offset: 0', 'Upload-Complete: ?1',
            'Expect: 100-continue');
        like $server->answer($older), qr{\AHTTP/1.1 100 };
        syswrite $older, $half;
        $at = offset $path if $look;
        if ($look) {
            is status append($path, $at, 1, substr $take, $at), 200,
                'from the offset it was told';
            is bytes $path, $take;
        } else {
            is status ask('DELETE', $path), 204;
            is offset $path, 'status 404';
        }
        $server->answer($older);
        is sysread($older, my $byte, 1) // 0, 0, 'the older one is closed';
    }
};

done_testing;
