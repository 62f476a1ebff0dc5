# A disk that is full: nothing that was acknowledged is lost, and deleting works.

use strict;
use warnings;

use lib 't/lib';
use Digest::SHA qw(sha256_hex);
use File::Path qw(make_path);
use Test::More;
use WaveForge::Server;

# A disk of 8 MiB of our own: in a mount namespace, as root or as the root of a
# user namespace.
if (!$ENV{WAVEFORGE_UNSHARED}) {
    $ENV{WAVEFORGE_UNSHARED} = 1;
    my @unshare = $> == 0 ? ('-m') : ('-m', '-U', '-r');
    # In a chroot / need not be a mount whose propagation could be changed.
    push @unshare, '--propagation', 'unchanged'
        if system("unshare @unshare true 2>/dev/null") != 0;
    exec 'unshare', @unshare, $^X, '-It/lib', $0 or die "unshare: $!";
}

my $disk = ($ENV{TEST_NGINX_SERVROOT} // 'build/test/t/servroot') . "-disk-$$";
make_path($disk);
system('mount', '-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', $disk) == 0
    or BAIL_OUT('a small disk could not be mounted');

# The reserve is what the catalogue writes to when a recording is deleted.
my $server = WaveForge::Server->new(
    store => Cwd::abs_path($disk) . '/store',
    reserve => '1m',
);
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"
    . join '', map { chr($_ % 251) } 1 .. 500_000;
my $length = length $wav;
my $accepted = 0;
my $refusal;

for my $index (0 .. 40) {
    my $answer = $server->chunk("file_id=full&chunk_index=$index", $wav);
    if ($answer !~ m{\AHTTP/1.1 200 }) {
        $refusal = $answer;
        last;
    }
    $accepted++;
}

cmp_ok $accepted, '>', 3, "$accepted chunks were accepted";
like $refusal, qr{\AHTTP/1.1 507 .*"code":"STORAGE_FULL"}s;
like $server->get('/upload/full'),
    qr/"received_bytes":${\ ($accepted * $length)},"received_chunks":$accepted,/,
    'what was accepted is there, and nothing else';
like $server->get('/health/live'), qr{\AHTTP/1.1 200 };
like $server->request('DELETE', '/upload/full'), qr/"status":"deleted"/,
    'deleting works on the full disk';

like $server->chunk("file_id=next&chunk_index=0&total_chunks=1", $wav),
    qr/chunk_received/, 'the space is free again';
my $sha256 = sha256_hex($wav);
like $server->complete("{\"file_id\":\"next\",\"sha256\":\"$sha256\"}"),
    qr/"status":"success"/;
my $answer = $server->get('/recording/next/audio');
is sha256_hex((split /\r\n\r\n/, $answer, 2)[1]), $sha256;

# Filled by others to the last byte: not even the reserve is left. What the
# catalogue's journal has room for still goes in.
my $small = substr $wav, 0, 1000;
my $much = '{"a":"' . 'x' x 60_000 . '"}';
my @late = map { "late-$_" } 1 .. 60;
my $completing = sub {
    return $server->complete("{\"file_id\":\"$_[0]\",\"metadata\":$much}");
};
for my $id (@late) {
    my $answer = $server->chunk(
        "file_id=$id&chunk_index=0&total_chunks=1&chunk_size=1000", $small);
    $answer =~ /chunk_received/ or die "$id was not received: $answer";
}
open my $junk, '>', "$disk/junk" or die $!;
1 while syswrite $junk, "\0" x 4096;
close $junk;
my ($id, $last);
for (@late) {
    $last = $completing->($id = $_);
    last if $last !~ m{\AHTTP/1.1 200 };
}
like $last, qr{\AHTTP/1.1 507 .*"code":"STORAGE_FULL"}s,
    'completing is refused once there is no room for it (STORAGE_FULL)';
like $server->get("/upload/$id"), qr/"received_chunks":1,/,
    '... and the upload stays as it was';
unlink "$disk/junk";
like $completing->($id), qr/"status":"success"/, '... until there is';

$server->stop;
system 'umount', $disk;
rmdir $disk;

done_testing;
