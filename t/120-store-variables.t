# A store for each user: variables in the path of waveforge_store.

use strict;
use warnings;

use lib 't/lib';
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Server;

my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 50_000;
my $binary = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';

# A server whose stores are named by the header X-User, below users/.
sub start {
    my (%options) = @_;
    my $server = WaveForge::Server->new(store => 'users/$http_x_user',
                                        %options);

    mkdir "$server->{root}/users" or die $! if !-d "$server->{root}/users";
    return $server;
}

sub of { return "X-User: $_[0]" }

sub names {
    my $folder = shift;

    opendir my $dir, $folder or return;
    return sort grep { !/\A\.{1,2}\z/ } readdir $dir;
}

# Descriptors of the workers below a user's store.
sub descriptors {
    my ($server, $user) = @_;
    my @all = map { glob "/proc/$_/fd/*" } $server->workers;

    return grep { (readlink($_) // '') =~ m{/users/\Q$user\E(/|\z)} } @all;
}

sub tasks {
    return scalar map { glob "/proc/$_/task/*" } $_[0]->workers;
}

sub is_closed {
    my ($server, $user) = @_;

    return $server->wait_for(sub { !descriptors($server, $user) });
}

sub put {
    my ($server, $user, $query, @headers) = @_;

    return $server->chunk($query, $wav, of($user), @headers);
}

subtest 'each user has recordings of their own' => sub {
    my $server = WaveForge::Server->new(store => 'users/$remote_user',
                                        directives => '
            auth_basic studio;
            auth_basic_user_file users.conf;
            location /health/live { auth_basic off; }');
    my %as = (alice => 'Authorization: Basic YWxpY2U6YQ==',
              bob => 'Authorization: Basic Ym9iOmI=');

    open my $users, '>', "$server->{root}/users.conf" or die $!;
    print $users "alice:{PLAIN}a\nbob:{PLAIN}b\n";
    close $users or die $!;
    mkdir "$server->{root}/users" or die $!;

    like $server->get('/recordings'), qr{\AHTTP/1.1 401 };
    for my $user (sort keys %as) {
        like $server->chunk("file_id=$user&chunk_index=0&total_chunks=1", $wav,
                            $as{$user}), qr/chunk_received/, "$user sends";
        like $server->request('POST', '/recording/complete',
                              "{\"file_id\":\"$user\"}", $as{$user},
                              'Content-Type: application/json'),
            qr/"status":"success"/, "$user has a recording";
    }
    for my $user (sort keys %as) {
        my $other = $user eq 'bob' ? 'alice' : 'bob';
        my $list = $server->request('GET', '/recordings', undef, $as{$user});

        like $list, qr/"id":"$user".*"total":1,/, "$user sees it";
        unlike $list, qr/"id":"$other"/, "and not $other\'s";
        like $server->request('GET', "/recording/$other/audio", undef,
                              $as{$user}),
            qr{\AHTTP/1.1 404 .*RECORDING_NOT_FOUND}s;
        like $server->request('DELETE', "/recording/$other", undef,
                              $as{$user}),
            qr{\AHTTP/1.1 404 .*RECORDING_NOT_FOUND}s;
    }
    is_deeply [names("$server->{root}/users")], ['alice', 'bob'];
};

subtest 'a store is made when it is needed, closed to others' => sub {
    my $server = start();
    my $folder = "$server->{root}/users/alice";

    ok !-e $folder;
    like put($server, 'alice', 'file_id=a&chunk_index=0&total_chunks=1'),
        qr/chunk_received/;
    is((stat $folder)[2] & 0777, 0750);
    my ($part) = glob "$folder/.wfstore/uploads/*";
    is((stat $part)[2] & 0777, 0640);
};

subtest 'a name stays inside its component, whatever it holds' => sub {
    my $server = start();
    my @before = names($server->{root});
    my %folder = (
        '..' => '%2E.', '.' => '%2E', '../x' => '%2E.%2Fx',
        '/etc/x' => '%2Fetc%2Fx', 'a/../../b' => 'a%2F..%2F..%2Fb',
        '.hidden' => '%2Ehidden', 'a.b-c_d@e' => 'a.b-c_d@e',
        '%2e%2e' => '%252e%252e', "\xc3\xa9" => '%C3%A9', 'a b' => 'a%20b',
        '$(id)`;' => '%24%28id%29%60%3B',
        '${http_host}' => '%24%7Bhttp_host%7D',
        'x' x 255 => 'x' x 255, '%' x 85 => '%25' x 85,
    );

    for my $user (sort keys %folder) {
        like put($server, $user, 'file_id=a&chunk_index=0'),
            qr/"received_chunks":1,/, substr $folder{$user}, 0, 20;
    }
    is_deeply [names("$server->{root}/users")], [sort values %folder];
    is_deeply [names($server->{root})], \@before, 'nothing lies beside it';
};

subtest 'a name that is too long is refused' => sub {
    my $server = start();

    for my $user ('x' x 256, '%' x 86, 'x' x 5000) {
        like put($server, $user, 'file_id=a&chunk_index=0'),
            qr{\AHTTP/1.1 403 .*"code":"NO_STORE","detail":"[^"]*too long"}s;
    }
    is_deeply [names("$server->{root}/users")], [];
};

subtest 'a request without a name has no store (NO_STORE)' => sub {
    my $server = start();

    for my $request (['POST', '/upload/chunk?file_id=a&chunk_index=0', $wav],
                     ['GET', '/recordings'], ['GET', '/uploads'],
                     ['GET', '/recording/a/audio'], ['GET', '/health'],
                     ['DELETE', '/upload/a'], ['GET', '/files/a'])
    {
        my $answer = $server->request(@$request);
        like $answer, qr{\AHTTP/1.1 403 Forbidden}, "@$request[0, 1]";
        like $answer, qr{application/problem\+json.*"code":"NO_STORE"}s;
    }
    like $server->get('/health/live'), qr{\AHTTP/1.1 200 };
    like $server->get('/api/config'), qr{\AHTTP/1.1 200 };
    like $server->request('OPTIONS', '/recordings'), qr{\AHTTP/1.1 204 };
    is_deeply [names("$server->{root}/users")], [];
};

subtest 'what is refused makes no store' => sub {
    my $server = start();

    like put($server, 'alice', 'file_id=a'),
        qr{\AHTTP/1.1 400 .*"code":"MISSING_FIELD"}s;
    like $server->request('GET', '/health', undef, of('alice')),
        qr{\AHTTP/1.1 503 .*"status":"failed".*"storage":null}s;
    is_deeply [names("$server->{root}/users")], [];
};

subtest 'a store is made below a folder that exists, not elsewhere' => sub {
    my $server = start(store => 'users/$http_x_user/store');

    like put($server, 'alice', 'file_id=a&chunk_index=0'),
        qr{\AHTTP/1.1 503 .*Retry-After: \d+.*"code":"STORAGE_ERROR"}s;
    is_deeply [names("$server->{root}/users")], [];
    mkdir "$server->{root}/users/bob" or die $!;
    like put($server, 'bob', 'file_id=a&chunk_index=0'), qr/chunk_received/;
    is_deeply [names("$server->{root}/users/bob")], ['store'];
};

subtest 'a store that has to exist is not made' => sub {
    my $server = start(store => 'users/$http_x_user existing');

    like put($server, 'alice', 'file_id=a&chunk_index=0'),
        qr{\AHTTP/1.1 503 .*"code":"STORAGE_ERROR"}s;
    is_deeply [names("$server->{root}/users")], [];
};

subtest 'nginx -t makes no store' => sub {
    my $server = start();
    my $said = `$binary -t -p $server->{root} -c nginx.conf -e stderr 2>&1`;

    like $said, qr/test is successful/;
    is_deeply [names("$server->{root}/users")], [];
};

subtest 'the health of a store is known while it is open' => sub {
    my $server = start(http => 'waveforge_open_stores 4 idle=500ms;',
                       workers => 1);
    my $health = sub {
        return $server->request('GET', '/health', undef, of('alice'));
    };

    like $health->(), qr{\AHTTP/1.1 503 .*"status":"failed"}s;
    put($server, 'alice', 'file_id=a&chunk_index=0');
    ok $server->wait_for(sub {
        return $health->() =~ m{\AHTTP/1.1 200 .*"healthy".*"uploads":1,}s
            || !put($server, 'alice', 'file_id=a&chunk_index=0');
    }), 'it is healthy';
    ok $server->wait_for(sub { $health->() =~ m{\AHTTP/1.1 503 }s }),
        'asking does not keep it open';
};

subtest 'a store that nobody uses is closed, and opened again' => sub {
    my $server = start(http => 'waveforge_open_stores 4 idle=200ms;');

    like put($server, 'alice', 'file_id=a&chunk_index=0'), qr/chunk_received/;
    ok is_closed($server, 'alice'), 'no descriptor is left';
    ok $server->wait_for(sub {
        $server->log =~ m{users/alice" is closed}
    }), 'the log tells of it';
    like put($server, 'alice', 'file_id=a&chunk_index=1'),
        qr/"received_chunks":2,/;
};

subtest 'a store of which nothing was wanted is closed unopened' => sub {
    my $server = start(http => 'waveforge_open_stores 4 idle=200ms;',
                       workers => 1);
    my ($worker) = $server->workers;

    like $server->request('POST', '/upload/chunk', undef, of('alice')),
        qr{\AHTTP/1.1 400 }, 'refused before it came to the store';
    ok $server->wait_for(sub {
        $server->log =~ m{users/alice" is closed}
    }), 'the store is closed';
    like put($server, 'bob', 'file_id=b&chunk_index=0'), qr/chunk_received/;
    is_deeply [$server->workers], [$worker], 'by a worker that goes on';
    is_deeply [names("$server->{root}/users")], ['bob'],
        'and is not opened for it';
};

subtest 'a chunk under way keeps its store open' => sub {
    my $server = start(http => 'waveforge_open_stores 4 idle=200ms;',
                       workers => 1);
    my $socket = $server->begin_chunk('file_id=a&chunk_index=0', $wav,
                                      of('alice'));

    put($server, 'bob', 'file_id=b&chunk_index=0');
    ok is_closed($server, 'bob'), 'a later one is closed';
    ok descriptors($server, 'alice') > 0, 'this one is not';
    print $socket substr $wav, length($wav) / 2;
    like $server->answer($socket), qr/chunk_received/;
    ok is_closed($server, 'alice'), 'after the chunk it is';
};

subtest 'a chunk cut short lets its store be closed' => sub {
    my $server = start(http => 'waveforge_open_stores 4 idle=200ms;');
    my $socket = $server->begin_chunk('file_id=a&chunk_index=0', $wav,
                                      of('alice'));

    close $socket;
    ok is_closed($server, 'alice');
    unlike $server->log, qr/AddressSanitizer|exited on signal/;
};

subtest 'the number of open stores is bounded (STORE_BUSY)' => sub {
    my $server = start(http => 'waveforge_open_stores 1;', workers => 1);
    my $socket = $server->begin_chunk('file_id=a&chunk_index=0', $wav,
                                      of('alice'));

    like put($server, 'bob', 'file_id=b&chunk_index=0'),
        qr{\AHTTP/1.1 503 .*Retry-After: 1\r\n.*"code":"STORE_BUSY"}s;
    like put($server, 'alice', 'file_id=a&chunk_index=1'), qr/chunk_received/;
    print $socket substr $wav, length($wav) / 2;
    like $server->answer($socket), qr/chunk_received/;

    ok $server->wait_for(sub {
        put($server, 'bob', 'file_id=b&chunk_index=0') =~ /chunk_received/;
    }), 'one that nobody uses makes room';
    ok is_closed($server, 'alice');
    ok $server->wait_for(sub {
        $server->log =~ m{users/alice" is closed}
    }), 'the log tells of it';
};

subtest 'users one after the other leave nothing behind' => sub {
    my $server = start(http => 'waveforge_open_stores 3 idle=500ms;',
                       workers => 1);
    put($server, 'first', 'file_id=a&chunk_index=0');
    ok is_closed($server, 'first');
    my ($worker) = $server->workers;
    my $count = sub { return scalar(() = glob "/proc/$worker/fd/*") };
    my ($fds, $tasks) = ($count->(), tasks($server));

    for my $user (1 .. 30) {
        $server->wait_for(sub {
            put($server, "user$user", 'file_id=a&chunk_index=0')
                =~ /"received_chunks":1,/;
        }) or fail "user $user";
    }
    ok $server->wait_for(sub {
        $count->() <= $fds && tasks($server) <= $tasks
    }), 'descriptors and threads are as before';
    is_deeply [names("$server->{root}/users")],
        [sort 'first', map { "user$_" } 1 .. 30];
};

subtest 'a store taken away meanwhile is begun anew' => sub {
    my $server = start(workers => 1);
    my $folder = "$server->{root}/users/alice";

    like put($server, 'alice', 'file_id=a&chunk_index=0'), qr/chunk_received/;
    ok $server->wait_for(sub {
        $server->request('GET', '/health', undef, of('alice')) =~ /"healthy"/;
    }), 'it is well';
    rename $folder, "$folder-away" or die $!;
    system('rm', '-r', "$folder-away") == 0 or die;

    ok $server->wait_for(sub {
        put($server, 'alice', 'file_id=b&chunk_index=0')
            =~ /"received_chunks":1,/;
    }), 'another one is made';
    like $server->log, qr{users/alice" misses a file, it is opened anew};
    like $server->request('GET', '/upload/a', undef, of('alice')),
        qr/UPLOAD_NOT_FOUND/, 'without what the old one had';
    ok -e "$folder/.wfstore/catalog.sqlite3";
};

subtest 'workers share the stores' => sub {
    my $server = start();

    for my $index (0 .. 19) {
        like put($server, 'alice', "file_id=a&chunk_index=$index"),
            qr/chunk_received/;
    }
    like $server->request('GET', '/upload/a', undef, of('alice')),
        qr/"received_chunks":20,/;
};

subtest 'a reload leaves a chunk under way its store' => sub {
    my $server = start();
    my @old = $server->workers;
    my $socket = $server->begin_chunk('file_id=a&chunk_index=0', $wav,
                                      of('alice'));

    kill 'HUP', $server->{pid};
    ok $server->wait_for(sub {
        $server->log =~ m{users/alice" is no longer tended by this worker};
    }), 'the old worker gives up tending';
    ok $server->wait_for(sub {
        put($server, 'alice', 'file_id=a&chunk_index=1') =~ /chunk_received/;
    }), 'a new worker has it as well';
    print $socket substr $wav, length($wav) / 2;
    like $server->answer($socket), qr/chunk_received/, 'the chunk arrives';
    ok $server->wait_for(sub { $server->have_left(@old) }),
        'the old workers leave';
    like $server->request('GET', '/upload/a', undef, of('alice')),
        qr/"received_chunks":2,/;
    unlike $server->log, qr/AddressSanitizer|exited on signal/;
};

subtest 'a server told to go at once leaves the stores as they were' => sub {
    my $server = start();
    my $socket = $server->begin_chunk('file_id=a&chunk_index=0', $wav,
                                      of('alice'));

    put($server, 'bob', 'file_id=b&chunk_index=0');
    kill 'TERM', $server->{pid};
    waitpid $server->{pid}, 0;
    is $?, 0, 'it ends well';
    unlike $server->log, qr/AddressSanitizer|exited on signal/;
    $server->start;
    like $server->request('GET', '/upload/a', undef, of('alice')),
        qr/UPLOAD_NOT_FOUND/;
    like $server->request('GET', '/upload/b', undef, of('bob')),
        qr/"received_chunks":1,/;
};

subtest 'locations with the same path may have options of their own' => sub {
    my $server = start(server => '
        location /b/ {
            waveforge on;
            waveforge_store users/$http_x_user;
            waveforge_reserve 0;
            waveforge_digest off;
            waveforge_durability recording;
            client_max_body_size 0;
        }');

    like put($server, 'alice', 'file_id=a&chunk_index=0'), qr/chunk_received/;
    like $server->request('POST', '/b/upload/chunk?file_id=a&chunk_index=1'
                          . '&total_chunks=2', $wav, of('alice')),
        qr/"received_chunks":2,/;
    like $server->request('POST', '/recording/complete', '{"file_id":"a"}',
                          of('alice'), 'Content-Type: application/json'),
        qr/"sha256":"[0-9a-f]{64}"/;
    is_deeply [names("$server->{root}/users")], ['alice'];
};

done_testing;
