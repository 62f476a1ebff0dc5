# A store whose files were swapped for symbolic links by somebody who may write
# there: nothing outside of the store is read, written or told.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use WaveForge::Server;

my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 5000;
my $secret = "a secret\n" x 1000;
my $number = 0;

# A server with the recording `done` and the upload `take`, and a secret outside.
sub new_server {
    my $server = WaveForge::Server->new(workers => 1);

    $server->{secret} = "$server->{root}/secret-" . ++$number;
    open my $file, '>', $server->{secret} or die $!;
    print $file $secret;
    close $file or die $!;
    $server->chunk('file_id=done&chunk_index=0&total_chunks=1', $wav);
    $server->complete('{"file_id":"done"}');
    $server->chunk('file_id=take&chunk_index=0&chunk_size=5020', $wav);
    return $server;
}

sub swap {
    my ($server, $path) = @_;
    my ($name) = glob "$server->{store}/$path";

    rename $name, "$server->{root}/swapped-" . ++$number or die "$path: $!";
    symlink $server->{secret}, $name or die $!;
}

sub is_untouched {
    my ($server, $title) = @_;

    open my $file, '<', $server->{secret} or die $!;
    my $now = do { local $/; <$file> };
    ok $now eq $secret, $title // 'what the link names is as it was';
}

sub is_silent {
    my ($answer, $status, $title) = @_;

    like $answer, qr{\AHTTP/1.1 $status }, $title;
    unlike $answer, qr/secret/, 'and nothing is told of it';
}

subtest 'the file of a recording' => sub {
    my $server = new_server();

    swap($server, 'recording_*');
    is_silent $server->get("/recording/done/$_"), '(404|500|503)', "its $_ is refused"
        for 'audio', 'download';
    is_silent $server->request('DELETE', '/recording/done'), 200, 'it can go';
    is_untouched $server;
};

subtest 'the file of an upload' => sub {
    my $server = new_server();

    swap($server, '.wfstore/uploads/take*.part');
    is_silent $server->chunk('file_id=take&chunk_index=1', $wav), '5..',
        'a chunk is refused';
    is_silent $server->get('/upload/take/audio'), '[45]..',
        'it cannot be listened to';
    is_silent $server->complete('{"file_id":"take","total_chunks":1}'), '[45]..',
        'nor completed';
    is_untouched $server;
    is_silent $server->request('DELETE', '/upload/take'), 200, 'it can go';
    is_untouched $server;
};

subtest 'metadata.json' => sub {
    my $server = new_server();

    swap($server, 'metadata.json');
    is_silent $server->request('PATCH', '/recording/done', '{"name":"new"}',
                               'Content-Type: application/json'), 200,
        'a name is changed';
    is_untouched $server;
    ok $server->wait_for(sub { !-l "$server->{store}/metadata.json" }),
        'the link is replaced';
};

# Each moved away, with a link to it in its place: what it holds is right. Chunks
# can do without the list of those in flight.
my %opened = ('version' => '5..', 'lock' => '5..', 'catalog.sqlite3' => '5..',
              'live' => '200');
for my $name (sort keys %opened) {
    subtest "$name of a store that is opened" => sub {
        my $server = new_server();
        my $path = "$server->{store}/.wfstore/$name";

        $server->stop;
        rename $path, "$server->{root}/moved" or die $!;
        symlink "$server->{root}/moved", $path or die $!;
        my @before = stat "$server->{root}/moved";
        $server->start;
        is_silent $server->chunk('file_id=new&chunk_index=0', $wav),
            $opened{$name}, 'the link is not followed';
        $server->stop;
        is_deeply [(stat "$server->{root}/moved")[7, 9]], [@before[7, 9]],
            'what the link names is as it was';
    };
}

subtest 'the folders of a store that is opened' => sub {
    for my $name ('.wfstore', '.wfstore/uploads') {
        my $server = new_server();
        my $other = "$server->{root}/other";

        $server->stop;
        rename "$server->{store}/$name", $other or die $!;
        symlink $other, "$server->{store}/$name" or die $!;
        my @before = sort glob "$other/*";
        $server->start;
        is_silent $server->chunk('file_id=new&chunk_index=0', $wav), '5..',
            "$name: nothing is written";
        $server->stop;
        is_deeply [sort glob "$other/*"], \@before, 'what is there stays so';
    }
};

done_testing;
