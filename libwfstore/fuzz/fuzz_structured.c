/*
 * fuzz_structured.c - Structured Field values: what is read lies within the
 * text, is within its limits, and written as it is read is read the same
 * again. An item with a name in front is a dictionary.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wf_content_digest.h"
#include "wf_structured.h"
#include "wf_upload_limit.h"

static void check(wf_span text, const wf_item *item)
{
    bool is_text = item->kind == WF_ITEM_STRING || item->kind == WF_ITEM_BYTES;

    REQUIRE(item->kind <= WF_ITEM_OTHER);
    REQUIRE(item->integer >= -WF_INTEGER_MAX &&
            item->integer <= WF_INTEGER_MAX);
    if (is_text) {
        REQUIRE(item->text.bytes > text.bytes);
        REQUIRE(item->text.bytes + item->text.length <
                text.bytes + text.length);
    }
}

static void read_as_member(wf_span text, const wf_item *item)
{
    char *dictionary = malloc(text.length + 5);
    wf_span span = {dictionary, 2};
    wf_item same;

    REQUIRE(dictionary != NULL);
    while (text.length > 0 && text.bytes[0] == ' ') {
        text.bytes++;
        text.length--;
    }
    memcpy(dictionary, "k=", 2);
    memcpy(dictionary + 2, text.bytes, text.length);
    memcpy(dictionary + 2 + text.length, ",l", 2);
    span.length = text.length + 4;
    REQUIRE(wf_dictionary_find(span, "k", &same));
    REQUIRE(same.kind == item->kind && same.integer == item->integer);
    REQUIRE(same.text.length == item->text.length);
    free(dictionary);
}

static void read_values(wf_span text)
{
    uint64_t size = 0;
    bool flag = false;
    uint8_t bytes[32];
    wf_item item;

    if (!wf_item_parse(text, &item)) {
        REQUIRE(!wf_item_parse_unsigned(text, &size));
        REQUIRE(!wf_item_parse_boolean(text, &flag));
        return;
    }
    check(text, &item);
    read_as_member(text, &item);
    REQUIRE(wf_item_parse_boolean(text, &flag) ==
            (item.kind == WF_ITEM_BOOLEAN));
    if (wf_item_parse_unsigned(text, &size)) {
        REQUIRE(size <= WF_INTEGER_MAX);
    }
    (void)wf_item_get_bytes(&item, bytes, sizeof bytes);
}

static void write_limit(wf_span text, uint64_t size)
{
    const wf_upload_limit limit = {size, text.length, size / 2};
    char header[WF_UPLOAD_LIMIT_BYTES];
    wf_span span = {header, wf_upload_limit_format(&limit, header)};
    wf_item item;

    REQUIRE(span.length < sizeof header);
    REQUIRE(wf_dictionary_find(span, "max-append-size", &item));
    REQUIRE((uint64_t)item.integer == text.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wf_span text = {(const char *)bytes, length};
    wfs_digest digest;
    uint64_t size = 0;
    wf_item item;

    read_values(text);
    if (wf_dictionary_find(text, "max-size", &item)) {
        check(text, &item);
    }
    (void)wf_content_digest_parse(text.bytes, text.length, &digest);
    (void)wf_want_digest_has_sha256(text.bytes, text.length);
    if (length >= sizeof size) {
        memcpy(&size, bytes, sizeof size);
        write_limit(text, size);
    }
    return 0;
}
