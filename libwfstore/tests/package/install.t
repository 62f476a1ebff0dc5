# The package, installed into a folder: what is in it, and that the example of
# README.md builds against it by find_package and by pkg-config, and runs.

use strict;
use warnings;

use File::Temp qw(tempdir);
use FindBin qw($RealBin);
use Test::More;

my $source = "$RealBin/../..";
my $folder = tempdir('wfstore-package-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $prefix = "$folder/prefix";
my $libdir = "$prefix/$ENV{WFS_LIBDIR}";
my @flags = split ' ', $ENV{WFS_CFLAGS};

sub text_of {
    my ($path) = @_;

    open my $file, '<', $path or die "$path: $!";
    local $/;
    return scalar <$file>;
}

# Runs a shell line; what it says is shown only if it fails.
sub runs {
    my ($line, $title) = @_;
    my $said = `( $line ) 2>&1`;

    ok $? == 0, $title or diag $said;
    return $said;
}

# The program built at `path` records, completes and lists.
sub records {
    my ($path, $title) = @_;
    my $store = "$path-store";

    is runs("LD_LIBRARY_PATH=$libdir $path $store <$source/tests/data/s16.wav",
            $title), "My first take: take-1\n", 'it lists what it recorded';
    like text_of("$store/metadata.json"), qr/"id":"take-1"/;
}

runs("cmake --install $ENV{WFS_BUILD} --prefix $folder/first"
    . ' --component wfstore', 'the package installs by itself');
rename "$folder/first", $prefix or die $!;

my @headers = map { m{/(wfstore/[^/]+)$} } glob "$source/include/wfstore/*.h";
for my $header (@headers) {
    runs("$ENV{WFS_CC} -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only"
        . " -I $prefix/include -include $header -x c /dev/null",
        "$header compiles by itself");
}

my ($shown) = text_of("$source/README.md") =~ /^```c\n(.*?)^```$/ms;
my $example = text_of("$source/example/record.c");
is $shown, $example, 'README.md shows the example as it is compiled here';
cmp_ok $example =~ tr/\n//, '<=', 40, 'in at most 40 lines';

mkdir "$folder/example" or die $!;
open my $list, '>', "$folder/example/CMakeLists.txt" or die $!;
print $list <<"CMAKE";
cmake_minimum_required(VERSION 3.25)
project(example LANGUAGES C)
find_package(wfstore $ENV{WFS_VERSION} REQUIRED COMPONENTS static)
add_executable(by_cmake $source/example/record.c)
target_link_libraries(by_cmake PRIVATE wfstore::wfstore)
add_executable(by_cmake_static $source/example/record.c)
target_link_libraries(by_cmake_static PRIVATE wfstore::static)
CMAKE
close $list or die $!;
runs("cmake -S $folder/example -B $folder/example/build"
    . " -DCMAKE_PREFIX_PATH=$prefix -DCMAKE_C_COMPILER=$ENV{WFS_CC}"
    . " -DCMAKE_C_FLAGS='@flags' && cmake --build $folder/example/build",
    'find_package finds it where it was moved to');
records("$folder/example/build/by_cmake", 'and the program runs');
records("$folder/example/build/by_cmake_static", 'so does the static one');

$ENV{PKG_CONFIG_PATH} = "$libdir/pkgconfig";
my $cc = "$ENV{WFS_CC} @flags -o $folder";
runs("$cc/by_pc $source/example/record.c"
    . ' $(pkg-config --cflags --libs wfstore)', 'pkg-config knows it');
records("$folder/by_pc", 'and the program runs');
unlike `pkg-config --libs wfstore`, qr/sqlite/,
    'a program of the shared library links nothing but it';

unlink glob "$libdir/libwfstore.so*";
runs("$cc/by_pc_static $source/example/record.c"
    . ' $(pkg-config --static --cflags --libs wfstore)',
    'pkg-config --static names all that the static library needs');
records("$folder/by_pc_static", 'and the program runs');

done_testing;
