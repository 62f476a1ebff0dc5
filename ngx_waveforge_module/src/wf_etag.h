/*
 * wf_etag.h - the If-Match header (RFC 9110).
 */
#ifndef WF_ETAG_H
#define WF_ETAG_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether `etag`, without quotes, is one of the list, or the list is "*". A
 * tag that was weakened on its way (nginx's gzip does so) counts as ours: the
 * JSON it stands for is the same.
 */
bool wf_etag_is_listed(const char *list, size_t length, const char *etag);

#endif
