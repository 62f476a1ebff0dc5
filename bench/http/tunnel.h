/*
 * tunnel.h - a network device whose packets a program takes and gives.
 */
#ifndef BENCH_HTTP_TUNNEL_H
#define BENCH_HTTP_TUNNEL_H

#include <stddef.h>

/* The longest packet with what comes before it. */
#define TUNNEL_PACKET_BYTES ((size_t)66 << 10)

/*
 * Make one in the current network namespace and return its descriptor, which
 * does not block. It lives as long as that. Packets come as the kernel's TCP
 * makes them, many segments at once, and can be given to another such device.
 *
 * `address`, `peer`  IPv4, of this end and of the other
 */
int http_open_tunnel(const char *address, const char *peer);

#endif
