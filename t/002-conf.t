# conf/ around the API: names, logs, headers of answers that are not files.

use strict;
use warnings;

use Test::More;

use Instance;

my $server = Instance->start;

sub repeated {
    my ($answer) = @_;
    return join ', ', grep { ref $answer->{headers}{$_} }
        sort keys %{$answer->{headers}};
}

my %API = (
    'GET /health/live'          => 200,
    'GET /health'               => 200,
    'GET /api/config'           => 200,
    'GET /recordings'           => 200,
    'GET /recording/nobody'     => 404,
    'GET /recording/nobody/audio' => 404,
    'DELETE /recording/nobody'  => 404,
    'GET /upload/nobody'        => 404,
    'POST /upload/chunk'        => 400,
    'POST /recording/complete'  => 415,
    'PUT /recordings'           => 405,
    'GET /nothing/here'         => 404,
    'GET /nothing.html'         => 404,
    'GET /assets/js/nothing.js' => 404,
);
for my $line (sort keys %API) {
    my ($method, $target) = split / /, $line;
    my $answer = $server->request($method, $target);
    is($answer->{status}, $API{$line}, "$line answers $API{$line}");
    is(repeated($answer), '', "$line has no header twice");
    unlike($answer->{headers}{'cache-control'} // '', qr/immutable|^$/,
           "$line may not be kept");
}

sub status_under {
    my ($name, $line) = @_;
    my $answer = $server->talk(
        "$line HTTP/1.1\r\nHost: $name\r\nConnection: close\r\n\r\n");
    return (split / /, $answer)[1];
}

is(status_under('attacker.example', 'GET /'), 421,
   'a name that is not ours is refused');
is(status_under('attacker.example', 'GET /recordings'), 421,
   'the API too is refused under a name that is not ours');
for my $name ('localhost', '127.0.0.1', '[::1]') {
    is(status_under("$name:$server->{port}", 'GET /health/live'), 200,
       "$name is one of our names");
}

$server->get('/recordings?q=secret-name');
my $log = $server->slurp('logs/access.log');
like($log, qr{GET /recordings HTTP/1\.1}, 'a request is logged');
unlike($log, qr/secret-name/, 'query strings are not');

$server->get('/recording/no-such-take');
for (1 .. 200) {
    $log = $server->slurp('logs/access.log');
    last if $log =~ /no-such-take/;
    select undef, undef, undef, 0.05;
}
like($log, qr{"GET\ /recording/no-such-take\ HTTP/1\.1"\ 404\ .*
              \ no-such-take\ -\ -\ RECORDING_NOT_FOUND\ \d+\.\d{3}$}mx,
     'but which recording or upload, and why it was refused');

done_testing();
