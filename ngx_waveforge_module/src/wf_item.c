/*
 * wf_item.c - bare items of Structured Fields.
 */
#include "wf_item.h"

#include "wf_base64.h"
#include "wf_scan.h"

#define INTEGER_DIGITS 15
#define DECIMAL_DIGITS 12
#define FRACTION_DIGITS 3


static size_t
read_digits(wf_span *rest, int64_t *value)
{
    size_t n = 0;

    while (wf_scan_is_one_of(wf_scan_front(*rest), WF_SCAN_DIGITS)
           && n <= INTEGER_DIGITS) {
        *value = *value * 10 + (wf_scan_front(*rest) - '0');
        wf_scan_advance(rest, 1);
        n++;
    }

    return n;
}


static bool
read_number(wf_span *rest, wf_item *item)
{
    bool is_negative = wf_scan_take(rest, '-');
    int64_t value = 0, fraction = 0;
    size_t digits = read_digits(rest, &value);

    if (digits == 0 || digits > INTEGER_DIGITS) {
        return false;
    }

    item->integer = is_negative ? -value : value;

    if (!wf_scan_take(rest, '.')) {
        item->kind = WF_ITEM_INTEGER;
        return true;
    }

    item->kind = WF_ITEM_OTHER;

    if (digits > DECIMAL_DIGITS) {
        return false;
    }

    digits = read_digits(rest, &fraction);

    return digits > 0 && digits <= FRACTION_DIGITS;
}


static bool
is_escape(wf_span rest)
{
    return rest.length > 1 && wf_scan_is_one_of(rest.bytes[1], "\"\\");
}


static bool
read_string(wf_span *rest, wf_item *item)
{
    const char *from;

    item->kind = WF_ITEM_STRING;
    wf_scan_advance(rest, 1);
    from = rest->bytes;

    while (rest->length > 0 && rest->bytes[0] != '"') {
        char c = rest->bytes[0];

        if (c < ' ' || c > '~' || (c == '\\' && !is_escape(*rest))) {
            return false;
        }

        wf_scan_advance(rest, c == '\\' ? 2 : 1);
    }

    item->text.bytes = from;
    item->text.length = (size_t) (rest->bytes - from);

    return wf_scan_take(rest, '"');
}


static bool
read_bytes(wf_span *rest, wf_item *item)
{
    const char *from;

    item->kind = WF_ITEM_BYTES;
    wf_scan_advance(rest, 1);
    from = rest->bytes;

    wf_scan_skip(rest, WF_SCAN_ALPHA WF_SCAN_DIGITS "+/=");

    item->text.bytes = from;
    item->text.length = (size_t) (rest->bytes - from);

    return wf_scan_take(rest, ':');
}


static bool
read_boolean(wf_span *rest, wf_item *item)
{
    item->kind = WF_ITEM_BOOLEAN;
    wf_scan_advance(rest, 1);
    item->integer = wf_scan_take(rest, '1');

    return item->integer || wf_scan_take(rest, '0');
}


static bool
read_token(wf_span *rest, wf_item *item)
{
    item->kind = WF_ITEM_OTHER;

    wf_scan_skip(rest, WF_SCAN_ALPHA WF_SCAN_DIGITS "!#$%&'*+-.^_`|~:/");

    return true;
}


static bool
read_date(wf_span *rest, wf_item *item)
{
    bool is_read;

    wf_scan_advance(rest, 1);
    is_read = read_number(rest, item) && item->kind == WF_ITEM_INTEGER;
    item->kind = WF_ITEM_OTHER;

    return is_read;
}


/* A quoted string with %xx in it, which nobody decodes. */
static bool
read_display_string(wf_span *rest, wf_item *item)
{
    bool is_read;

    wf_scan_advance(rest, 1);
    is_read = wf_scan_front(*rest) == '"' && read_string(rest, item);
    item->kind = WF_ITEM_OTHER;

    return is_read;
}


bool
wf_item_read(wf_span *rest, wf_item *item)
{
    char c = wf_scan_front(*rest);

    if (wf_scan_is_one_of(c, WF_SCAN_DIGITS "-")) {
        return read_number(rest, item);
    }

    if (wf_scan_is_one_of(c, WF_SCAN_ALPHA "*")) {
        return read_token(rest, item);
    }

    switch (c) {

    case '"':
        return read_string(rest, item);

    case ':':
        return read_bytes(rest, item);

    case '?':
        return read_boolean(rest, item);

    case '@':
        return read_date(rest, item);

    case '%':
        return read_display_string(rest, item);

    default:
        return false;
    }
}


bool
wf_item_get_bytes(const wf_item *item, uint8_t *bytes, size_t size)
{
    size_t length = 0;

    return item->kind == WF_ITEM_BYTES
           && wf_base64_decode(item->text, bytes, size, &length)
           && length == size;
}
