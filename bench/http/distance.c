/*
 * distance.c - servers that are some milliseconds away.
 */
#include "distance.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http.h"
#include "relay.h"
#include "tunnel.h"

#define NEAR "10.11.12.1"
#define FAR "10.11.12.2"
#define OWN_NETWORK "/proc/self/ns/net"
#define TUNNEL "/dev/net/tun"

/* `home`  the network this process began in, or -1: there is no distance */
static struct {
    int home;
    int near;
    int far;
    pid_t relay;
} here = {.home = -1};

static int get_network(void)
{
    int fd = open(OWN_NETWORK, O_RDONLY | O_CLOEXEC);

    if (fd == -1) {
        bench_fail(OWN_NETWORK ": %s", strerror(errno));
    }
    return fd;
}

static void enter(int network)
{
    if (setns(network, CLONE_NEWNET) != 0) {
        bench_fail("cannot enter a network: %s", strerror(errno));
    }
}

static int make_network(void)
{
    if (unshare(CLONE_NEWNET) != 0) {
        bench_fail("cannot make a network: %s", strerror(errno));
    }
    return get_network();
}

static pid_t start_relay(int near, int far, double seconds)
{
    pid_t pid = fork();

    if (pid == -1) {
        bench_fail("cannot fork");
    }
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        http_relay(near, far, seconds);
    }
    return pid;
}

bool http_may_open_distance(void)
{
    return geteuid() == 0 && access(TUNNEL, R_OK | W_OK) == 0;
}

void http_open_distance(double round_trip_seconds)
{
    int near;
    int far;

    here.home = get_network();
    here.far = make_network();
    far = http_open_tunnel(FAR, NEAR);
    here.near = make_network();
    near = http_open_tunnel(NEAR, FAR);
    here.relay = start_relay(near, far, round_trip_seconds / 2);
    (void)close(near);
    (void)close(far);
    http_settings.host = FAR;
}

void http_close_distance(void)
{
    enter(here.home);
    (void)kill(here.relay, SIGKILL);
    (void)waitpid(here.relay, NULL, 0);
    (void)close(here.home);
    (void)close(here.near);
    (void)close(here.far);
    here.home = -1;
    http_settings.host = HTTP_LOOPBACK;
}

void http_go_far(void)
{
    if (here.home != -1) {
        enter(here.far);
    }
}

void http_go_near(void)
{
    if (here.home != -1) {
        enter(here.near);
    }
}
