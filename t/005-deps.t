# scripts/deps: what it says without root or off Debian, and how it keeps
# services from starting while it installs.

use strict;
use warnings;

use File::Temp qw(tempdir);
use Test::More;

use Instance;

my $top = $Instance::top;
my $folder = tempdir(CLEANUP => 1);

sub write_file {
    my ($name, $text) = @_;
    open my $file, '>', $name or die "$name: $!";
    print {$file} $text;
    close $file or die "$name: $!";
    chmod 0755, $name;
}

# Runs bash with the functions of scripts/lib/packages.sh, whose policy lies in
# the test's folder.
sub bash {
    my ($script) = @_;
    write_file("$folder/script", <<"SCRIPT");
top=$top
section=run
. $top/scripts/lib/common.sh
. $top/scripts/lib/packages.sh
policy=$folder/policy-rc.d
policy_kept=\$policy.kept
$script
SCRIPT
    my $said = `bash $folder/script 2>&1`;
    return ($? >> 8, $said);
}

my $policy = "$folder/policy-rc.d";
my ($status, $said) = bash(<<'SCRIPT');
forbid_starting_services
for question in 'nginx start' 'nginx.service start' 'dbus start' \
    'ssh restart'; do
    $policy $question
    echo "$question: $?"
done
restore_policy
SCRIPT
is($said, <<'SAID', 'nothing is started, what runs may be restarted');
nginx start: 101
nginx.service start: 101
dbus start: 101
ssh restart: 0
SAID
ok(!-e $policy, 'the policy is gone afterwards');

write_file($policy, "#!/bin/sh\necho asked \$*\nexit 104\n");
($status, $said) = bash(<<'SCRIPT');
forbid_starting_services
$policy ssh restart
echo $?
restore_policy
$policy nginx start
ls $policy*
SCRIPT
is($said, <<"SAID", 'a policy that was there is asked, and put back');
asked ssh restart
104
asked nginx start
$policy
SAID

# The script ends with its policy in place, as a kill would end it.
unlink $policy;
bash('forbid_starting_services');
ok(-e $policy, 'a kill leaves the policy behind');
is(system("$policy nginx start") >> 8, 0, 'it forbids nothing then');
bash('restore_policy');
ok(!-e $policy, 'and the next call removes it');

mkdir "$folder/bin";
symlink "/usr/bin/$_", "$folder/bin/$_"
    for qw(bash env dirname awk sort comm cat id grep);
$said = `PATH=$folder/bin $top/scripts/deps run 2>&1`;
isnt($?, 0, 'off Debian it fails');
like($said, qr/^  nginx-dev$/m, 'and names the packages, one a line');

write_file("$folder/bin/dpkg-query", "#!/bin/sh\necho bash installed\n");
write_file("$folder/bin/apt-get", "#!/bin/sh\nexit 1\n");
unlink "$folder/bin/id";
write_file("$folder/bin/id", "#!/bin/sh\necho 1000\n");
$said = `PATH=$folder/bin $top/scripts/deps run 2>&1`;
isnt($?, 0, 'without root it fails');
like($said, qr/apt-get install .*nginx nginx-dev/,
     'and says how root installs what is missing');

done_testing();
