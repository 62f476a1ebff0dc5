# What a client says is bounded in size and depth, and never becomes a part of a
# header, a path or a log line that it was not asked for.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Server;

my $server = WaveForge::Server->new(workers => 1);
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 1000;
my $json = 'Content-Type: application/json';
my $take = 'file_id=take&chunk_index=0&total_chunks=1';

sub nested {
    my ($depth) = @_;

    return '{"a":' x $depth . '1' . '}' x $depth;
}

sub complete {
    return $server->complete("{\"file_id\":\"take\",\"metadata\":$_[0]}");
}

sub patch {
    return $server->request('PATCH', '/recording/take', "{\"metadata\":$_[0]}",
                            $json);
}

sub is_refused {
    my ($answer, $status, $code, $title) = @_;

    like $answer, qr{\AHTTP/1.1 $status .*"code":"$code"}s, $title;
}

like $server->chunk($take, $wav), qr/"chunk_received"/;

my @faults = (
    [nested(33), 400, 'metadata that is too deep'],
    ['[' x 20_000 . ']' x 20_000, 400, 'a tower of brackets'],
    ['{"a":9223372036854775808}', 400, 'an integer that does not fit'],
    ['{"a":1,"a":2}', 400, 'a name twice'],
    ['{"a":"\ud800"}', 400, 'half a character'],
    ['{"a":1}}', 400, 'more than one value'],
    ['{"a":"' . 'x' x 65_536 . '"}', 413, 'metadata that is too large'],
    ['{"a":"' . 'x' x (4 << 20) . '"}', 413, 'a body that is too large'],
);
for my $fault (@faults) {
    my ($metadata, $status, $title) = @$fault;

    is_refused complete($metadata), $status, 'INVALID_FORMAT', "$title is refused";
}
like complete(nested(32)), qr/"status":"success"/, 'what is within is not';
for my $fault (@faults) {
    my ($metadata, $status, $title) = @$fault;

    is_refused patch($metadata), $status, 'INVALID_FORMAT', "$title changes nothing";
}
like $server->get('/recording/take'), qr/"metadata":\Q${\ nested(32)}\E/,
    'it is as it was';

# As they stand in a query, and in JSON.
my @names = (
    ["a%0D%0ASet-Cookie:%20a=b", 'a\r\nSet-Cookie: a=b', 'line breaks'],
    ['a%00b', 'a\u0000b', 'a zero'], ['a%7Fb', 'a\u007fb', 'a control'],
    ['a%C2%85b', 'a\u0085b', 'a control of C1'],
    ['%E2%80%AEgpj.exe', '\u202egpj.exe', 'text that runs backwards'],
    ['%FF%FE', undef, 'what is no text'], ['x' x 256, 'x' x 256, 'too many bytes'],
);
for my $name (@names) {
    my ($query, $text, $title) = @$name;

    is_refused $server->chunk("file_id=new&chunk_index=0&file_name=$query", $wav),
        400, 'INVALID_FIELD', "$title in a chunk's name are refused";
    next if !defined $text;
    is_refused $server->request('PATCH', '/recording/take', "{\"name\":\"$text\"}",
                                $json), 400, 'INVALID_FIELD', '… in a new one';
}
like $server->request('PATCH', '/recording/take',
    '{"name":"a\"; filename=\"b.exe\\\\ ü;c"}', $json), qr/"id":"take"/,
    'quotes and their kin are names';
my ($head) = split /\r\n\r\n/, $server->get('/recording/take/download');
my @dispositions = $head =~ /^Content-Disposition: (.*)\r$/mg;
is @dispositions, 1, 'a download has one name';
like $dispositions[0],
    qr/\Aattachment; filename="(?:[^"\\]|\\.)*"; filename\*=UTF-8''[\w.%~!#\$&+^`|-]+\z/,
    'that ends where it ends';

is_refused $server->get('/recording/take%0D%0AX-A:%20b'), 400, 'INVALID_ID',
    'no line break in an id';
unlike $server->get("/upload/$_"), qr/^(Set-Cookie|X-A)/m, 'nor in an answer'
    for 'a%0d%0aX-A:b', '%0aSet-Cookie:a';
unlike $server->log, qr/^(Set-Cookie|X-A)/m, 'nor in the log';
unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'which has no alert';

done_testing;
