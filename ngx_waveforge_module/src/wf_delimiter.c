/*
 * wf_delimiter.c - finds the delimiter of a multipart body.
 */
#include "wf_delimiter.h"

#include <string.h>

#include "wf_crlf.h"


bool
wf_delimiter_init(wf_delimiter *delimiter, wf_span boundary)
{
    if (boundary.length == 0 || boundary.length > WF_BOUNDARY_BYTES
        || memchr(boundary.bytes, '\r', boundary.length) != NULL)
    {
        return false;
    }

    memcpy(delimiter->bytes, "\r\n--", 4);
    memcpy(delimiter->bytes + 4, boundary.bytes, boundary.length);
    delimiter->length = boundary.length + 4;

    /* the first may stand at the very begin, without its CRLF */

    delimiter->matched = 2;

    return true;
}


/* Go on with what has matched; true once all of it has. */
static bool
match_on(wf_delimiter *delimiter, const char **pos, const char *last)
{
    while (*pos < last && delimiter->matched < delimiter->length
           && **pos == delimiter->bytes[delimiter->matched])
    {
        delimiter->matched++;
        (*pos)++;
    }

    return delimiter->matched == delimiter->length;
}


/* As far as the bytes go. */
static bool
may_begin(const wf_delimiter *delimiter, const char *pos, const char *last)
{
    size_t left = (size_t) (last - pos);

    return memcmp(pos, delimiter->bytes,
                  left < delimiter->length ? left : delimiter->length)
           == 0;
}


/* Bytes up to the next carriage return that may begin a delimiter. */
static wf_span
take_plain(const wf_delimiter *delimiter, const char **pos, const char *last)
{
    wf_span plain = {*pos, 0};
    const char *cr = wf_crlf_find(*pos, last);

    while (cr < last && !may_begin(delimiter, cr, last)) {
        cr = wf_crlf_find(cr + 1, last);
    }

    plain.length = (size_t) (cr - plain.bytes);
    *pos = cr;

    return plain;
}


wf_delimiter_found
wf_delimiter_next(wf_delimiter *delimiter, const char **pos, const char *last,
                  wf_span *ret_data)
{
    if (delimiter->matched == 0) {
        *ret_data = take_plain(delimiter, pos, last);

        if (ret_data->length > 0) {
            return WF_DELIMITER_DATA;
        }
    }

    if (match_on(delimiter, pos, last)) {
        delimiter->matched = 0;
        return WF_DELIMITER_PASSED;
    }

    if (*pos == last) {
        return WF_DELIMITER_MORE;
    }

    /* it only looked like one: what matched is data */

    ret_data->bytes = delimiter->bytes;
    ret_data->length = delimiter->matched;
    delimiter->matched = 0;

    return WF_DELIMITER_DATA;
}
