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
#include <string.h>

#include "error.h"
#include "json.h"

#define BUFFER_BYTES 65536
#define PATIENCE 64
#define END (-1)

typedef struct scan {
    const wfs_reader *reader;
    wfs_status status; /* the first failure; END is read from then on */
    wfs_error *error;
    uint64_t offset; /* of the next byte */
    uint64_t line;   /* it stands on */
    int patience;
    uint64_t from; /* what is in the buffer */
    size_t filled;
    char *buffer;
    char *text; /* the entry */
    size_t length;
} scan;

static void fill(scan *s)
{
    size_t got = 0;

    s->status = s->reader->read(s->reader->data, s->offset, s->buffer,
                                BUFFER_BYTES, &got);
    s->from = s->offset;
    s->filled = s->status == WFS_OK ? got : 0;
    if (s->status != WFS_OK) {
        (void)wfs_error_set(s->error, s->status, 0, "read",
                            "metadata.json cannot be read");
    }
}

static int peek(scan *s)
{
    if (s->status != WFS_OK) {
        return END;
    }
    if (s->offset < s->from || s->offset >= s->from + s->filled) {
        fill(s);
    }
    return s->filled == 0 ? END : (unsigned char)s->buffer[s->offset - s->from];
}

static int next(scan *s)
{
    int c = peek(s);

    if (c != END) {
        s->offset++;
        s->line += c == '\n';
    }
    return c;
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int peek_behind_blanks(scan *s)
{
    while (is_blank(peek(s))) {
        (void)next(s);
    }
    return peek(s);
}

static bool skip(scan *s, int expected)
{
    if (peek_behind_blanks(s) != expected) {
        return false;
    }
    (void)next(s);
    return true;
}

/* A string up to its closing quote; the opening one is read. Whether it was
 * `wanted`; its other characters are passed by. */
static bool skip_string(scan *s, const char *wanted, bool *ret_is_wanted)
{
    size_t at = 0;
    size_t length = strlen(wanted);
    bool is_wanted = true;

    for (int c = next(s); c != '"'; c = next(s)) {
        if (c == END) {
            return false;
        }
        is_wanted = is_wanted && at < length && c == wanted[at];
        at++;
        if (c == '\\' && next(s) == END) {
            return false;
        }
    }
    *ret_is_wanted = is_wanted && at == length;
    return true;
}

/* A value of any kind, up to the comma or brace behind it. */
static bool skip_value(scan *s)
{
    uint64_t depth = 0;
    bool ignored;

    for (;;) {
        int c = peek_behind_blanks(s);

        if (c == END || (depth == 0 && (c == ',' || c == '}'))) {
            return c != END;
        }
        (void)next(s);
        if (c == '{' || c == '[') {
            depth++;
        } else if (((c == '}' || c == ']') && depth-- == 0) ||
                   (c == '"' && !skip_string(s, "", &ignored))) {
            return false;
        }
    }
}

/* To behind the bracket that opens the list of recordings. */
static bool open_list(scan *s)
{
    bool is_ours = false;

    if (!skip(s, '{')) {
        return false;
    }
    while (skip(s, '"') && skip_string(s, "recordings", &is_ours) &&
           skip(s, ':')) {
        if (is_ours) {
            return skip(s, '[');
        }
        if (!skip_value(s) || !skip(s, ',')) {
            return false;
        }
    }
    return false;
}

static const char *const TOO_LONG = "the entry is too long";
static const char *const UNENDED = "the entry does not end";

/* Take the text of an entry that begins with a brace. NULL: it is whole. */
static const char *take_entry(scan *s)
{
    uint64_t depth = 0;
    bool is_string = false;
    bool is_escaped = false;

    s->length = 0;
    do {
        int c = next(s);

        if (c == END || (c == '\n' && (is_string || s->patience == 0))) {
            return UNENDED; /* a string has no plain line end in it */
        }
        if (s->length == WFS_METADATA_ENTRY_MAX_BYTES) {
            return TOO_LONG;
        }
        s->text[s->length++] = (char)c;
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
static bool is_list_end(scan *s)
{
    uint64_t offset = s->offset;
    uint64_t line = s->line;
    bool is_end = skip(s, ']') && skip(s, '}') && peek_behind_blanks(s) == END;

    s->offset = offset;
    s->line = line;
    return is_end;
}

/* To the brace that begins a line, behind the line that `offset` is on; or to
 * the end of the list. */
static void find_line(scan *s, uint64_t offset, uint64_t line)
{
    int c;

    s->offset = offset;
    s->line = line;
    do {
        for (c = next(s); c != '\n' && c != END;) {
            c = next(s);
        }
        c = peek_behind_blanks(s);
    } while (c != '{' && c != END && !(c == ']' && is_list_end(s)));
}

static wfs_status tell(scan *s, uint64_t line, const wfs_recording *recording,
                       const char *fault, wfs_metadata_visitor visit,
                       void *data)
{
    wfs_metadata_entry entry = {line, recording, fault};
    wfs_status status = visit(data, &entry);

    if (status != WFS_OK) {
        (void)wfs_error_set(s->error, status, 0, NULL, NULL);
    }
    return status;
}

/* The entry at the brace that is next. */
static wfs_status visit_entry(scan *s, wfs_metadata_visitor visit, void *data)
{
    uint64_t offset = s->offset;
    uint64_t line = s->line;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error fault = WFS_ERROR_INIT;
    const char *sentence = take_entry(s);
    wfs_status status;

    if (s->status != WFS_OK) {
        return s->status;
    }
    if (sentence == NULL) {
        status =
            wfs_json_read_recording(s->text, s->length, &recording, &fault);
        if (status == WFS_ENOMEM) {
            return wfs_error_copy(s->error, &fault);
        }
        sentence = status == WFS_OK ? NULL : fault.detail;
    }
    if (sentence == NULL) {
        status = tell(s, line, &recording, NULL, visit, data);
        wfs_recording_release(&recording);
        return status;
    }
    s->patience -= s->patience > 0;
    find_line(s, offset, line);
    return tell(s, line, NULL, sentence, visit, data);
}

/* What stands between entries. False: the list has ended. */
static bool skip_to_entry(scan *s, const char **ret_fault)
{
    int c = peek_behind_blanks(s);

    while (c == ',') {
        (void)next(s);
        c = peek_behind_blanks(s);
    }
    *ret_fault = NULL;
    if (c == END) {
        *ret_fault = "the list has no end";
    } else if (c != ']' && c != '{') {
        *ret_fault = "there is something else between two entries";
    }
    return c == '{' || (c != ']' && c != END);
}

static wfs_status visit_all(scan *s, wfs_metadata_visitor visit, void *data)
{
    wfs_status status = WFS_OK;
    const char *fault;

    if (!open_list(s) && s->status == WFS_OK) {
        s->offset = 0;
        s->line = 1;
        status =
            tell(s, 1, NULL, "the list's beginning is broken", visit, data);
    }
    while (status == WFS_OK && skip_to_entry(s, &fault)) {
        uint64_t line = s->line;

        if (fault == NULL) {
            status = visit_entry(s, visit, data);
        } else {
            find_line(s, s->offset, line);
            status = tell(s, line, NULL, fault, visit, data);
        }
    }
    if (status == WFS_OK && s->status == WFS_OK && fault != NULL) {
        status = tell(s, s->line, NULL, fault, visit, data);
    }
    return status == WFS_OK ? s->status : status;
}

wfs_status wfs_metadata_read(const wfs_reader *reader,
                             wfs_metadata_visitor visit, void *data,
                             wfs_error *error)
{
    scan s = {.reader = reader,
              .status = WFS_OK,
              .error = error,
              .line = 1,
              .patience = PATIENCE,
              .buffer = malloc(BUFFER_BYTES),
              .text = malloc(WFS_METADATA_ENTRY_MAX_BYTES)};
    wfs_status status;

    if (s.buffer == NULL || s.text == NULL) {
        status = wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                               "the store is out of memory");
    } else {
        status = visit_all(&s, visit, data);
    }
    free(s.buffer);
    free(s.text);
    return status;
}
