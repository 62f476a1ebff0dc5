/*
 * wf_multipart.c - a streaming parser of multipart/form-data.
 */
#include "wf_multipart.h"

#include <string.h>

#include "wf_disposition.h"


bool
wf_multipart_init(wf_multipart *mp, const char *content_type, size_t length)
{
    char boundary[WF_BOUNDARY_BYTES];
    wf_span span = {boundary, 0};

    memset(mp, 0, sizeof(*mp));

    return wf_multipart_is_type(content_type, length)
           && wf_disposition_get(content_type, length, "boundary", boundary,
                                 sizeof(boundary), &span.length)
           && wf_delimiter_init(&mp->delimiter, span);
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


/* Preamble and part data alike. */
static wf_multipart_event
scan(wf_multipart *mp, const char **pos, const char *last, wf_span *ret_data)
{
    bool was_in_part = mp->is_in_part;

    switch (wf_delimiter_next(&mp->delimiter, pos, last, ret_data)) {

    case WF_DELIMITER_DATA:
        return was_in_part ? WF_MULTIPART_DATA : WF_MULTIPART_MORE;

    case WF_DELIMITER_PASSED:
        mp->state = WF_MULTIPART_AFTER_BOUNDARY;
        mp->tail_length = 0;
        mp->is_in_part = false;
        return was_in_part ? WF_MULTIPART_PART_END : WF_MULTIPART_MORE;

    default:
        return WF_MULTIPART_MORE;
    }
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
