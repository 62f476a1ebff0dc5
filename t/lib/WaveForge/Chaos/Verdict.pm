package WaveForge::Chaos::Verdict;

# What is left when all has calmed down, against what the clients know: the
# uploads as the server tells of them, the recordings, the files.

use strict;
use warnings;

use Digest::SHA qw(sha256_hex);
use JSON::PP qw(decode_json);
use Time::HiRes qw(sleep);
use WaveForge::Chaos::Creation qw(is_stray_recording is_stray_upload);
use WaveForge::Chaos::Ending qw(files_of finish_file);
use WaveForge::Chaos::Wire qw(chance digest_header);

# new($server, $tool, $fault)
sub new {
    my ($class, $server, $tool, $fault) = @_;

    return bless { server => $server, tool => $tool, fault => $fault,
                   count => {} }, $class;
}

# An answer for good: who is told to come later does so.
sub ask {
    my ($self, $method, $path, $body, @headers) = @_;

    for (1 .. 600) {
        my $answer = $self->{server}->request($method, $path, $body, @headers);
        my ($status) = $answer =~ m{\AHTTP/1.1 (\d+) };
        my (undef, $text) = split /\r\n\r\n/, $answer, 2;
        return { status => $status, body => $text // '' }
            if ($status // 503) !~ /^(202|423|429|503)$/;
        sleep 0.1;
    }
    return { status => 0, body => 'never' };
}

# Looks at what was received; most uploads are then brought to their end.
sub finish {
    my ($self, $take) = @_;

    return finish_file($self->{server}, $take)
        if $take->isa('WaveForge::Chaos::File');
    my $look = $take->look;
    return if $take->{done};
    $look->{judge}->($self->ask('GET', "/upload/$take->{id}?received=1"));
    return if $take->{delete_sent};
    $self->send_missing($take);
    if ($take->{provisional} || $take->{complete_sent} || chance 0.7) {
        $self->complete($take);
    } elsif ($take->missing == 0) {
        $take->{unfinished} = 1;
    }
    $take->forget_bytes;
}

sub send_missing {
    my ($self, $take) = @_;
    my %size = $take->{chunk_size} ? (chunk_size => $take->{chunk_size}) : ();

    for my $index ($take->missing) {
        my $bytes = $take->chunk($index);
        my $query = join '&', "file_id=$take->{id}", "chunk_index=$index",
            map { "$_=$size{$_}" } keys %size;
        my $answer = $self->ask('POST', "/upload/chunk?$query", $bytes,
                                digest_header $bytes);
        $take->note("at last, chunk $index", $answer);
        next if $answer->{body} =~ /"ALREADY_COMPLETE"/
            && $take->{complete_sent};
        $take->fault("chunk $index cannot be sent", $answer)
            if $answer->{status} != 200;
        $take->{acknowledged}{$index} = 1;
    }
}

sub complete {
    my ($self, $take) = @_;
    my $request = $take->complete;
    my $answer = $self->ask('POST', '/recording/complete',
        "{\"file_id\":\"$take->{id}\",\"sha256\":\"$take->{sha256}\","
            . '"total_chunks":' . $take->count . '}',
        'Content-Type: application/json');

    $request->{judge}->($answer);
    $take->fault('cannot be completed', $answer) if !$take->{done};
}

# Every page of a list.
sub all {
    my ($self, $path, $key) = @_;
    my $next;
    my @all;

    do {
        my $answer = $self->ask('GET', "$path?limit=1000"
            . (defined $next ? "&cursor=$next" : ''));
        my $page = decode_json($answer->{body});
        push @all, @{$page->{$key}};
        $next = $page->{next};
    } while (defined $next);
    return @all;
}

# Of a take that was deleted nothing is left once that was acknowledged.
sub compare_recordings {
    my ($self, @takes) = @_;
    my %listed = map { $_->{id} => $_ } $self->all('/recordings', 'recordings');

    for my $take (@takes) {
        my $recording = delete $listed{$take->{id}};
        my $is_uncertain = $take->may_be_gone;

        $take->fault('is listed though deleted') if $recording
            && $take->is_gone;
        $take->fault('is not listed') if !$recording && $take->{done}
            && !$is_uncertain;
        $self->compare_bytes($take, $recording) if $recording;
    }
    for my $recording (values %listed) {
        my ($file) = grep { is_stray_recording $_, $recording }
            files_of @takes;
        $self->{fault}->("nobody made $recording->{id}\n") if !$file;
        $self->compare_bytes($file, $recording) if $file;
    }
}

sub compare_bytes {
    my ($self, $take, $recording) = @_;

    $self->{count}{recordings}++;
    $self->{published}{$recording->{id}} = $take->{sha256};
    $take->fault('is listed with another digest')
        if $recording->{sha256} ne $take->{sha256};
    my $path = "$self->{server}{store}/$recording->{filename}";
    my $file = eval { Digest::SHA->new(256)->addfile($path, 'b') };
    $take->fault("has other bytes in $recording->{filename}")
        if !$file || $file->hexdigest ne $take->{sha256};
}

sub compare_uploads {
    my ($self, @takes) = @_;
    my %listed = map { $_->{file_id} => $_ } $self->all('/uploads', 'uploads');

    for my $take (@takes) {
        my $upload = delete $listed{$take->{id}};

        $take->fault('is listed among the uploads')
            if $upload && ($take->{done} || $take->{deleted});
        $take->fault('is not among the uploads')
            if !$upload && $take->{unfinished};
        $self->{count}{uploads}++ if $upload;
    }
    for my $upload (values %listed) {
        $self->{fault}->("nobody made $upload->{file_id}\n")
            if !grep { is_stray_upload $_, $upload } files_of @takes;
    }
    $_->fault("@{[keys %{$_->{others}}]} are missing")
        for grep { %{$_->{others}} } files_of @takes;
}

# With the server stopped: metadata.json, and the files that belong to uploads.
sub compare_files {
    my $self = shift;
    my $store = $self->{server}{store};

    open my $file, '<:raw', "$store/metadata.json" or die $!;
    my $text = join '', <$file>;
    my %told = map { $_->{id} => $_->{sha256} }
        @{decode_json($text)->{recordings}};
    $self->{fault}->("metadata.json tells of other recordings\n")
        if join(' ', map { "$_ $told{$_}" } sort keys %told)
            ne join(' ', map { "$_ $self->{published}{$_}" }
                    sort keys %{$self->{published}});
    my %rows = map { $_ => 1 } $self->sql('SELECT row FROM upload');
    opendir my $folder, "$store/.wfstore/uploads" or die $!;
    for my $name (grep { !/^\./ } readdir $folder) {
        my ($row) = $name =~ /\.(\d+)\.(?:part|\d+)\z/;
        $self->{fault}->("$name belongs to no upload\n")
            if !$row || !$rows{$row};
    }
}

sub sql {
    my ($self, $query) = @_;
    my $path = "$self->{server}{store}/.wfstore/catalog.sqlite3";
    my @rows = `sqlite3 -readonly '$path' '$query'`;

    $self->{fault}->("sqlite3 cannot read $path\n") if $?;
    chomp @rows;
    return @rows;
}

# Kept from the sanitizers' files of the server, which is another process.
sub verify {
    my $self = shift;
    my $said = `$self->{tool} --store $self->{server}{store} verify 2>&1`;

    $self->{fault}->("wfstore verify:\n$said\n") if $?;
    return $said;
}

1;
