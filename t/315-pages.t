# Lists, page by page.

use strict;
use warnings;

use lib 't/lib';
use JSON::PP qw(decode_json);
use Test::More;
use WaveForge::Server;

my $server = WaveForge::Server->new;
my $wav = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" . 'x' x 100;

sub record {
    my ($id, $name) = @_;

    $server->chunk("file_id=$id&chunk_index=0&total_chunks=1", $wav)
        =~ /chunk_received/ or die $id;
    $server->complete("{\"file_id\":\"$id\",\"file_name\":\"$name\"}")
        =~ /"status":"success"/ or die $id;
}

sub get_json {
    my ($path) = @_;
    my $answer = $server->get($path);

    return decode_json((split /\r\n\r\n/, $answer, 2)[1]);
}

# Ids of all pages, one after the other; `between` runs after the first one.
sub ids_of {
    my ($path, $list, $between) = @_;
    my $page = get_json($path);
    my @ids = map { $_->{id} // $_->{file_id} } @{$page->{$list}};

    $between->() if $between;
    while (defined $page->{next}) {
        $page = get_json("$path&cursor=$page->{next}");
        push @ids, map { $_->{id} // $_->{file_id} } @{$page->{$list}};
        die 'a list without an end' if @ids > 100;
    }
    return join ' ', @ids;
}

record("take-$_", $_ % 2 ? "Odd $_" : "EVEN $_") for 1 .. 6;

subtest 'pages of one tell every recording once' => sub {
    is ids_of('/recordings?limit=1&sort=name', 'recordings'),
        'take-2 take-4 take-6 take-1 take-3 take-5';
};

subtest 'so do those of a search' => sub {
    is ids_of('/recordings?limit=1&sort=name&q=even', 'recordings'),
        'take-2 take-4 take-6';
    is ids_of('/recordings?limit=2&sort=-name&q=ODD', 'recordings'),
        'take-5 take-3 take-1';
};

subtest 'what comes and goes between pages repeats and skips no others' => sub {
    is ids_of('/recordings?limit=2&sort=name&q=o', 'recordings', sub {
        $server->request('DELETE', '/recording/take-1')
            =~ /"status":"deleted"/ or die;
        record('take-0', 'Odd 0');
        record('take-7', 'Odd 7');
    }), 'take-1 take-3 take-5 take-7';
};

subtest 'a cursor is of one search and one order' => sub {
    my $next = get_json('/recordings?limit=1&q=even')->{next};

    like $server->get("/recordings?limit=1&q=EVEN&cursor=$next"),
        qr{\AHTTP/1.1 200 }, 'the same, whatever its case';
    for my $query ('limit=1', 'limit=1&q=odd', 'limit=1&q=even&sort=name') {
        like $server->get("/recordings?$query&cursor=$next"),
            qr{\AHTTP/1.1 400 .*"code":"INVALID_CURSOR"}s, $query;
    }
};

subtest 'uploads have pages, too' => sub {
    my $send = sub { $server->chunk("file_id=$_[0]&chunk_index=0", $wav) };

    $send->("part-$_") =~ /chunk_received/ or die for 1 .. 5;
    is ids_of('/uploads?limit=2', 'uploads'),
        'part-5 part-4 part-3 part-2 part-1';
    is ids_of('/uploads?limit=2', 'uploads', sub {
        $server->request('DELETE', '/upload/part-4')
            =~ /"status":"deleted"/ or die;
        $server->request('DELETE', '/upload/part-2')
            =~ /"status":"deleted"/ or die;
        $send->('part-6') =~ /chunk_received/ or die;
    }), 'part-5 part-4 part-3 part-1', 'whatever comes and goes between';
};

subtest 'a cursor is of one list' => sub {
    my $recordings = get_json('/recordings?limit=1')->{next};
    my $uploads = get_json('/uploads?limit=1')->{next};

    for my $path ("/uploads?cursor=$recordings",
                  "/recordings?cursor=$uploads") {
        like $server->get($path),
            qr{\AHTTP/1.1 400 .*"code":"INVALID_CURSOR"}s;
    }
};

done_testing;
