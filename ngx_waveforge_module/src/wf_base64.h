/*
 * wf_base64.h - base64 (RFC 4648, section 4) of header values.
 */
#ifndef WF_BASE64_H
#define WF_BASE64_H

#include <stdint.h>

#include "wf_query.h"

/*
 * Decode `text` into `bytes`. Padding may be left out; where it stands it must
 * be right. False if `text` is not base64, or its bytes are more than
 * `capacity`.
 */
bool wf_base64_decode(wf_span text, uint8_t *bytes, size_t capacity,
                      size_t *ret_length);

#endif
