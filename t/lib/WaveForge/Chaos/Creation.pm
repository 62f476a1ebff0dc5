package WaveForge::Chaos::Creation;

# Making a file below /files/. The server chooses its id, which a client knows
# from the answer or from a 104 before it; when both got lost, and the client
# makes another, a stray file is left. `create($file)` asks for one.

use strict;
use warnings;

use Exporter 'import';
use List::Util qw(max);
use MIME::Base64 qw(encode_base64);
use WaveForge::Chaos::Wire qw(chance request);

our @EXPORT_OK = qw(create is_stray_recording is_stray_upload);

# Nothing, the first bytes or all.
sub create($) {
    my $file = shift;
    my $length = chance(0.2) ? $file->{size}
        : chance(0.5) ? 0 : int rand $file->{size};
    my $is_whole = $length == $file->{size};
    my $body = substr $file->bytes, 0, $length;
    my $what = "create with $length";

    $file->{most} = max $file->{most}, $length;
    $file->{complete_sent} ||= $is_whole;
    my $request = $file->asks($what, request('POST', '/files/', $body,
        $file->dialect_headers, headers_of($file, $length, $is_whole)),
        sub { judge($file, $length, @_) }, sub { miss($file, $is_whole, @_) });
    $request->{hear} = sub { hear($file, @_) };
    return $request;
}

sub headers_of {
    my ($file, $length, $is_whole) = @_;
    my $name = $file->{name};

    return ('Upload-Complete: ?' . ($is_whole ? 1 : 0),
            "Content-Disposition: attachment; filename=\"$name\"",
            chance(0.5) ? "Upload-Length: $file->{size}" : ())
        if !$file->is_tus;
    return ("Upload-Length: $file->{size}",
            'Upload-Metadata: filename ' . encode_base64($name, ''),
            $length ? 'Content-Type: application/offset+octet-stream' : ());
}

# The first one that is heard of counts; the others are known, too, each with
# what the server has of it. To have all is not to be complete: that is for an
# answer to say, and the server may be gone between the two.
sub know {
    my ($file, $id, $offset) = @_;

    if (!$file->{is_created}) {
        $file->{is_created} = 1;
        $file->{id} = $id;
    }
    if ($file->{id} eq $id) {
        return $file->{known} = max $file->{known}, $offset;
    }
    $file->{others}{$id} = max $file->{others}{$id} // 0, $offset;
}

# A 104: where the file is, then up to where; the first is noted.
sub hear {
    my ($file, $head, $noted) = @_;

    $noted->{id} //= $file->id_in($head);
    know($file, $noted->{id}, $file->offset_in($head) // 0);
}

# Whoever heard by a 104 where it is may have deleted it before it was answered.
sub judge {
    my ($file, $length, $answer, $noted) = @_;
    my $id = $file->id_in($answer->{head});
    my $told = $file->offset_in($answer->{head}) // -1;

    return if $answer->{status} =~ /^4(04|10)$/ && $file->may_be_gone
        && ($noted->{id} // '') eq $file->{id};
    return $file->fault('was not created', $answer)
        if $answer->{status} !~ /^20[01]$/ || !$id;
    return $file->fault("was created with $told of $length bytes", $answer)
        if $told != $length;
    return $file->fault("is not the $noted->{id} told before", $answer)
        if $noted->{id} && $noted->{id} ne $id;
    know($file, $id, $told);
    return if $told != $file->{size};
    $file->{done} = 1 if $file->{id} eq $id;
    $file->{completed}{$id} = 1;
}

# No answer, or only that it may be tried again: there may be a file.
sub miss {
    my ($file, $is_whole, $noted) = @_;

    return if $noted->{id};
    $file->{strays}++;
    $file->{stray_recordings}++ if $is_whole;
}

# Whether an upload or a recording that its client does not go on with can be of
# this file. Each is asked about once.
sub is_stray_upload {
    my ($file, $upload) = @_;
    my $known = delete $file->{others}{$upload->{file_id}};

    if (defined $known) {
        $file->fault("has $upload->{received_bytes} bytes of $known in"
            . " $upload->{file_id}") if $upload->{received_bytes} < $known
            || $file->{completed}{$upload->{file_id}};
        return 1;
    }
    return ($upload->{file_name} // '') eq $file->{name}
        && ($file->{strays} // 0) > 0 && $file->{strays}--;
}

sub is_stray_recording {
    my ($file, $recording) = @_;

    return 1 if defined delete $file->{others}{$recording->{id}};
    return $recording->{name} eq $file->{name}
        && ($file->{stray_recordings} // 0) > 0 && $file->{strays}--
        && $file->{stray_recordings}--;
}

1;
