# The examples of conf/limits.conf, each taken out of its comment.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $top = abs_path(dirname(__FILE__) . '/..');
my $binary = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';
my $module = $ENV{TEST_NGINX_LOAD_MODULES}
    // "$top/build/test/modules/ngx_http_waveforge_module.so";
my $folder = tempdir('waveforge-t-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $user = $> == 0 ? 'user root;' : '';

open my $limits, '<', "$top/conf/limits.conf" or die $!;
my ($http, $server) = split /^# In server .*\n/m, do { local $/; <$limits> };

# An example begins with its name; a sentence, with a space.
sub examples {
    my ($text) = @_;

    return join "\n", $text =~ /^#([a-z].*;)$/mg;
}

my $in_http = examples($http);
my $in_server = examples($server);

like $in_http, qr/^limit_req_zone /m, 'there are examples for http';
like $in_server, qr/^waveforge_retention /m, 'and for the server';

open my $file, '>', "$folder/nginx.conf" or die $!;
print $file <<"CONFIG";
load_module $module;
$user
pid nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    $in_http
    server {
        $in_server
        location / {
            waveforge on;
            waveforge_store store;
            client_max_body_size 0;
        }
    }
}
CONFIG
close $file or die $!;

my $said = `$binary -t -p $folder -c nginx.conf -e stderr 2>&1`;
like $said, qr/test is successful/, 'nginx takes them all';
unlike $said, qr/\[(warn|emerg)\]/, 'without a warning';

done_testing;
