/*
 * The fields that say which chunk a body is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_fields.h"

static wf_fields fields;


/* The status of reading and checking all of a query. */
static wf_field_status
parse(const char *query)
{
    wf_span span = {query, strlen(query)};
    wf_field_status status;

    wf_fields_init(&fields);
    status = wf_fields_set_query(&fields, span);

    return status == WF_FIELD_OK ? wf_fields_check(&fields) : status;
}


static void
assert_blamed(const char *query, wf_field_status status, const char *culprit)
{
    assert_int_equal(parse(query), status);
    assert_string_equal(fields.culprit, culprit);
}


static void
a_full_query_becomes_a_spec(void **state)
{
    wfs_chunk_spec spec;

    (void) state;

    assert_int_equal(parse("file_id=a-1&chunk_index=3&total_chunks=10&"
                           "chunk_size=1048576&file_name=My%20t%C3%A4ke+1.webm"
                           "&other=1&&="),
                     WF_FIELD_OK);

    wf_fields_get_spec(&fields, &spec);
    assert_string_equal(spec.id, "a-1");
    assert_string_equal(spec.name, "My t\xc3\xa4ke 1.webm");
    assert_int_equal(spec.index, 3);
    assert_int_equal(spec.total_chunks, 10);
    assert_int_equal(spec.chunk_size, 1048576);
    assert_int_equal(spec.digest.kind, WFS_DIGEST_NONE);
    assert_false(spec.is_provisional);
}


static void
what_is_not_told_is_unknown(void **state)
{
    wfs_chunk_spec spec;

    (void) state;

    assert_int_equal(parse("chunk_index=0&session_id=s"), WF_FIELD_OK);

    wf_fields_get_spec(&fields, &spec);
    assert_string_equal(spec.id, "s");
    assert_null(spec.name);
    assert_true(spec.total_chunks == WFS_UNKNOWN);
    assert_true(spec.chunk_size == WFS_UNKNOWN);
    assert_true(spec.length == WFS_UNKNOWN);
}


static void
missing_fields_are_named(void **state)
{
    (void) state;

    assert_blamed("", WF_FIELD_MISSING, "file_id");
    assert_blamed("chunk_index=0", WF_FIELD_MISSING, "file_id");
    assert_blamed("file_id=a", WF_FIELD_MISSING, "chunk_index");
}


static void
numbers_are_digits_only(void **state)
{
    static const char *const bad[] = {"", "-1", "+1", "1.0", "0x1", "1 ",
                                      "%201", "18446744073709551615",
                                      "99999999999999999999"};
    char query[96] = "file_id=a&chunk_index=";
    size_t i, length = strlen(query);

    (void) state;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        memcpy(query + length, bad[i], strlen(bad[i]) + 1);
        assert_blamed(query, WF_FIELD_INVALID, "chunk_index");
    }

    assert_int_equal(parse("file_id=a&chunk_index=18446744073709551614"),
                     WF_FIELD_OK);
    assert_blamed("file_id=a&chunk_index=0&total_chunks=0", WF_FIELD_INVALID,
                  "total_chunks");
    assert_blamed("file_id=a&chunk_index=0&chunk_size=0", WF_FIELD_INVALID,
                  "chunk_size");
}


static void
an_id_never_reaches_a_path(void **state)
{
    (void) state;

    assert_int_equal(parse("file_id=&chunk_index=0"), WF_FIELD_INVALID_ID);
    assert_int_equal(parse("file_id=..&chunk_index=0"), WF_FIELD_INVALID_ID);
    assert_int_equal(parse("file_id=a%2fb&chunk_index=0"),
                     WF_FIELD_INVALID_ID);
    assert_int_equal(parse("file_id=a%00&chunk_index=0"),
                     WF_FIELD_INVALID_ID);
}


static void
both_names_of_the_id_must_agree(void **state)
{
    (void) state;

    assert_int_equal(parse("file_id=a&session_id=a&chunk_index=0"),
                     WF_FIELD_OK);
    assert_blamed("file_id=a&session_id=b&chunk_index=0", WF_FIELD_INVALID,
                  "session_id");
}


static void
a_repeated_field_is_invalid(void **state)
{
    (void) state;

    assert_blamed("file_id=a&chunk_index=0&chunk_index=0", WF_FIELD_INVALID,
                  "chunk_index");
}


static void
broken_escapes_and_long_values_are_invalid(void **state)
{
    static char query[2 * WF_FIELD_MAX_BYTES] = "file_id=a&file_name=";

    (void) state;

    assert_blamed("file_name=%4", WF_FIELD_INVALID, "file_name");
    assert_blamed("file_name=%zz", WF_FIELD_INVALID, "file_name");
    assert_blamed("file_name=a%07", WF_FIELD_INVALID, "file_name");

    memset(query + strlen(query), 'x', WF_FIELD_MAX_BYTES + 1);
    assert_blamed(query, WF_FIELD_INVALID, "file_name");
}


static void
only_chunk_0_without_chunk_size_is_provisional(void **state)
{
    (void) state;

    assert_int_equal(parse("file_id=a&chunk_index=0&provisional=1"),
                     WF_FIELD_OK);
    assert_true(fields.is_provisional);

    assert_blamed("file_id=a&chunk_index=1&provisional=1", WF_FIELD_INVALID,
                  "provisional");
    assert_blamed("file_id=a&chunk_index=0&provisional=1&chunk_size=5",
                  WF_FIELD_INVALID, "provisional");
    assert_blamed("file_id=a&chunk_index=0&provisional=yes", WF_FIELD_INVALID,
                  "provisional");
}


static void
a_chunk_has_a_place_once_id_index_and_chunk_size_are_told(void **state)
{
    (void) state;

    assert_int_equal(parse("file_id=a&chunk_index=0&total_chunks=1&"
                           "file_name=x"),
                     WF_FIELD_OK);
    assert_false(wf_fields_have_place(&fields));

    assert_int_equal(parse("chunk_index=0&chunk_size=5"), WF_FIELD_MISSING);
    assert_false(wf_fields_have_place(&fields));

    assert_int_equal(parse("session_id=a&chunk_index=0&chunk_size=5"),
                     WF_FIELD_OK);
    assert_true(wf_fields_have_place(&fields));
}


static void
a_digest_is_told_in_hexadecimal(void **state)
{
    (void) state;

    assert_int_equal(parse("file_id=a&chunk_index=0&total_chunks=1&"
                           "chunk_size=5&file_name=x&sha256="
                           "00112233445566778899aabbccddeeff"
                           "00112233445566778899AABBCCDDEEFF"),
                     WF_FIELD_OK);
    assert_int_equal(fields.digest.kind, WFS_DIGEST_SHA256);
    assert_int_equal(fields.digest.bytes[31], 0xff);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_query_becomes_a_spec),
        cmocka_unit_test(what_is_not_told_is_unknown),
        cmocka_unit_test(missing_fields_are_named),
        cmocka_unit_test(numbers_are_digits_only),
        cmocka_unit_test(an_id_never_reaches_a_path),
        cmocka_unit_test(both_names_of_the_id_must_agree),
        cmocka_unit_test(a_repeated_field_is_invalid),
        cmocka_unit_test(broken_escapes_and_long_values_are_invalid),
        cmocka_unit_test(only_chunk_0_without_chunk_size_is_provisional),
        cmocka_unit_test(
            a_chunk_has_a_place_once_id_index_and_chunk_size_are_told),
        cmocka_unit_test(a_digest_is_told_in_hexadecimal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
