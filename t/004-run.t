# scripts/run as its --help tells.

use strict;
use warnings;

use IO::Socket::IP;
use Test::More;

use Instance;

sub run {
    my @arguments = @_;
    open my $pipe, '-|', "$Instance::top/scripts/run @arguments 2>&1" or die $!;
    local $/;
    my $said = <$pipe> // '';
    close $pipe;
    return ($? >> 8, $said);
}

sub master {
    my ($server) = @_;
    return $server->slurp('logs/nginx.pid') + 0;
}

sub answers {
    return $_[0]->get('/health/live')->{status} == 200;
}

my $server = Instance->start;
my $other = Instance->start;
my $pid = master($server);
ok(answers($server) && answers($other), 'instances live side by side by port');
isnt($pid, master($other), 'each has a server of its own');

my ($status, $said) = run('--port', $server->{port});
is($status, 0, 'a second call succeeds');
like($said, qr/already serving/, 'a second call says that it serves');
is(master($server), $pid, 'a second call leaves the server alone');

($status, $said) = run('--port', $server->{port}, '--store', '/nowhere/else');
isnt($status, 0, 'other options for a server that runs are refused');
like($said, qr/--stop/, 'and the way to have them is named');
ok(answers($server), 'and the server goes on');

my $squatter = IO::Socket::IP->new(
    LocalHost => '127.0.0.1', LocalPort => 0, Listen => 1);
($status, $said) = run('--port', $squatter->sockport);
isnt($status, 0, 'a port that is taken is refused');
like($said, qr/taken/, 'and the reason is said');

for my $wrong ('--port 0', '--port x', '--port 65536', '--port', '--nonsense') {
    ($status, $said) = run($wrong);
    isnt($status, 0, "$wrong is refused");
    like($said, qr/^run: /, "$wrong is refused in a sentence");
}

kill 'KILL', $pid;
ok(answers($server), 'workers go on when their master was killed');
($status) = run('--port', $server->{port}, '--store', $server->{store});
is($status, 0, 'a server can be started where a killed one left workers');
isnt(master($server), $pid, 'it is a new one');
ok(answers($server), 'it answers');

($status, $said) = run('--stop', '--port', $server->{port});
is($status, 0, 'a server can be stopped');
ok(!answers($server), 'it answers no more');
ok(answers($other), 'others are left alone');
($status, $said) = run('--stop', '--port', $server->{port});
is($status, 0, 'stopping what does not run is no error');
like($said, qr/nothing runs/, 'but it is said');

my $tls_port = Instance::free_port();
my $secure = Instance->start('--tls-port', $tls_port);
my $protocol = `curl -sk -o /dev/null -w '%{http_version}' \\
    https://localhost:$tls_port/health/live`;
is($protocol, '2', 'HTTP/2 is served on the TLS port');
ok(answers($secure), 'HTTP/1.1 is served beside it');

done_testing();
