/*
 * wf_upload_concat.c - the Upload-Concat header of tus.
 */
#include "wf_upload_concat.h"

#include <string.h>


wf_concat_kind
wf_upload_concat_parse(wf_span text, wf_span *ret_list)
{
    wf_span rest = wf_span_trim(text);
    wf_span kind;

    if (wf_span_is(rest, "partial")) {
        return WF_CONCAT_PARTIAL;
    }

    kind = wf_span_cut(&rest, ';');
    rest = wf_span_trim(rest);

    if (!wf_span_is(kind, "final") || rest.length == 0) {
        return WF_CONCAT_MALFORMED;
    }

    *ret_list = rest;

    return WF_CONCAT_FINAL;
}


static bool
read_id(wf_span url, char ret_id[WFS_ID_MAX_BYTES + 1])
{
    static const char folder[] = "/files/";
    const size_t length = sizeof(folder) - 1;
    size_t start = url.length;

    while (start > 0 && url.bytes[start - 1] != '/') {
        start--;
    }

    if (start < length
        || memcmp(url.bytes + start - length, folder, length) != 0
        || !wfs_id_is_valid(url.bytes + start, url.length - start))
    {
        return false;
    }

    memcpy(ret_id, url.bytes + start, url.length - start);
    ret_id[url.length - start] = '\0';

    return true;
}


bool
wf_upload_concat_next(wf_span *list, char ret_id[WFS_ID_MAX_BYTES + 1],
                      bool *ret_is_good)
{
    wf_span url = {NULL, 0};

    *ret_is_good = true;

    while (url.length == 0) {

        if (list->length == 0) {
            return false;
        }

        url = wf_span_cut(list, ' ');
    }

    *ret_is_good = read_id(url, ret_id);

    return *ret_is_good;
}
