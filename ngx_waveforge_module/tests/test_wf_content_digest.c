/*
 * Content-Digest and Want-Repr-Digest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_content_digest.h"

/* SHA-256 of no bytes. */
#define EMPTY_256 "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"

static wfs_digest digest;


static bool
digest_is_read(const char *text)
{
    return wf_content_digest_parse(text, strlen(text), &digest);
}


static void
a_content_digest_is_read(void **state)
{
    (void) state;

    assert_true(digest_is_read(EMPTY_256));
    assert_int_equal(digest.kind, WFS_DIGEST_SHA256);
    assert_int_equal(digest.bytes[0], 0xe3);
    assert_int_equal(digest.bytes[31], 0x55);

    assert_true(digest_is_read("sha-512=:z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/"
                               "SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ"
                               "6+SfaPg==:"));
    assert_int_equal(digest.kind, WFS_DIGEST_SHA512);
    assert_int_equal(digest.bytes[63], 0x3e);
}


static void
sha_256_wins_and_unknown_algorithms_are_skipped(void **state)
{
    (void) state;

    assert_true(digest_is_read("md5=:AAAA:;p=1 ,\t" EMPTY_256
                               ";a=b, sha-512=:nonsense:"));
    assert_int_equal(digest.kind, WFS_DIGEST_SHA256);
}


static void
what_is_no_digest_is_refused(void **state)
{
    static const char *const bad[] = {
        "", "sha-256", "sha-256=", "sha-256=::", "sha-256=:AAAA:",
        "sha-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF!=:",
        "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:", "SHA-256", ",,,", ":::",
        EMPTY_256 ",", EMPTY_256 ", md5=@x", EMPTY_256 " " EMPTY_256,
    };
    size_t i;

    (void) state;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(digest_is_read(bad[i]));
    }
}


static void
a_wish_for_sha_256_is_told_from_none(void **state)
{
    static const char *const wishes[] = {"sha-256=1", "md5=9, sha-256=10"};
    static const char *const others[] = {
        "", "sha-256=0", "sha-512=5", "sha-256", "sha-256=-1", "sha-256=1.5",
        "sha-256=5,",
    };
    size_t i;

    (void) state;

    for (i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
        assert_true(wf_want_digest_has_sha256(wishes[i], strlen(wishes[i])));
    }

    for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        assert_false(wf_want_digest_has_sha256(others[i], strlen(others[i])));
    }
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_content_digest_is_read),
        cmocka_unit_test(sha_256_wins_and_unknown_algorithms_are_skipped),
        cmocka_unit_test(what_is_no_digest_is_refused),
        cmocka_unit_test(a_wish_for_sha_256_is_told_from_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
