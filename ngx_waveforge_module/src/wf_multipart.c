/*
 * wf_multipart.c - a streaming parser of multipart/form-data.
 *
 * A boundary cannot contain a carriage return, so a delimiter that matched in
 * part and then failed cannot begin anew within what matched: these bytes are
 * data, and since they equal the delimiter's first ones they need not be kept.
 */
#include "wf_multipart.h"

#include <string.h>

#include "wf_disposition.h"


bool
wf_multipart_init(wf_multipart *mp, const char *content_type, size_t length)
{
    size_t n;

    memset(mp, 0, sizeof(*mp));
    memcpy(mp->delimiter, "\r\n--", 4);

    if (!wf_multipart_is_type(content_type, length)
        || !wf_disposition_get(content_type, length, "boundary",
                               mp->delimiter + 4,
                               WF_MULTIPART_BOUNDARY_BYTES, &n)
        || n == 0 || memchr(mp->delimiter + 4, '\r', n) != NULL)
    {
        return false;
    }

    mp->delimiter_length = n + 4;

    /* the first delimiter may stand at the very begin, without its CRLF */

    mp->matched = 2;

    return true;
}


bool
wf_multipart_is_type(const char *content_type, size_t length)
{
    wf_span rest = {content_type, length};

    return wf_span_is_nocase(wf_span_trim(wf_span_cut(&rest, ';')),
                             "multipart/form-data");
}


static wf_multipart_event
fail(wf_multipart *mp)
{
    mp->state = WF_MULTIPART_BROKEN;

    return WF_MULTIPART_MALFORMED;
}


static void
pass_boundary(wf_multipart *mp)
{
    mp->matched = 0;
    mp->tail_length = 0;
    mp->state = WF_MULTIPART_AFTER_BOUNDARY;
}


/*
 * Go on with a delimiter of which `matched` bytes are there. Returns false if
 * the piece ended or something else follows; then `matched` tells which.
 */
static bool
match_on(wf_multipart *mp, const char **pos, const char *last)
{
    while (*pos < last && mp->matched < mp->delimiter_length
           && **pos == mp->delimiter[mp->matched])
    {
        mp->matched++;
        (*pos)++;
    }

    return mp->matched == mp->delimiter_length;
}


/* Bytes that only looked like a delimiter, if any: false while undecided. */
static bool
resolve_match(wf_multipart *mp, const char **pos, const char *last,
              wf_span *ret_data)
{
    ret_data->length = 0;

    if (mp->matched == 0) {
        return true;
    }

    if (match_on(mp, pos, last)) {
        pass_boundary(mp);
        return true;
    }

    if (*pos == last) {
        return false;
    }

    ret_data->bytes = mp->delimiter;
    ret_data->length = mp->matched;
    mp->matched = 0;

    return true;
}


/* Bytes up to the next carriage return that may begin a delimiter. */
static wf_span
take_plain(wf_multipart *mp, const char **pos, const char *last)
{
    wf_span plain = {*pos, 0};
    const char *from = *pos;

    for ( ;; ) {
        size_t left = (size_t) (last - from), n;
        const char *cr = left > 0 ? memchr(from, '\r', left) : NULL;

        if (cr == NULL) {
            plain.length = (size_t) (last - plain.bytes);
            *pos = last;
            return plain;
        }

        left = (size_t) (last - cr);
        n = left < mp->delimiter_length ? left : mp->delimiter_length;

        if (memcmp(cr, mp->delimiter, n) == 0) {
            plain.length = (size_t) (cr - plain.bytes);
            *pos = cr;
            return plain;
        }

        from = cr + 1;
    }
}


static wf_multipart_event
end_part(wf_multipart *mp)
{
    bool was_in_part = mp->is_in_part;

    mp->is_in_part = false;

    return was_in_part ? WF_MULTIPART_PART_END : WF_MULTIPART_MORE;
}


