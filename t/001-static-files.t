# The headers of everything nginx serves by itself, through conf/ as it is.

use strict;
use warnings;

use File::Find qw(find);
use Test::More;

use Instance;

my %TYPES = (
    html => 'text/html', css => 'text/css', js => 'text/javascript',
    mjs => 'text/javascript', json => 'application/json',
    svg => 'image/svg+xml', png => 'image/png', wasm => 'application/wasm',
    webmanifest => 'application/manifest+json', webm => 'audio/webm',
    txt => 'text/plain', ts => 'text/plain',
);
my @SECURITY = qw(content-security-policy permissions-policy
                  x-content-type-options referrer-policy
                  cross-origin-resource-policy);

my $server = Instance->start;

# Every file that is served, as its path below /.
sub static_files {
    my $root = "$Instance::top/build/run/$server->{port}/frontend";
    my @paths;
    find({follow => 1, no_chdir => 1, wanted => sub {
        push @paths, substr($_, length $root) if -f;
    }}, $root);
    return sort @paths;
}

sub repeated {
    my ($answer) = @_;
    return join ', ', grep { ref $answer->{headers}{$_} }
        sort keys %{$answer->{headers}};
}

sub missing_security {
    my ($answer) = @_;
    return join ', ', grep { !length($answer->{headers}{$_} // '') } @SECURITY;
}

sub expected_cache {
    my ($path) = @_;
    return $path =~ m{^/assets/vendor/[^/]+-\d[^/]*/}
        ? 'public, max-age=31536000, immutable' : 'no-cache';
}

my @files = static_files();
cmp_ok(scalar @files, '>', 5, 'there are static files');
for my $path (@files) {
    my $answer = $server->get($path);
    my $headers = $answer->{headers};
    my ($extension) = $path =~ m{\.(\w+)$};
    is($answer->{status}, 200, "$path is served");
    is(missing_security($answer), '', "$path has every security header");
    is(repeated($answer), '', "$path has no header twice");
    is($headers->{'cache-control'}, expected_cache($path),
       "$path is cached as long as its name allows");
    is($headers->{'content-type'}, $TYPES{$extension // 'txt'},
       "$path has its type");
    ok($headers->{etag}, "$path has an ETag");
}

ok((grep { /\.worklet\.js$/ } @files), 'a worklet is among the files');
ok((grep { /\.worker\.js$/ } @files), 'a worker is among the files');
ok(!(grep { m{^/(?:tests|tools|styles)/} } @files),
   'what only developers need is not served');

my $page = $server->get('/');
my $policy = $page->{headers}{'content-security-policy'};
is($page->{status}, 200, 'the page is served at the base');
is(missing_security($page), '', 'the base has every security header');
is($page->{headers}{'cache-control'}, 'no-cache',
   'the base is asked for anew each time');
for my $directive ("default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'",
                   "worker-src 'self' blob:", "frame-ancestors 'none'") {
    ok((grep { $_ eq $directive } split /; /, $policy),
       "the policy says $directive");
}
like($page->{headers}{'permissions-policy'}, qr/microphone=\(self\)/,
     'the microphone is for this site alone');

my $same = $server->get('/', {'if-none-match' => $page->{headers}{etag}});
is($same->{status}, 304, 'an unchanged page is not sent again');
is(missing_security($same), '', '304 has every security header');
is($same->{headers}{'cache-control'}, 'no-cache', '304 has its cache header');

my $packed = $server->get('/', {'accept-encoding' => 'gzip'});
is($packed->{headers}{'content-encoding'}, 'gzip', 'text is sent compressed');
is(repeated($packed), '', 'a compressed answer has no header twice');

my $part = $server->get('/', {'range' => 'bytes=0-9'});
is($part->{status}, 206, 'a part of a static file can be had');
is(missing_security($part), '', '206 has every security header');

done_testing();
