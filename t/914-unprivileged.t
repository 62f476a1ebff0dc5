# Workers without any privilege, as an operator runs them: their files, what they
# may do after a reload, an upgrade and a kill, and a store that is not theirs.

use strict;
use warnings;

use lib 't/lib';
use File::Find qw(find);
use File::Temp qw(tempdir);
use Test::More;
use WaveForge::Server;

use constant USER => 'www-data';

plan skip_all => 'only root can give privileges up' if $> != 0;

# A folder that others may enter, wherever the tests themselves lie.
my $folder = tempdir('waveforge-t-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $uid = getpwnam USER;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 300_000;
my $take = 0;

chmod 0755, $folder;
my $server = WaveForge::Server->new(daemon => 1, user => USER,
    store => "$folder/store",
    main => 'env LD_PRELOAD; env ASAN_OPTIONS; env UBSAN_OPTIONS;');

sub status_of {
    my ($pid, $field) = @_;

    open my $file, '<', "/proc/$pid/status" or return;
    local $/;
    return <$file> =~ /^$field:\s+(\S+)/m ? $1 : undef;
}

# Every kind of write there is, ending with one recording, one upload, one deleted.
sub use_store {
    my $id = 'take-' . ++$take;

    for my $kind ('kept', 'gone') {
        like $server->chunk("file_id=$id-$kind&chunk_index=0&total_chunks=2", $wav),
            qr/chunk_received/, "a chunk of $id-$kind";
        like $server->chunk("file_id=$id-$kind&chunk_index=1", 'end'),
            qr/chunk_received/;
        like $server->complete("{\"file_id\":\"$id-$kind\"}"),
            qr/"status":"success"/, 'it becomes a recording';
    }
    like $server->chunk("file_id=$id-loose&chunk_index=3", 'later'),
        qr/chunk_received/, 'a chunk out of order';
    my $json = '{"name":"Other"}';
    like $server->request('PATCH', "/recording/$id-kept", $json,
                          'Content-Type: application/json'),
        qr/"name":"Other"/, 'a recording is renamed';
    like $server->request('DELETE', "/recording/$id-gone"),
        qr/"status":"deleted"/, 'a recording is deleted';
    like $server->get("/recording/$id-kept/audio"), qr/\Q$wav\Eend\z/,
        'a recording is read';
}

sub is_theirs {
    my %odd;

    find(sub {
        my ($mode, $owner) = (lstat)[2, 4];
        my $wanted = -d _ ? 040750 : 0100640;
        if ($mode != $wanted || $owner != $uid) {
            $odd{$File::Find::name} = sprintf '%o of %d', $mode, $owner;
        }
    }, $server->{store});
    is_deeply \%odd, {}, 'the store is theirs, and closed to others';
}

subtest 'the workers have no privilege, and need none' => sub {
    for my $pid ($server->workers) {
        is status_of($pid, 'Uid'), $uid, 'who they are';
        is hex status_of($pid, 'CapEff'), 0, 'what they may';
    }
    use_store;
    is_theirs;
};

subtest 'nor after a reload' => sub {
    ok $server->renew_workers('HUP'), 'there are new workers';
    use_store;
    is_theirs;
};

subtest 'nor after an upgrade of the binary' => sub {
    my $old = $server->upgrade;

    kill 'QUIT', $old;
    ok $server->wait_for(sub { $server->has_ended($old) }), 'the old one leaves';
    use_store;
    is_theirs;
};

subtest 'nor after a kill' => sub {
    ok $server->renew_workers('KILL'), 'there are new workers';
    use_store;
    is_theirs;
};

unlike $server->log, qr/\[(emerg|crit)\]|\(13\)|denied/,
    'nothing was forbidden';

subtest 'a store of somebody else is refused, told and left as it is' => sub {
    chown 0, 0, $server->{store};
    chmod 0700, $server->{store};
    ok $server->renew_workers('HUP'), 'there are new workers';
    ok $server->wait_for(sub {
        $server->get('/health') =~ m{\AHTTP/1.1 503 .*"status":"failed"}s
    }), 'its health is told';
    my $answer = $server->chunk('file_id=more&chunk_index=0', $wav);
    like $answer, qr{\AHTTP/1.1 503 .*"code":"STORAGE_ERROR"}s;
    unlike $answer, qr/store\b.*\Q$folder\E|denied/i, 'without a path or a reason';
    like $server->log, qr/\Q$folder\E\/store": WFS_EREADONLY in open \(13\)/,
        'which are in the log';
};

subtest 'and is served again when it is theirs again' => sub {
    chmod 0750, $server->{store};
    chown $uid, $uid, $server->{store};
    ok $server->wait_for(sub {
        $server->get('/health') =~ m{\AHTTP/1.1 200 }
    }), 'its health is told';
    use_store;
    is_theirs;
    like $server->get('/recordings'), qr/"total":$take[,}]/, 'all are there';
};

done_testing;
