package WaveForge::Server;

# A server with several workers for tests that kill, cut and fill. It ends with
# the object. The binary, the module and a free port come from the environment,
# as for Test::Nginx.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Path qw(make_path remove_tree);
use POSIX qw(WNOHANG);
use Time::HiRes qw(sleep);
use parent qw(WaveForge::Client);

# new(directives => '…', server => '…', http => '…', workers => 2,
#     store => PATH, reserve => SIZE, user => NAME)
#
# Workers are `user`'s where the master is root's: root's own by default.
#
# main => '…' stands outside of http, http => '…' and server => '…' in it and in
# the server. With daemon => 1 the master is nobody's child, as an upgrade of the
# binary needs it.
sub new {
    my ($class, %options) = @_;
    my $root = ($ENV{TEST_NGINX_SERVROOT} // 'build/test/t/servroot')
        . join '-', '-server', $$, $options{port} // ();
    my $self = bless {
        port => ($ENV{TEST_NGINX_PORT} // 1984) + 1,
        workers => 2, directives => '', server => '', http => '',
        reserve => 0, main => '', daemon => 0, user => 'root', %options,
    }, $class;

    remove_tree($root);
    make_path("$root/logs");
    $self->{root} = abs_path($root);
    $self->{store} //= "$self->{root}/store";
    $self->write_configuration;
    $self->start;
    return $self;
}

sub write_configuration {
    my $self = shift;
    my $module = $ENV{TEST_NGINX_LOAD_MODULES} // '';
    my $load = $module ? "load_module $module;" : '';
    my $user = $> == 0 ? "user $self->{user};" : '';
    my $daemon = $self->{daemon} ? 'on' : 'off';

    open my $file, '>', "$self->{root}/nginx.conf" or die $!;
    print $file <<"CONFIG";
$load
$user
worker_processes $self->{workers};
daemon $daemon;
$self->{main}
pid logs/nginx.pid;
error_log logs/error.log info;
events { worker_connections 512; }
http {
    access_log off;
    $self->{http}
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    server {
        listen 127.0.0.1:$self->{port} reuseport;
        $self->{server}
        location / {
            waveforge on;
            waveforge_store $self->{store};
            waveforge_reserve $self->{reserve};
            waveforge_max_chunk_size 256m;
            waveforge_max_recording_size 1g;
            client_max_body_size 0;
            client_body_buffer_size 64k;
            $self->{directives}
        }
    }
}
CONFIG
    close $file or die $!;
}

sub start {
    my $self = shift;
    my $binary = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';

    $self->{pid} = fork // die $!;
    if ($self->{pid} == 0) {
        exec $binary, '-p', $self->{root}, '-c', 'nginx.conf',
            '-e', 'logs/error.log' or die $!;
    }
    if ($self->{daemon}) {
        waitpid $self->{pid}, 0;
        $self->{pid} = $self->pid_in('nginx.pid')
            // die "nginx did not start:\n" . $self->log;
    }
    for (1 .. 1200) {
        if ($self->has_ended($self->{pid})) {
            die "nginx did not start:\n" . $self->log;
        }
        return if eval { $self->get('/health/live') =~ m{^HTTP/1.1 200} };
        sleep 0.05;
    }
    die "nginx does not answer:\n" . $self->log;
}

sub stop {
    my $self = shift;

    return if !$self->{pid};
    kill 'QUIT', $self->{pid};
    for (1 .. 200) {
        last if $self->has_ended($self->{pid});
        sleep 0.05;
        kill 'KILL', $self->{pid}, $self->workers if $_ == 199;
    }
    delete $self->{pid};
}

sub DESTROY {
    my $self = shift;
    local ($?, $@);

    $self->stop;
}

sub log {
    my $self = shift;

    open my $file, '<', "$self->{root}/logs/error.log" or return '';
    local $/;
    return <$file>;
}

# A master that has left; nobody may have asked for its exit code yet.
sub has_ended {
    my ($self, $pid) = @_;

    waitpid $pid, WNOHANG;
    open my $file, '<', "/proc/$pid/stat" or return 1;
    my $stat = <$file> // return 1;
    return $stat =~ /\) [ZX] /;
}

sub pid_in {
    my ($self, $name) = @_;

    open my $file, '<', "$self->{root}/logs/$name" or return;
    return (<$file> // '') =~ /\A(\d+)\n/ ? $1 : undef;
}

# The worker processes that live now, of this master or of another.
sub workers {
    my ($self, $master) = @_;
    my $new = $self->pid_in('nginx.pid') // 0;

    $master //= $self->{pid};
    open my $file, '<', "/proc/$master/task/$master/children" or return;
    return grep { $_ != $new } split ' ', <$file> // '';
}

# New workers in the place of all: after KILL of each, or HUP, which is a reload.
# Returns whether no old one is left, so that whoever answers next is a new one.
sub renew_workers {
    my ($self, $signal) = @_;
    my %is_old = map { $_ => 1 } $self->workers;

    kill $signal, $signal eq 'HUP' ? $self->{pid} : keys %is_old;
    return $self->wait_for(sub {
        my @alive = $self->workers;
        return @alive == $self->{workers} && !grep { $is_old{$_} } @alive;
    });
}

# The configuration is loaded again, and new workers serve. Returned are the old
# ones, which stay as long as they have something to do; nothing if none came.
sub reload {
    my $self = shift;
    my @old = $self->workers;
    my %is_old = map { $_ => 1 } @old;

    kill 'HUP', $self->{pid};
    return $self->wait_for(sub {
        return $self->{workers} == grep { !$is_old{$_} } $self->workers;
    }) ? @old : ();
}

# Whether none of these is a worker any more.
sub have_left {
    my ($self, @pids) = @_;
    my %is_alive = map { $_ => 1 } $self->workers;

    return !grep { $is_alive{$_} } @pids;
}

# The binary is replaced: from now on both masters' workers serve. Ours is the
# new one; returned is the old one, to which WINCH and QUIT are for the caller.
sub upgrade {
    my $self = shift;
    my $old = $self->{pid};

    kill 'USR2', $old;
    $self->wait_for(sub {
        my $new = $self->pid_in('nginx.pid');
        return $new && $new != $old && $self->workers($new);
    }) or die "no new binary:\n" . $self->log;
    $self->{pid} = $self->pid_in('nginx.pid');
    return $old;
}

# The worker that holds a connection of ours: the one with our port open.
sub worker_of {
    my ($self, $socket) = @_;
    my $remote = sprintf '%04X', $socket->sockport;
    my $local = sprintf '%04X', $self->{port};

    open my $table, '<', '/proc/net/tcp' or die $!;
    while (my $line = <$table>) {
        my @field = split ' ', $line;

        next if $field[1] !~ /:$local$/ || $field[2] !~ /:$remote$/;
        for my $pid ($self->workers) {
            for my $link (glob "/proc/$pid/fd/*") {
                my $target = readlink $link;
                return $pid if defined $target
                    && $target eq "socket:[$field[9]]";
            }
        }
    }
    return;
}

# Whether the server has read all that we have sent: nothing waits on its side
# of the connection, nor on ours.
sub has_read {
    my ($self, $socket) = @_;
    my $ours = sprintf '%04X', $socket->sockport;
    my $theirs = sprintf '%04X', $self->{port};

    return $self->wait_for(sub {
        open my $table, '<', '/proc/net/tcp' or die $!;
        my $all = join '', <$table>;
        return $all =~ / \w+:$ours \w+:$theirs \w+ 0{8}:/
            && $all =~ / \w+:$theirs \w+:$ours \w+ \w+:0{8} /;
    });
}

# Waits until `check` is true: what a server does on its own takes a moment, and
# a busy machine its time.
sub wait_for {
    my ($self, $check) = @_;

    for (1 .. 1200) {
        return 1 if $check->();
        sleep 0.05;
    }
    return 0;
}

1;
