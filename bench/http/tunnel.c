/*
 * tunnel.c - a network device whose packets a program takes and gives.
 */
#include "tunnel.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

#define DEVICE "/dev/net/tun"
#define NAME "bench"
#define QUEUED_MAX 10000

static void expect(int status, const char *what)
{
    if (status == -1) {
        bench_fail("%s: %s", what, strerror(errno));
    }
}

static struct ifreq make_request(void)
{
    struct ifreq request = {.ifr_flags = 0};

    (void)snprintf(request.ifr_name, sizeof request.ifr_name, NAME);
    return request;
}

static void set_address(int fd, unsigned long which, const char *text)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    struct ifreq request = make_request();

    expect(inet_pton(AF_INET, text, &address.sin_addr) == 1 ? 0 : -1, text);
    memcpy(&request.ifr_addr, &address, sizeof address);
    expect(ioctl(fd, which, &request), "the device's address");
}

static void bring_up(const char *address, const char *peer)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq request = make_request();

    set_address(fd, SIOCSIFADDR, address);
    set_address(fd, SIOCSIFDSTADDR, peer);
    request.ifr_qlen = QUEUED_MAX;
    expect(ioctl(fd, SIOCSIFTXQLEN, &request), "the device's queue");
    request = make_request();
    request.ifr_flags = IFF_UP | IFF_RUNNING | IFF_POINTOPOINT;
    expect(ioctl(fd, SIOCSIFFLAGS, &request), "the device");
    (void)close(fd);
}

int http_open_tunnel(const char *address, const char *peer)
{
    int fd = open(DEVICE, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    struct ifreq request = make_request();

    expect(fd, DEVICE);
    request.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
    expect(ioctl(fd, TUNSETIFF, &request), DEVICE);
    expect(ioctl(fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4), DEVICE);
    bring_up(address, peer);
    return fd;
}
