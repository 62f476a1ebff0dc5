# Completion: what the shells offer after the words of a line.

use strict;
use warnings;

use FindBin qw($RealBin);
use Test::More;
use Wfstore;

my $folder = new_folder();
my $store = make_store("$folder/store",
    ['put', 'take-1', audio('s16.wav'), 1000, 'take'],
    ['put', 'take-2', audio('s16.wav'), 2000, 'take'],
    ['part', 'half', audio('s16.wav')]);
my $script = "$RealBin/../../cli/completion";
my @commands = wfstore('--help')->{out} =~ /^  ([a-z]+) /mg;

mkdir "$folder/$_" or die $! for qw(backups bin);
symlink $ENV{WFSTORE}, "$folder/bin/wfstore" or die $!;
$ENV{PATH} = "$folder/bin:$ENV{PATH}";
chdir $folder or die $!;

# Shells send SIGCONT to what they started, which can keep the leak detector's
# tracer waiting for ever.
$ENV{ASAN_OPTIONS} = join ':', 'detect_leaks=0', $ENV{ASAN_OPTIONS} // ();

# As readline calls it: the words of the line, the last one being completed.
sub offered_by_bash {
    my @words = ('wfstore', @_);
    my $line = join ' ', map { "'$_'" } @words;

    return [sort split /\n/, `bash -c '
        . $script/wfstore.bash
        COMP_WORDS=("\$@")
        COMP_CWORD=\$((\$# - 1))
        _wfstore wfstore "\${COMP_WORDS[COMP_CWORD]}" \\
            "\${COMP_WORDS[COMP_CWORD - 1]}"
        [ \${#COMPREPLY[\@]} -eq 0 ] || printf "%s\\n" "\${COMPREPLY[\@]}"
        ' bash $line`];
}

is_deeply offered_by_bash(''), [sort @commands], 'bash: the commands';
is_deeply offered_by_bash('st'), ['stat'], 'those that fit';
is_deeply offered_by_bash('gc', '--del'), ['--delete-expired'],
    'options of a command';
is_deeply offered_by_bash('--store', $store, 'show', 'take'),
    ['take-1', 'take-2'], 'recordings of the store that is named';
is_deeply offered_by_bash('--store', '=', $store, 'show', 'take'),
    ['take-1', 'take-2'], 'also after a =';
is_deeply offered_by_bash('ls', '--sort', '-n'), ['-name'], 'keys of --sort';
is_deeply offered_by_bash('backup', 'b'), ['backups', 'bin'], 'folders';
is_deeply offered_by_bash('verify', '--rate', ''), [], 'nothing for numbers';

# What the function offers, told by stand-ins for zsh's own functions.
sub offered_by_zsh {
    my @words = ('wfstore', @_);
    my $line = join ' ', map { "'$_'" } @words;

    return [sort split /\n/, `zsh -f -c '
        _directories() { print DIRECTORIES }
        _describe() { print -rl -- \${(P)2} }
        compadd() {
            if [[ \$1 == -a ]]; then print -rl -- \${(P)2}
            else [[ \$1 != -- ]] || shift; print -rl -- "\$@"; fi
        }
        words=("\$@")
        CURRENT=\$#
        . $script/_wfstore' zsh $line`];
}

SKIP: {
    skip 'zsh is not installed', 5 if `sh -c 'command -v zsh'` eq '';

    my @offered = @{offered_by_zsh('')};
    is_deeply [map { /^([a-z]+):./ } @offered], [sort @commands],
        'zsh: the commands, each with what it does';
    my @options = @{offered_by_zsh('gc', '-')};
    is scalar(grep { /^--retention:delete recordings/ } @options), 1,
        'options of a command, and what they do';
    is_deeply offered_by_zsh('--store', $store, 'show', ''),
        [grep { $_ } @{offered_by_bash('--store', $store, 'show', '')}],
        'recordings of the store that is named';
    is_deeply offered_by_zsh('ls', '--sort', ''),
        [sort map { ($_, "-$_") } qw(timestamp name duration size)], 'keys';
    is_deeply offered_by_zsh('backup', ''), ['DIRECTORIES'], 'folders';
}

done_testing;
