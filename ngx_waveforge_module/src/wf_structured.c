/*
 * wf_structured.c - values of Structured Field headers.
 *
 * A reader takes its piece off the front of `rest`; false: it is malformed, and
 * `rest` is of no more use. Nothing is nested deeper than an inner list.
 */
#include "wf_structured.h"

#include <string.h>

#include "wf_scan.h"


static bool
read_key(wf_span *rest, wf_span *key)
{
    key->bytes = rest->bytes;

    if (!wf_scan_is_one_of(wf_scan_front(*rest), WF_SCAN_LOWER "*")) {
        return false;
    }

    wf_scan_skip(rest, WF_SCAN_LOWER WF_SCAN_DIGITS "_-.*");
    key->length = (size_t) (rest->bytes - key->bytes);

    return true;
}


static bool
skip_parameters(wf_span *rest)
{
    wf_span key;
    wf_item value;

    while (wf_scan_take(rest, ';')) {
        wf_scan_skip(rest, " ");

        if (!read_key(rest, &key)) {
            return false;
        }

        if (wf_scan_take(rest, '=') && !wf_item_read(rest, &value)) {
            return false;
        }
    }

    return true;
}


static bool
skip_inner_list(wf_span *rest, wf_item *item)
{
    wf_scan_advance(rest, 1);

    for ( ;; ) {
        wf_scan_skip(rest, " ");

        if (wf_scan_take(rest, ')')) {
            item->kind = WF_ITEM_OTHER;
            return true;
        }

        if (!wf_item_read(rest, item) || !skip_parameters(rest)
            || !wf_scan_is_one_of(wf_scan_front(*rest), " )"))
        {
            return false;
        }
    }
}


bool
wf_item_parse(wf_span text, wf_item *ret_item)
{
    wf_item item;

    memset(&item, 0, sizeof(item));
    wf_scan_skip(&text, " ");

    if (!wf_item_read(&text, &item) || !skip_parameters(&text)) {
        return false;
    }

    wf_scan_skip(&text, " ");

    if (text.length > 0) {
        return false;
    }

    *ret_item = item;

    return true;
}


bool
wf_item_parse_boolean(wf_span text, bool *ret_value)
{
    wf_item item;

    if (!wf_item_parse(text, &item) || item.kind != WF_ITEM_BOOLEAN) {
        return false;
    }

    *ret_value = item.integer != 0;

    return true;
}


bool
wf_item_parse_unsigned(wf_span text, uint64_t *ret_value)
{
    wf_item item;

    if (!wf_item_parse(text, &item) || item.kind != WF_ITEM_INTEGER
        || item.integer < 0)
    {
        return false;
    }

    *ret_value = (uint64_t) item.integer;

    return true;
}


static bool
read_member(wf_span *rest, wf_span *key, wf_item *item)
{
    memset(item, 0, sizeof(*item));

    if (!read_key(rest, key)) {
        return false;
    }

    if (!wf_scan_take(rest, '=')) {
        item->kind = WF_ITEM_BOOLEAN;
        item->integer = 1;

    } else if (wf_scan_front(*rest) == '(') {
        if (!skip_inner_list(rest, item)) {
            return false;
        }

    } else if (!wf_item_read(rest, item)) {
        return false;
    }

    return skip_parameters(rest);
}


/* `rest` stands behind a member; false: neither its end nor another one. */
static bool
skip_comma(wf_span *rest)
{
    wf_scan_skip(rest, " \t");

    if (rest->length == 0) {
        return true;
    }

    if (!wf_scan_take(rest, ',')) {
        return false;
    }

    wf_scan_skip(rest, " \t");

    return rest->length > 0;
}


bool
wf_dictionary_find(wf_span text, const char *key, wf_item *ret_item)
{
    wf_span name;
    wf_item item, found;
    bool is_found = false;

    memset(&found, 0, sizeof(found));
    wf_scan_skip(&text, " ");

    while (text.length > 0) {
        if (!read_member(&text, &name, &item) || !skip_comma(&text)) {
            return false;
        }

        if (wf_span_is(name, key)) {
            found = item;
            is_found = true;
        }
    }

    if (is_found) {
        *ret_item = found;
    }

    return is_found;
}
