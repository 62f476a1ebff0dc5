/*
 * The Upload-Checksum header of tus.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_upload_checksum.h"

#define ZEROS_20 "AAAAAAAAAAAAAAAAAAAAAAAAAAA="


static wf_checksum_status
parse(const char *text, wfs_digest *digest)
{
    wf_span span = {text, strlen(text)};

    return wf_upload_checksum_parse(span, digest);
}


static void
a_digest_of_each_algorithm_is_read(void **state)
{
    wfs_digest digest;

    (void) state;

    assert_int_equal(parse("sha1 " ZEROS_20, &digest), WF_CHECKSUM_OK);
    assert_int_equal(digest.kind, WFS_DIGEST_SHA1);
    assert_int_equal(
        parse("sha256 AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", &digest),
        WF_CHECKSUM_OK);
    assert_int_equal(digest.kind, WFS_DIGEST_SHA256);
    assert_int_equal(digest.bytes[0], 1);
    assert_int_equal(parse("sha512 " ZEROS_20, &digest), WF_CHECKSUM_MISMATCH);
}


static void
another_length_is_a_mismatch_and_all_else_malformed(void **state)
{
    wfs_digest digest;

    (void) state;

    assert_int_equal(parse("sha1 YWJj", &digest), WF_CHECKSUM_MISMATCH);
    assert_int_equal(parse("", &digest), WF_CHECKSUM_MALFORMED);
    assert_int_equal(parse("sha1", &digest), WF_CHECKSUM_MALFORMED);
    assert_int_equal(parse("sha1 !!!!", &digest), WF_CHECKSUM_MALFORMED);
    assert_int_equal(parse("SHA1 " ZEROS_20, &digest), WF_CHECKSUM_MALFORMED);
    assert_int_equal(parse("md5 " ZEROS_20, &digest), WF_CHECKSUM_MALFORMED);
    assert_int_equal(parse("sha1 YWJj YWJj", &digest), WF_CHECKSUM_MALFORMED);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_of_each_algorithm_is_read),
        cmocka_unit_test(another_length_is_a_mismatch_and_all_else_malformed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
