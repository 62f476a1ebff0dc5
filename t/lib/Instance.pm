package Instance;

# A server of the test's own, started as a user starts one: by scripts/run, on
# a free port, with an empty store. It ends with the object, at the latest.
#
#   my $server = Instance->start;
#   my $answer = $server->get('/assets/app.css', {'if-none-match' => $etag});

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use HTTP::Tiny;
use IO::Socket::IP;

our $top = abs_path(dirname(__FILE__) . '/../..');

sub start {
    my ($class, @options) = @_;
    my $port = free_port();
    my $store = tempdir('waveforge-t-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    chown((stat $top)[4, 5], $store);
    my $self = bless {
        port  => $port,
        url   => "http://localhost:$port",
        store => "$store/uploaded_data",
        # One connection per request: a worker that leaves is never waited for.
        http  => HTTP::Tiny->new(keep_alive => 0, max_redirect => 0),
    }, $class;
    system("$top/scripts/run", '--port', $port, '--store', $self->{store},
           @options) == 0 or die 'scripts/run failed';
    return $self;
}

sub get { return $_[0]->request('GET', @_[1 .. $#_]) }

# A repeated header is an array in {headers}, as HTTP::Tiny has it.
sub request {
    my ($self, $method, $target, $headers, $content) = @_;
    my %options = (headers => $headers // {});
    $options{content} = $content if defined $content;
    return $self->{http}->request($method, $self->{url} . $target, \%options);
}

# Sends these bytes as they are; all that comes back until the server closes.
sub talk {
    my ($self, $bytes) = @_;
    my $socket = IO::Socket::IP->new(
        PeerHost => '127.0.0.1', PeerPort => $self->{port}, Timeout => 10)
        or die "no connection: $@";
    print {$socket} $bytes;
    local $/;
    return scalar(<$socket>) // '';
}

# A file of the instance: 'logs/access.log'.
sub slurp {
    my ($self, $name) = @_;
    open my $file, '<', "$top/build/run/$self->{port}/$name" or return '';
    local $/;
    return scalar <$file>;
}

sub stop {
    my ($self) = @_;
    return if !$self->{port};
    local $?;
    system "$top/scripts/run", '--stop', '--port', $self->{port};
    remove_tree("$top/build/run/$self->{port}");
    $self->{port} = 0;
}

sub DESTROY { $_[0]->stop }

sub free_port {
    my $socket = IO::Socket::IP->new(
        LocalHost => '127.0.0.1', LocalPort => 0, Listen => 1)
        or die "no free port: $@";
    return $socket->sockport;
}

1;
