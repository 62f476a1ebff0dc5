/*
 * metadata_reader.c - metadata.json, read entry by entry.
 *
 * An entry is found by its braces and handed on as text. One that cannot be
 * read is told, and reading goes on at the next line that begins with a brace;
 * since that may read some bytes twice, entries that spread over lines are
 * given up after some that were broken.
 */
#include "metadata_reader.h"

#include <stdlib.h>

#include "error.h"
#include "json.h"
#include "metadata_scan.h"

#define PATIENCE 64

typedef struct list {
    wfs_metadata_scan scan;
    int patience;
    char *text; /* the entry */
    size_t length;
} list;

/* To behind the bracket that opens the list of recordings. */
static bool open_list(list *l)
{
    bool is_ours = false;

    if (!wfs_scan_skip(&l->scan, '{')) {
        return false;
    }
    while (wfs_scan_skip(&l->scan, '"') &&
           wfs_scan_skip_string(&l->scan, "recordings", &is_ours) &&
           wfs_scan_skip(&l->scan, ':')) {
        if (is_ours) {
            return wfs_scan_skip(&l->scan, '[');
        }
        if (!wfs_scan_skip_value(&l->scan) || !wfs_scan_skip(&l->scan, ',')) {
            return false;
        }
    }
    return false;
}

static const char *const TOO_LONG = "the entry is too long";
static const char *const UNENDED = "the entry does not end";

/* Take the text of an entry that begins with a brace. NULL: it is whole. */
static const char *take_entry(list *l)
{
    uint64_t depth = 0;
    bool is_string = false;
    bool is_escaped = false;

    l->length = 0;
    do {
        int c = wfs_scan_next(&l->scan);

        if (c == WFS_SCAN_END ||
            (c == '\n' && (is_string || l->patience == 0))) {
            return UNENDED; /* a string has no plain line end in it */
        }
        if (l->length == WFS_METADATA_ENTRY_MAX_BYTES) {
            return TOO_LONG;
        }
        l->text[l->length++] = (char)c;
        if (is_string) {
            is_string = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
        } else if (c == '"') {
            is_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    } while (depth > 0);
    return NULL;
}

/* Whether the bracket that is next closes the list, and not one inside of an
 * entry that spreads over lines: nothing but a brace is behind it. */
static bool is_list_end(list *l)
{
    uint64_t offset = l->scan.offset;
    uint64_t line = l->scan.line;
    bool is_end = wfs_scan_skip(&l->scan, ']') &&
                  wfs_scan_skip(&l->scan, '}') &&
                  wfs_scan_peek_behind_blanks(&l->scan) == WFS_SCAN_END;

    l->scan.offset = offset;
    l->scan.line = line;
    return is_end;
}

/* To the brace that begins a line, behind the line that `offset` is on; or to
 * the end of the list. */
static void find_line(list *l, uint64_t offset, uint64_t line)
{
    int c;

    l->scan.offset = offset;
    l->scan.line = line;
    do {
        for (c = wfs_scan_next(&l->scan); c != '\n' && c != WFS_SCAN_END;) {
            c = wfs_scan_next(&l->scan);
        }
        c = wfs_scan_peek_behind_blanks(&l->scan);
    } while (c != '{' && c != WFS_SCAN_END && !(c == ']' && is_list_end(l)));
}

static wfs_status tell(list *l, uint64_t line, const wfs_recording *recording,
                       const char *fault, wfs_metadata_visitor visit,
                       void *data)
{
    wfs_metadata_entry entry = {line, recording, fault};
    wfs_status status = visit(data, &entry);

    if (status != WFS_OK) {
        (void)wfs_error_set(l->scan.error, status, 0, NULL, NULL);
    }
    return status;
}

/* The entry at the brace that is next. */
static wfs_status visit_entry(list *l, wfs_metadata_visitor visit, void *data)
{
    uint64_t offset = l->scan.offset;
    uint64_t line = l->scan.line;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error fault = WFS_ERROR_INIT;
    const char *sentence = take_entry(l);
    wfs_status status;

    if (l->scan.status != WFS_OK) {
        return l->scan.status;
    }
    if (sentence == NULL) {
        status =
            wfs_json_read_recording(l->text, l->length, &recording, &fault);
        if (status == WFS_ENOMEM) {
            return wfs_error_copy(l->scan.error, &fault);
        }
        sentence = status == WFS_OK ? NULL : fault.detail;
    }
    if (sentence == NULL) {
        status = tell(l, line, &recording, NULL, visit, data);
        wfs_recording_release(&recording);
        return status;
    }
    l->patience -= l->patience > 0;
    find_line(l, offset, line);
    return tell(l, line, NULL, sentence, visit, data);
}

/* What stands between entries. False: the list has ended. */
static bool skip_to_entry(list *l, const char **ret_fault)
{
    int c = wfs_scan_peek_behind_blanks(&l->scan);

    while (c == ',') {
        (void)wfs_scan_next(&l->scan);
        c = wfs_scan_peek_behind_blanks(&l->scan);
    }
    *ret_fault = NULL;
    if (c == WFS_SCAN_END) {
        *ret_fault = "the list has no end";
    } else if (c != ']' && c != '{') {
        *ret_fault = "there is something else between two entries";
    }
    return c == '{' || (c != ']' && c != WFS_SCAN_END);
}

static wfs_status visit_all(list *l, wfs_metadata_visitor visit, void *data)
{
    wfs_status status = WFS_OK;
    const char *fault;

    if (!open_list(l) && l->scan.status == WFS_OK) {
        l->scan.offset = 0;
        l->scan.line = 1;
        status =
            tell(l, 1, NULL, "the list's beginning is broken", visit, data);
    }
    while (status == WFS_OK && skip_to_entry(l, &fault)) {
        uint64_t line = l->scan.line;

        if (fault == NULL) {
            status = visit_entry(l, visit, data);
        } else {
            find_line(l, l->scan.offset, line);
            status = tell(l, line, NULL, fault, visit, data);
        }
    }
    if (status == WFS_OK && l->scan.status == WFS_OK && fault != NULL) {
        status = tell(l, l->scan.line, NULL, fault, visit, data);
    }
    return status == WFS_OK ? l->scan.status : status;
}

wfs_status wfs_metadata_read(const wfs_reader *reader,
                             wfs_metadata_visitor visit, void *data,
                             wfs_error *error)
{
    list l = {.patience = PATIENCE,
              .text = malloc(WFS_METADATA_ENTRY_MAX_BYTES)};
    wfs_status status;

    if (l.text == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                             "the store is out of memory");
    }
    status = wfs_scan_begin(reader, error, &l.scan);
    if (status == WFS_OK) {
        status = visit_all(&l, visit, data);
    }
    wfs_scan_release(&l.scan);
    free(l.text);
    return status;
}
