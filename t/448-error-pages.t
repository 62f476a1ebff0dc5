# A page that the operator names takes the place of an error amid a body: the
# connection stays open for what the client still sends, and nobody counts it.

use strict;
use warnings;

use lib 't/lib';
use File::Path qw(make_path);
use Test::More;
use WaveForge::Server;

my $server = WaveForge::Server->new(server => <<'CONFIG', directives => <<'MORE');
    lingering_timeout 2s;
    error_page 400 /sorry.html;
    error_page 413 /studio/large.html;
    location = /sorry.html {
        internal;
        return 200 "ask the operator";
    }
CONFIG
            location /studio/ {
                waveforge on;
                waveforge_max_chunk_size 64k;
                client_max_body_size 64k;
            }
MORE

make_path("$server->{root}/html/studio");
open my $file, '>', "$server->{root}/html/studio/large.html" or die $!;
print $file 'send less' or die $!;
close $file or die $!;

# A body that is broken after the server has begun to wait for the rest of it.
sub stall {
    my ($path, $type, $end) = @_;
    my $socket = $server->connect;

    $socket->autoflush(1);
    print $socket $server->head('POST', $path, undef, "Content-Type: $type",
                                'Transfer-Encoding: chunked'),
        "4000\r\n", 'x' x 100;
    $server->has_read($socket) or die 'not read';
    print $socket 'x' x 100;
    $server->has_read($socket) or die 'not read';
    print $socket $end;
    return $socket;
}

# Until the server closes, which is later than it would have counted.
sub rest_of {
    my ($socket) = @_;
    my $text = '';

    while (sysread $socket, $text, 65536, length $text) {
    }
    return $text;
}

my @workers = sort $server->workers;
my $garbage = 'x' x (0x4000 - 200) . "\r\nzz\r\n";
my $large = 'x' x (0x4000 - 200) . "\r\nfffff\r\nx";
my %stalled;

for my $prefix ('', '/studio') {
    my $place = 'file_id=a&chunk_index=0';

    for my $case (["$prefix/upload/chunk?$place", 'audio/webm'],
                  ["$prefix/upload/chunk", 'multipart/form-data; boundary=x'],
                  ["$prefix/recording/complete", 'application/json']) {
        $stalled{"$case->[0] 400"} = stall(@{$case}, $garbage);
        next if !$prefix;
        $stalled{"$case->[0] 413"} = stall(@{$case}, $large);
    }
}
for my $title (sort keys %stalled) {
    my ($status) = $title =~ /(\d+)$/;
    my $page = $status == 400 ? qr/ask the operator\z/ : qr/send less\z/;

    like rest_of($stalled{$title}), qr{\AHTTP/1.1 $status .*$page}s, $title;
}

is_deeply [sort $server->workers], \@workers, 'the workers are the same';
unlike $server->log, qr/\[(alert|emerg|crit)\]/, 'the log has no alert';

done_testing;
