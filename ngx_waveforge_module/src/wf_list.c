/*
 * wf_list.c - which page of a list a query string asks for.
 */
#include "wf_list.h"

#include <string.h>

#include "wf_number.h"

typedef struct list_field {
    const char *name;
    bool (*read)(wf_list *list, wf_span value);
} list_field;


void
wf_list_init(wf_list *list)
{
    const wfs_list_query query = WFS_LIST_QUERY_INIT;

    memset(list, 0, sizeof(*list));
    list->limit = query.limit;
    list->sort = query.sort;
    list->descending = query.descending;
}


static bool
read_limit(wf_list *list, wf_span value)
{
    uint64_t limit;

    if (!wf_number_parse(value.bytes, value.length, &limit)
        || limit < 1 || limit > WFS_LIST_LIMIT_MAX)
    {
        return false;
    }

    list->limit = (size_t) limit;

    return true;
}


static bool
read_cursor(wf_list *list, wf_span value)
{
    if (memchr(value.bytes, '\0', value.length) != NULL) {
        return false;
    }

    memcpy(list->cursor, value.bytes, value.length);
    list->cursor[value.length] = '\0';
    list->has_cursor = true;

    return true;
}


static bool
read_sort(wf_list *list, wf_span value)
{
    size_t i;
    static const char *const sorts[] = {
        [WFS_SORT_TIMESTAMP] = "timestamp",
        [WFS_SORT_NAME] = "name",
        [WFS_SORT_DURATION] = "duration",
        [WFS_SORT_SIZE] = "size",
    };

    list->descending = value.length > 0 && value.bytes[0] == '-';

    if (list->descending) {
        value.bytes++;
        value.length--;
    }

    for (i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
        if (wf_span_is(value, sorts[i])) {
            list->sort = (wfs_sort) i;
            return true;
        }
    }

    return false;
}


static bool
read_q(wf_list *list, wf_span value)
{
    if (value.length > 0 && !wfs_name_is_valid(value.bytes, value.length)) {
        return false;
    }

    memcpy(list->q, value.bytes, value.length);
    list->q[value.length] = '\0';

    return true;
}


static bool
read_field(wf_list *list, const list_field *field, wf_span encoded)
{
    char buffer[WF_LIST_CURSOR_BYTES];
    wf_span value = {buffer, 0};

    return wf_query_decode(encoded, buffer, sizeof(buffer), &value.length)
           && field->read(list, value);
}


/* `fields` end with a name of NULL. */
static bool
parse(wf_list *list, const list_field *fields, wf_span query)
{
    wf_span name, value;
    const list_field *field;

    while (wf_query_next(&query, &name, &value)) {
        for (field = fields; field->name != NULL; field++) {
            if (wf_span_is(name, field->name)) {
                break;
            }
        }

        if (field->name != NULL && !read_field(list, field, value)) {
            list->culprit = field->name;
            return false;
        }
    }

    return true;
}


bool
wf_list_parse_recordings(wf_list *list, wf_span query)
{
    static const list_field fields[] = {
        {"limit", read_limit},
        {"cursor", read_cursor},
        {"sort", read_sort},
        {"q", read_q},
        {NULL, NULL},
    };

    return parse(list, fields, query);
}


bool
wf_list_parse_uploads(wf_list *list, wf_span query)
{
    static const list_field fields[] = {
        {"limit", read_limit},
        {"cursor", read_cursor},
        {NULL, NULL},
    };

    return parse(list, fields, query);
}


void
wf_list_get_query(const wf_list *list, wfs_list_query *ret_query)
{
    *ret_query = (wfs_list_query) WFS_LIST_QUERY_INIT;

    ret_query->limit = list->limit;
    ret_query->sort = list->sort;
    ret_query->descending = list->descending;
    ret_query->cursor = list->has_cursor ? list->cursor : NULL;
    ret_query->q = list->q[0] ? list->q : NULL;
}