/* Preamble and part data alike; MORE: used up, or a boundary was passed. */
static wf_multipart_event
scan(wf_multipart *mp, const char **pos, const char *last, wf_span *ret_data)
{
    if (!resolve_match(mp, pos, last, ret_data)) {
        return WF_MULTIPART_MORE;
    }

    if (mp->state == WF_MULTIPART_AFTER_BOUNDARY) {
        return end_part(mp);
    }

    if (ret_data->length > 0 && mp->is_in_part) {
        return WF_MULTIPART_DATA;
    }

    *ret_data = take_plain(mp, pos, last);

    if (ret_data->length > 0 && mp->is_in_part) {
        return WF_MULTIPART_DATA;
    }

    if (*pos < last && match_on(mp, pos, last)) {
        pass_boundary(mp);
        return end_part(mp);
    }

    return WF_MULTIPART_MORE;
}


/* Behind a boundary: "--" ends the body, CRLF begins a part's header. */
static wf_multipart_event
scan_tail(wf_multipart *mp, const char **pos, const char *last)
{
    while (*pos < last && mp->tail_length < 2) {
        char c = *(*pos)++;

        if (mp->tail_length > 0 || (c != ' ' && c != '\t')) {
            mp->tail[mp->tail_length++] = c;
        }
    }

    if (mp->tail_length < 2) {
        return WF_MULTIPART_MORE;
    }

    if (memcmp(mp->tail, "--", 2) == 0) {
        mp->state = WF_MULTIPART_IN_EPILOGUE;
        return WF_MULTIPART_END;
    }

    if (memcmp(mp->tail, "\r\n", 2) != 0) {
        return fail(mp);
    }

    mp->state = WF_MULTIPART_IN_HEADER;
    mp->header_length = 0;
    mp->line = 0;
    mp->has_name = false;

    return WF_MULTIPART_MORE;
}


/* One header line, without its CRLF; only Content-Disposition matters. */
static bool
take_line(wf_multipart *mp, const char *line, size_t length)
{
    static const char name[] = "content-disposition";
    wf_span value = {line, length};
    size_t n;

    if (!wf_span_is_nocase(wf_span_trim(wf_span_cut(&value, ':')), name)) {
        return true;
    }

    if (!wf_disposition_get(value.bytes, value.length, "name", mp->name,
                            WF_MULTIPART_NAME_BYTES, &n))
    {
        return false;
    }

    mp->name[n] = '\0';
    mp->has_name = true;

    return true;
}


static wf_multipart_event
begin_part(wf_multipart *mp)
{
    if (!mp->has_name) {
        return fail(mp);
    }

    mp->state = WF_MULTIPART_IN_DATA;
    mp->is_in_part = true;

    return WF_MULTIPART_PART;
}


static wf_multipart_event
scan_header(wf_multipart *mp, const char **pos, const char *last)
{
    while (*pos < last) {
        size_t length;

        if (mp->header_length == WF_MULTIPART_HEADER_BYTES) {
            return fail(mp);
        }

        mp->header[mp->header_length++] = *(*pos)++;
        length = mp->header_length - mp->line;

        if (length < 2
            || memcmp(mp->header + mp->header_length - 2, "\r\n", 2) != 0)
        {
            continue;
        }

        if (length == 2) {
            return begin_part(mp);
        }

        if (!take_line(mp, mp->header + mp->line, length - 2)) {
            return fail(mp);
        }

        mp->line = mp->header_length;
    }

    return WF_MULTIPART_MORE;
}


static wf_multipart_event
step(wf_multipart *mp, const char **pos, const char *last, wf_span *ret_data)
{
    switch (mp->state) {

    case WF_MULTIPART_IN_PREAMBLE:
    case WF_MULTIPART_IN_DATA:
        return scan(mp, pos, last, ret_data);

    case WF_MULTIPART_AFTER_BOUNDARY:
        return scan_tail(mp, pos, last);

    case WF_MULTIPART_IN_HEADER:
        return scan_header(mp, pos, last);

    case WF_MULTIPART_IN_EPILOGUE:
        *pos = last;
        return WF_MULTIPART_MORE;

    default:
        return WF_MULTIPART_MALFORMED;
    }
}


wf_multipart_event
wf_multipart_next(wf_multipart *mp, const char **pos, const char *last,
                  wf_span *ret_data)
{
    wf_multipart_event event = WF_MULTIPART_MORE;

    while (*pos < last && event == WF_MULTIPART_MORE) {
        event = step(mp, pos, last, ret_data);
    }

    return event;
}
