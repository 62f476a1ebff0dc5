package Wfstore;

# What the tests of wfstore(1) share: stores to look at, and running the tool
# in a pipe or on a terminal.

use strict;
use warnings;

use Cwd qw(abs_path);
use Exporter 'import';
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Pty;
use JSON::PP qw(decode_json);
use POSIX qw(WNOHANG);

our @EXPORT = qw(audio decode_lines make_store new_folder on_terminal read_text
    wfstore wfstore_env write_text);

# Names are compared as the bytes the tool prints.
$ENV{TZ} = 'UTC';
$ENV{LC_ALL} = 'C.UTF-8';
delete $ENV{WFSTORE_DIR};

my $tool = $ENV{WFSTORE};
my $data = abs_path(dirname(__FILE__) . '/../data');

sub new_folder {
    return tempdir('wfstore-cli-XXXXXX', TMPDIR => 1, CLEANUP => 1);
}

# Path of an audio file of tests/data.
sub audio {
    return "$data/$_[0]";
}

# make_store(PATH, [put => ID, FILE, TIMESTAMP_MS, NAME], ...)
sub make_store {
    my ($store, @commands) = @_;

    open my $to, '|-', $ENV{WFS_MAKE_STORE}, $store or die $!;
    print $to join("\t", @$_), "\n" for @commands;
    close $to or die "make_store failed";
    return $store;
}

sub read_text {
    my ($path) = @_;

    open my $file, '<:raw', $path or die "$path: $!";
    local $/;
    return scalar <$file>;
}

sub write_text {
    my ($path, $text) = @_;

    open my $file, '>:raw', $path or die "$path: $!";
    print {$file} $text;
    close $file or die "$path: $!";
}

sub how_it_ended {
    my ($status) = @_;

    return $status & 127 ? 128 + ($status & 127) : $status >> 8;
}

# Runs the tool with these words; what it printed, complained and its exit code,
# as a shell sees it.
sub wfstore {
    return wfstore_env({}, @_);
}

# The same with these in the environment.
sub wfstore_env {
    my ($environment, @words) = @_;
    my $folder = new_folder();
    my $pid = fork // die $!;

    if ($pid == 0) {
        @ENV{keys %$environment} = values %$environment;
        open STDOUT, '>', "$folder/out" or die $!;
        open STDERR, '>', "$folder/err" or die $!;
        exec $tool, @words or die $!;
    }
    waitpid $pid, 0;
    my $exit = how_it_ended($?);
    return {out => read_text("$folder/out"), err => read_text("$folder/err"),
            exit => $exit};
}

# Runs the tool with standard output and error on a terminal of so many columns
# and tells what came there. `each` is called with the text so far and the pid
# whenever more has come.
sub on_terminal {
    my (%how) = @_;
    my $pty = IO::Pty->new;
    my $slave = $pty->slave;
    my $text = '';

    # struct winsize; TIOCSWINSZ
    ioctl $slave, 0x5414, pack 'S4', 24, $how{columns} // 80, 0, 0 or die $!;
    my $pid = fork // die $!;
    if ($pid == 0) {
        POSIX::setsid();
        $ENV{TERM} = 'xterm';
        # What was started in the background ignores it, and so would the tool.
        $SIG{INT} = 'DEFAULT';
        @ENV{keys %{$how{env}}} = values %{$how{env}} if $how{env};
        $pty->make_slave_controlling_terminal;
        open STDIN, '<&', $slave or die $!;
        open STDOUT, '>&', $slave or die $!;
        open STDERR, '>&', $slave or die $!;
        close $pty;
        exec $tool, @{$how{words}} or die $!;
    }
    close $slave;
    while (sysread $pty, $text, 65536, length $text) {
        $how{each}->($text, $pid, $pty) if $how{each};
    }
    waitpid $pid, 0;
    return {text => $text, exit => how_it_ended($?)};
}

# The JSON objects of these lines.
sub decode_lines {
    return map { decode_json($_) } split /\n/, $_[0];
}

1;
