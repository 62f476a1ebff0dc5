# conf/ as an administrator uses it: installed as a folder of its own, and
# included in a server that has an nginx already.

use strict;
use warnings;

use File::Temp qw(tempdir);
use Test::More;

use Instance;

my $server = Instance->start;
my $top = $Instance::top;
my $folder = tempdir('waveforge-t-XXXXXX', TMPDIR => 1, CLEANUP => 1);
# Modules and users differ where the tests run, nothing else.
my $user = $> == 0 ? 'user root;' : '';

sub write_file {
    my ($name, $text) = @_;
    open my $file, '>', $name or die "$name: $!";
    print {$file} $text;
    close $file or die "$name: $!";
}

sub slurp {
    my ($name) = @_;
    local (@ARGV, $/) = $name;
    return scalar <>;
}

sub nginx {
    my ($prefix, $conf) = @_;
    my $said = `/usr/sbin/nginx -t -p $prefix -c $conf -e stderr 2>&1`;
    note $said;
    return $said;
}

# nginx's own check binds no port that is taken, so it may run beside others.
sub install {
    my $prefix = "$folder/installed";
    `cmake --install $top/build/release --prefix $prefix`;
    is($?, 0, 'the release tree can be installed');
    return $prefix;
}

my $prefix = install();
ok(-f "$prefix/modules/ngx_http_waveforge_module.so", 'the module is there');
ok(-f "$prefix/frontend/index.html", 'the page is there');
ok(!-e "$prefix/frontend/tests", 'what only developers need is not');
unlike(slurp("$prefix/frontend/assets/js/main.js"), qr{^/\*\*}m,
       'scripts are without their comments');

my $main = "$prefix/conf/instance/main.conf";
write_file($main, "load_module modules/ngx_http_waveforge_module.so;\n$user\n");
like(nginx($prefix, 'conf/nginx.conf'), qr/test is successful/,
     'nginx.conf runs as it is');
install();
like(slurp($main), qr/load_module[^\n]*\n\Q$user\E/,
     'installing again keeps what the administrator changed');

my $port = Instance::free_port();
write_file("$folder/existing.conf", <<"CONF");
load_module $prefix/modules/ngx_http_waveforge_module.so;
$user
pid $folder/existing.pid;
error_log $folder/existing.log;
events {}
http {
    access_log off;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    types { text/html html; }
    include $prefix/conf/http.conf;
    server {
        listen 127.0.0.1:$port;
        location = /elsewhere { return 200 "not waveforge\\n"; }
        location / {
            root $prefix/frontend;
            waveforge_store $folder/store;
            include $prefix/conf/waveforge.conf;
            include $prefix/conf/security-headers.conf;
        }
        location /studio/ {
            alias $prefix/frontend/;
            waveforge_store $folder/store;
            include $prefix/conf/waveforge.conf;
            include $prefix/conf/security-headers.conf;
        }
    }
}
CONF
my @nginx = ('/usr/sbin/nginx', '-c', "$folder/existing.conf",
             '-e', "$folder/existing.log");
is(system(@nginx), 0, 'an existing nginx takes waveforge.conf in');
my $existing = bless {
    port => 0, url => "http://127.0.0.1:$port",
    http => HTTP::Tiny->new(keep_alive => 0),
}, 'Instance';
is($existing->get('/elsewhere')->{content}, "not waveforge\n",
   'what that server had before still answers');
for my $base ('/', '/studio/') {
    is($existing->get("${base}health/live")->{status}, 200,
       "the API answers below $base");
    is($existing->get($base)->{headers}{'content-type'}, 'text/html',
       "the page is at $base");
    my $script = $existing->get("${base}assets/js/main.js");
    is($script->{headers}{'content-type'}, 'text/javascript',
       "scripts have their type below $base, whatever that server says");
    ok($script->{headers}{'content-security-policy'},
       "static files have their security headers below $base");
}
is(system(@nginx, '-s', 'quit'), 0, 'it stops');

done_testing();
