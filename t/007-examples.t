# Each file of conf/examples does what it says it does, served as it is but for
# its paths and ports.

use strict;
use warnings;

use lib 't/lib';
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use MIME::Base64 qw(encode_base64);
use POSIX qw(WNOHANG);
use Test::More;
use Time::HiRes qw(sleep);
use WaveForge::Server;

my $top = abs_path(dirname(__FILE__) . '/..');
my $port = ($ENV{TEST_NGINX_PORT} // 1984) + 20;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 5000;
my $json = 'Content-Type: application/json';
my $ann = 'Authorization: Basic ' . encode_base64('ann:secret', '');
my $bob = 'Authorization: Basic ' . encode_base64('bob:secret', '');
my %tried;

# A WaveForge::Server whose configuration is examples, and `more` for http.
package Example {
    our @ISA = 'WaveForge::Server';

    sub new {
        my ($class, $names, $more) = @_;
        my $folder = File::Temp::tempdir('waveforge-t-XXXXXX', TMPDIR => 1,
                                         CLEANUP => 1);
        my $self = bless { root => $folder, port => $port }, $class;

        chmod 0755, $folder;
        File::Path::make_path(map { "$folder/$_" }
            'logs', 'store', 'users', 'site', 'waveforge');
        symlink "$top/$_", "$folder/waveforge/$_" for 'conf', 'frontend';
        $self->put('site/index.html', 'the site');
        $self->put('passwords', map { "$_:{PLAIN}secret\n" } 'ann', 'bob');
        $self->{examples} = join '', map { $self->example($_) } @$names;
        $self->put('nginx.conf', $self->configuration($more // ''));
        $self->start;
        return $self;
    }

    sub put {
        my ($self, $name, @lines) = @_;

        open my $file, '>', "$self->{root}/$name" or die $!;
        print $file @lines;
        close $file or die $!;
    }

    # The text of an example with the paths and ports of this test.
    sub example {
        my ($self, $name) = @_;
        my $folder = $self->{root};

        $tried{"$name.conf"} = 1;
        open my $file, '<', "$top/conf/examples/$name.conf" or die "$name: $!";
        my $text = do { local $/; <$file> };
        $text =~ s{/opt/waveforge}{$folder/waveforge}g;
        $text =~ s{/var/lib/waveforge}{$folder/store/all}g;
        $text =~ s{/srv/waveforge}{$folder/users}g;
        $text =~ s{/var/www/html}{$folder/site}g;
        $text =~ s{/etc/waveforge/users}{$folder/passwords}g;
        $text =~ s{listen 80;}{"listen 127.0.0.1:$port;"}ge;
        $text =~ s{127.0.0.1:8080}{"127.0.0.1:" . ($port + 1)}ge;
        $text =~ s{127.0.0.1:9000}{"127.0.0.1:" . ($port + 2)}ge;
        return $text;
    }

    sub configuration {
        my ($self, $more) = @_;
        my $module = $ENV{TEST_NGINX_LOAD_MODULES}
            // "$top/build/test/modules/ngx_http_waveforge_module.so";
        my $user = $> == 0 ? 'user root;' : '';

        return <<"CONFIG";
load_module $module;
$user
daemon off;
worker_processes 1;
pid logs/nginx.pid;
error_log logs/error.log info;
events {}
http {
    include $self->{root}/waveforge/conf/http.conf;
    access_log logs/access.log waveforge;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    $self->{examples}
    $more
}
CONFIG
    }

    # Some answer anything here only to those who are known.
    sub get {
        my ($self, $path) = @_;
        my $answer = $self->SUPER::get($path);

        $answer =~ s/\A(HTTP.1.1) 40[14]/$1 200/ if !$self->{is_up};
        $self->{is_up} ||= $answer =~ /\A\S+ 200/;
        return $answer;
    }

    sub access_log {
        my $self = shift;

        open my $file, '<', "$self->{root}/logs/access.log" or die $!;
        local $/;
        return scalar <$file>;
    }
}

sub upload {
    my ($server, $id, @headers) = @_;

    return $server->request('POST',
        "/upload/chunk?file_id=$id&chunk_index=0&total_chunks=1", $wav, @headers);
}

sub is_quiet {
    my $log = $_[0]->log;

    unlike $log, qr/\[(warn|alert|emerg|crit)\]/, 'the log has nothing to warn of';
}

sub status_is {
    my ($answer, $status, $title) = @_;

    like $answer, qr{\AHTTP/1.1 $status }, $title;
}

subtest 'passwords.conf: only who has a password comes in' => sub {
    my $server = Example->new(['passwords']);

    like $server->get('/recordings'), qr/WWW-Authenticate: Basic.*"UNAUTHORIZED"/s;
    status_is $server->get('/'), 401, 'the page, too';
    status_is $server->get('/health/live'), 200, 'a watchdog needs none';
    like upload($server, 'take', $ann), qr/"chunk_received"/, 'ann uploads';
    like $server->request('GET', '/upload/take', undef, $bob), qr/"receiving"/,
        'bob sees it';
    status_is $server->request('GET', '/', undef, $ann), 200, 'there is the page';
    is_quiet $server;
};

subtest 'users.conf: each name has a store' => sub {
    my $server = Example->new(['users']);

    like upload($server, 'take', $ann), qr/"chunk_received"/, 'ann uploads';
    like $server->request('GET', '/upload/take', undef, $bob),
        qr/"UPLOAD_NOT_FOUND"/, 'bob does not see it';
    like $server->request('GET', '/upload/take', undef, $ann), qr/"receiving"/;
    ok -d "$server->{root}/users/ann", 'it has her name';
    status_is $server->get('/recordings'), 401, 'without a name there is none';
    is_quiet $server;
};

subtest 'signed-in.conf: another service knows who may' => sub {
    my $guard = $port + 2;
    my $server = Example->new(['signed-in'], <<"CONFIG");
    map \$http_cookie \$known {
        default "";
        "~session=(?<name>ann|bob)" \$name;
    }
    server {
        listen 127.0.0.1:$guard;
        location = /verify {
            add_header X-User \$known;
            if (\$known = "") {
                return 401;
            }
            return 204;
        }
    }
CONFIG

    like $server->get('/recordings'), qr/\AHTTP.1.1 401 .*"UNAUTHORIZED"/s;
    like upload($server, 'take'), qr/"UNAUTHORIZED"/, 'a stranger uploads nothing';
    like upload($server, 'take', 'Cookie: session=ann'), qr/"chunk_received"/;
    like $server->request('GET', '/upload/take', undef, 'Cookie: session=ann'),
        qr/"receiving"/, 'who is known has a store';
    like $server->request('GET', '/upload/take', undef, 'Cookie: session=bob'),
        qr/"UPLOAD_NOT_FOUND"/, 'of their own';
    is_quiet $server;
};

subtest 'limited.conf: writers have limits, readers have none' => sub {
    my $server = Example->new(['limited']);
    my @held = map {
        $server->begin_chunk("file_id=u$_&chunk_index=0", $wav)
    } 1 .. 8;
    my $answer = upload($server, 'more');

    like $answer, qr/\AHTTP.1.1 429 .*"TOO_MANY_REQUESTS"/s, 'a ninth is refused';
    like $answer, qr/\r\nRetry-After: 1\r\n/, 'and told when to come again';
    like $server->get('/recordings'), qr/"total":0/, 'one may look meanwhile';
    close $_ for @held;
    ok $server->wait_for(sub { upload($server, 'more') =~ /"chunk_/ }),
        'it comes in later';

    my $socket = $server->connect;
    my $line = $server->head('PUT', '/recordings', undef);
    print $socket $line x 600, $server->head('GET', '/health/live', undef,
                                              'Connection: close');
    my $all = do { local $/; <$socket> };
    my @refused = $all =~ m{HTTP/1.1 429 }g;
    my @passed = $all =~ m{HTTP/1.1 405 }g;
    ok @refused > 0, 'too many at once are refused';
    ok @passed > 50, 'but for the first ones';
};

subtest 'behind-proxy.conf, proxy.conf: a proxy ends TLS' => sub {
    my $server = Example->new(['behind-proxy', 'proxy']);
    my @page = ('Host: studio.example.org', 'Origin: https://studio.example.org');
    my $ask = sub {
        my ($method, $path, $body, @headers) = @_;
        my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1',
            PeerPort => $port, LocalAddr => '127.0.0.7') or die $!;

        print $socket join("\r\n", "$method $path HTTP/1.1", @headers,
            'Content-Length: ' . length $body, 'X-Forwarded-For: 192.0.2.1',
            '', $body);
        return $server->answer($socket);
    };

    like $ask->('POST', '/upload/chunk?file_id=take&chunk_index=0&total_chunks=1',
                $wav, @page), qr/"chunk_received"/, 'a page of its name uploads';
    like $ask->('POST', '/recording/complete', '{"file_id":"take"}', $json, @page),
        qr/"status":"success"/, 'and completes';
    like $ask->('DELETE', '/recording/take', '', 'Host: studio.example.org',
                'Origin: https://evil.example'), qr/"FORBIDDEN_ORIGIN"/,
        'a page of another name does not';
    my @uploads = $server->access_log =~ m{^(\S+) .*POST /upload/chunk}mg;
    is_deeply \@uploads, ['127.0.0.7', '127.0.0.7'], 'both know the client';
    unlike $server->access_log, qr/^192/m, 'and not what it pretends to be';
    is_quiet $server;
};

subtest 'beside-a-site.conf: the studio is a part of a site' => sub {
    my $server = Example->new(['beside-a-site']);

    like $server->get('/'), qr/the site\z/, 'the site is there';
    like $server->get('/nothing'), qr/<html>.*404/s, 'with its own errors';
    like $server->get('/recordings'), qr/\AHTTP.1.1 404 /, 'and paths';
    like $server->get('/studio'), qr{Location: \S+/studio/\r\n};
    like $server->get('/studio/'), qr/<title>/, 'the page is below /studio/';
    like $server->request('POST', '/studio/upload/chunk?file_id=a&chunk_index=0',
                          $wav), qr/"chunk_received"/, 'and what it needs';
    is_quiet $server;
};

subtest 'other-sites.conf: pages of a named site come in' => sub {
    my $server = Example->new(['other-sites']);
    my $page = 'Origin: https://studio.example.org';
    my $answer = $server->request('OPTIONS', '/upload/chunk', undef, $page,
                                  'Access-Control-Request-Method: POST');

    like $answer, qr{\AHTTP/1.1 204 .*Allow-Origin: https://studio.example.org\r}s,
        'a preflight needs no password';
    like upload($server, 'take', $page, 'Sec-Fetch-Site: cross-site'),
        qr/Allow-Origin: .*"UNAUTHORIZED"/s, 'all else does';
    like upload($server, 'take', $page, 'Sec-Fetch-Site: cross-site', $ann),
        qr/"chunk_received"/, 'and is let in with one';
    is_quiet $server;
};

is_deeply [sort keys %tried],
    [sort map { basename($_) } glob "$top/conf/examples/*"],
    'every example is tried';

done_testing;
