/*
 * wf_origin.h - origins (RFC 6454): how they are written, and whether one is
 * the host a request was sent to.
 */
#ifndef WF_ORIGIN_H
#define WF_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Compares host and port, not the scheme: TLS may end in front of us. The
 * default port of the origin's scheme may be written or not, on either side.
 * An opaque origin ("null") is no host.
 */
bool wf_origin_is_host(const char *origin, size_t origin_length,
                       const char *host, size_t host_length);

/*
 * Writes `text` as a browser does into `ret_origin`, which has room for
 * `length` bytes: in lower case, without the default port of its scheme.
 * Returns its length, or 0 if `text` is not scheme://host[:port] and nothing
 * else. The host is a name in ASCII or an address.
 */
size_t wf_origin_write(const char *text, size_t length, char *ret_origin);

#endif
