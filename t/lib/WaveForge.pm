package WaveForge;

# What the suites share: a store of its own for each block, and the requests a
# client makes, as text for `--- request eval`. See README.md here.

use strict;
use warnings;

use Exporter 'import';
use File::Basename qw(dirname);
use File::Path qw(make_path remove_tree);
use Digest::SHA qw(sha256_hex sha256_base64 sha512_base64);
use MIME::Base64 qw(encode_base64);
use Test::Nginx::Socket 'no_plan';
use WaveForge::Answers qw(watch_test_nginx);

my @requests = qw(audio checksum chunk complete content_digest form multipart
    patch problem sha256_hex upload_request);
our @EXPORT = (@Test::Nginx::Socket::EXPORT, @requests);

# Where Test::Base evaluates `--- request eval`.
for my $name (@requests) {
    no strict 'refs';
    *{"Test::Base::Filter::$name"} = \&{$name};
}

# Not inside: Test::Nginx empties and removes its folder before each block.
my $stores = server_root() . '-stores';
my $number = 0;

remove_tree($stores);
make_path($stores);
no_root_location();
watch_test_nginx();

# A block without `--- config` gets a location with all defaults; what stands in
# `--- directives` is added to it. %STORE% is the block's own, empty store.
add_block_preprocessor(sub {
    my $block = shift;
    my $store = "$stores/" . ++$number;
    my $directives = $block->directives // '';
    my $config = $block->config // <<"CONFIG";
        location / {
            waveforge on;
            waveforge_store %STORE%;
            waveforge_reserve 0;
            client_max_body_size 0;
            client_body_buffer_size 16k;
            $directives
        }
CONFIG

    $config =~ s/%STORE%/$store/g;
    $block->set_value('config', $config);
    if (!defined $block->no_error_log && !defined $block->error_log) {
        $block->set_value('no_error_log', "[alert]\n[emerg]");
    }
});

sub repository() {
    return dirname(dirname(dirname(__FILE__)));
}

# The bytes of a real audio file (libwfstore/tests/data).
sub audio($) {
    my $path = repository() . "/libwfstore/tests/data/$_[0]";

    open my $file, '<:raw', $path or die "$path: $!";
    local $/;
    return scalar <$file>;
}

sub query(%) {
    my %fields = @_;

    return join '&', map {
        my $value = $fields{$_};
        $value =~ s/([^A-Za-z0-9_.-])/sprintf '%%%02X', ord $1/ge;
        "$_=$value";
    } sort keys %fields;
}

# chunk('id', 0, $bytes, total_chunks => 2): a raw chunk.
sub chunk($$$;@) {
    my ($id, $index, $bytes, %fields) = @_;
    my $query = query(file_id => $id, chunk_index => $index, %fields);

    return "POST /upload/chunk?$query\n$bytes";
}

# multipart(file => $bytes, file_id => 'id', …): the parts in this order. The
# message's Content-Type must be multipart/form-data; boundary=edge. (Test::Nginx
# takes white space off the end of a request, so it ends without a line break.)
sub multipart(@) {
    my $body = '';

    while (my ($name, $value) = splice @_, 0, 2) {
        my $filename = $name eq 'file' ? '; filename="a.webm"' : '';
        $body .= "--edge\r\nContent-Disposition: form-data; name=\"$name\""
            . "$filename\r\n\r\n$value\r\n";
    }
    return "POST /upload/chunk\n$body--edge--";
}

# upload_request('PATCH', '/files/id', $bytes): the headers tell what they are.
sub upload_request($$$) {
    my ($method, $path, $bytes) = @_;

    return "$method $path\n$bytes";
}

# The value of Upload-Checksum of these bytes, behind the name.
sub checksum($$) {
    my ($algorithm, $bytes) = @_;

    return encode_base64(Digest::SHA->new($algorithm)->add($bytes)->digest,
                         '');
}

# complete('{"file_id":"id"}'), of type application/json.
sub complete($) {
    return "POST /recording/complete\n$_[0]";
}

sub form($@) {
    my ($path, %fields) = @_;

    return "POST $path\n" . query(%fields);
}

sub patch($$) {
    my ($id, $json) = @_;

    return "PATCH /recording/$id\n$json";
}

# Content-Digest of these bytes (RFC 9530).
sub content_digest($) {
    my $base64 = sha256_base64($_[0]);

    $base64 .= '=' while length($base64) % 4;
    return "Content-Digest: sha-256=:$base64:";
}

# What an answer of this status and code looks like.
sub problem($$;$) {
    my ($status, $code, $detail) = @_;
    my $like = defined $detail ? $detail : '(?:[^"\\\\]|\\\\.)+';

    return qr/\A\{"type":"about:blank","title":"[^"]+","status":$status,
        "code":"$code","detail":"$like","instance":"[0-9a-f]+",
        "timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"[^\n]*\}\n?\z/x;
}

1;
