/*
 * Forms, cut into pieces wherever a network may cut them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wf_multipart.h"

#define TYPE "multipart/form-data; boundary=xyz"

/* What came out: "name=data;" for each part, "." at the end, "!" if broken. */
static char seen[16384];
static size_t seen_length;


static void
note(const char *bytes, size_t length)
{
    assert_true(seen_length + length < sizeof(seen));
    memcpy(seen + seen_length, bytes, length);
    seen_length += length;
    seen[seen_length] = '\0';
}


static void
note_event(wf_multipart_event event, const wf_multipart *mp, wf_span data)
{
    switch (event) {

    case WF_MULTIPART_PART:
        note(mp->name, strlen(mp->name));
        note("=", 1);
        break;

    case WF_MULTIPART_DATA:
        assert_true(data.length > 0);
        note(data.bytes, data.length);
        break;

    case WF_MULTIPART_PART_END:
        note(";", 1);
        break;

    default:
        note(event == WF_MULTIPART_END ? "." : "!", 1);
        break;
    }
}


/* Each piece is a copy of its own, so that reading beyond it is found. */
static bool
feed(wf_multipart *mp, const char *bytes, size_t length)
{
    char *copy = malloc(length ? length : 1);
    const char *pos = copy, *last = copy + length;
    wf_span data = {NULL, 0};
    wf_multipart_event event;

    assert_non_null(copy);
    memcpy(copy, bytes, length);

    do {
        event = wf_multipart_next(mp, &pos, last, &data);

        if (event != WF_MULTIPART_MORE) {
            note_event(event, mp, data);
        }
    } while (event != WF_MULTIPART_MORE && event != WF_MULTIPART_MALFORMED);

    free(copy);

    return event == WF_MULTIPART_MORE;
}


static void
parse_in_steps(const char *type, const char *body, size_t length, size_t step)
{
    wf_multipart mp;
    size_t at = 0;

    seen_length = 0;
    seen[0] = '\0';

    assert_true(wf_multipart_init(&mp, type, strlen(type)));

    while (at < length) {
        size_t n = length - at < step ? length - at : step;

        if (!feed(&mp, body + at, n)) {
            return;
        }

        at += n;
    }
}


static void
parse_in_two(const char *type, const char *body, size_t length, size_t cut)
{
    wf_multipart mp;

    seen_length = 0;
    seen[0] = '\0';

    assert_true(wf_multipart_init(&mp, type, strlen(type)));

    if (feed(&mp, body, cut)) {
        (void) feed(&mp, body + cut, length - cut);
    }
}


/* In pieces of each size, so also byte by byte, and cut in two at each byte. */
static void
assert_parsed(const char *body, const char *expected)
{
    size_t at, length = strlen(body);

    for (at = 1; at <= length; at++) {
        parse_in_steps(TYPE, body, length, at);
        assert_string_equal(seen, expected);
    }

    for (at = 0; at <= length; at++) {
        parse_in_two(TYPE, body, length, at);
        assert_string_equal(seen, expected);
    }
}


#define PART(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"


static void
parts_come_out_however_the_body_is_cut(void **state)
{
    (void) state;

    assert_parsed("--xyz\r\n" PART("a") "1\r\n--xyz\r\n" PART("file")
                  "bytes\r\n\r\nof it\r\n--xyz--\r\n",
                  "a=1;file=bytes\r\n\r\nof it;.");
}


static void
what_only_resembles_a_boundary_is_data(void **state)
{
    (void) state;

    assert_parsed("--xyz\r\n" PART("f")
                  "\r\n--xy\r\n-\r\r\n\r\n--xy z\r\n--\r\n--xyz--",
                  "f=\r\n--xy\r\n-\r\r\n\r\n--xy z\r\n--;.");
}


static void
an_empty_part_has_no_data(void **state)
{
    (void) state;

    assert_parsed("--xyz\r\n" PART("f") "\r\n--xyz--", "f=;.");
}


static void
preamble_epilogue_and_padding_are_skipped(void **state)
{
    (void) state;

    assert_parsed("hello\r\n-- \r\n--xyz \t\r\nX-Y: z\r\n"
                  "content-disposition : form-data; filename=\"a;\\\"b\"; "
                  "NAME=f\r\n\r\n1\r\n--xyz--\r\nbye\r\n--xyz\r\n",
                  "f=1;.");
}


static void
a_body_that_is_cut_off_has_no_end(void **state)
{
    (void) state;

    assert_parsed("--xyz\r\n" PART("f") "abc\r\n--xy", "f=abc");
    assert_parsed("", "");
}


static void
what_is_no_form_is_malformed(void **state)
{
    (void) state;

    assert_parsed("--xyz\r\n\r\n1\r\n--xyz--", "!");
    assert_parsed("--xyz\r\nContent-Disposition: form-data\r\n\r\n", "!");
    assert_parsed("--xyzzy\r\n", "!");
    assert_parsed("--xyz-\r\n", "!");
}


static void
a_header_without_end_is_malformed(void **state)
{
    static char body[WF_MULTIPART_HEADER_BYTES + 100];

    (void) state;

    memset(body, 'x', sizeof(body) - 1);
    memcpy(body, "--xyz\r\n", 7);

    parse_in_steps(TYPE, body, strlen(body), 1000);
    assert_string_equal(seen, "!");
}


static void
a_name_that_is_too_long_is_malformed(void **state)
{
    char body[256];

    (void) state;

    (void) snprintf(body, sizeof(body), "--xyz\r\nContent-Disposition: "
                    "form-data; name=\"%065d\"\r\n\r\n", 0);

    parse_in_steps(TYPE, body, strlen(body), 7);
    assert_string_equal(seen, "!");
}


static void
boundaries_have_1_to_70_bytes(void **state)
{
    char type[128] = "Multipart/Form-Data; charset=x; boundary=\"";
    size_t length = strlen(type);
    wf_multipart mp;

    (void) state;

    memset(type + length, 'b', 70);
    type[length + 70] = '"';
    assert_true(wf_multipart_init(&mp, type, length + 71));

    type[length + 70] = 'b';
    type[length + 71] = '"';
    assert_false(wf_multipart_init(&mp, type, length + 72));

    assert_false(wf_multipart_init(&mp, "multipart/form-data", 19));
    assert_false(wf_multipart_init(&mp, "multipart/form-data; boundary=", 30));
    assert_false(wf_multipart_init(&mp, "multipart/mixed; boundary=a", 27));
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_come_out_however_the_body_is_cut),
        cmocka_unit_test(what_only_resembles_a_boundary_is_data),
        cmocka_unit_test(an_empty_part_has_no_data),
        cmocka_unit_test(preamble_epilogue_and_padding_are_skipped),
        cmocka_unit_test(a_body_that_is_cut_off_has_no_end),
        cmocka_unit_test(what_is_no_form_is_malformed),
        cmocka_unit_test(a_header_without_end_is_malformed),
        cmocka_unit_test(a_name_that_is_too_long_is_malformed),
        cmocka_unit_test(boundaries_have_1_to_70_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
