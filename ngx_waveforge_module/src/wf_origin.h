/*
 * wf_origin.h - whether an Origin (RFC 6454) is the host a request was sent to.
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

#endif
