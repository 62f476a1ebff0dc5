/*
 * Base64 of header values.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wf_base64.h"

/* Each into a copy of its own, of just the size it may take. */
static bool
is_decoded(const char *text, size_t capacity, const char *expected)
{
    wf_span span = {text, strlen(text)};
    uint8_t *bytes = malloc(capacity + 1);
    size_t length = 0;
    bool is_read;

    assert_non_null(bytes);
    is_read = wf_base64_decode(span, bytes, capacity, &length);

    if (is_read) {
        assert_true(length <= capacity);
        assert_int_equal(length, strlen(expected));
        assert_memory_equal(bytes, expected, length);
    }

    free(bytes);

    return is_read;
}


static void
text_is_decoded_with_padding_or_without(void **state)
{
    (void) state;

    assert_true(is_decoded("", 0, ""));
    assert_true(is_decoded("Zg==", 1, "f"));
    assert_true(is_decoded("Zg", 1, "f"));
    assert_true(is_decoded("Zm8=", 2, "fo"));
    assert_true(is_decoded("Zm8", 2, "fo"));
    assert_true(is_decoded("Zm9v", 3, "foo"));
    assert_true(is_decoded("Zm9vYg==", 4, "foob"));
    assert_true(is_decoded("+/+/", 3, "\xfb\xff\xbf"));
}


static void
what_is_no_base64_is_refused(void **state)
{
    static const char *const bad[] = {
        "Z", "Zm9vY", "Zg=", "Zg===", "Zm8==", "Zm9v=", "Zm9v====", "=", "====",
        "Zm=v", "Zm9v Zm9v", "Zm9-", "Zm9_", "\303\251ab",
    };
    size_t i;

    (void) state;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(is_decoded(bad[i], 64, ""));
    }
}


static void
what_does_not_fit_is_refused(void **state)
{
    (void) state;

    assert_false(is_decoded("Zg", 0, ""));
    assert_false(is_decoded("Zm8=", 1, ""));
    assert_false(is_decoded("Zm9v", 2, ""));
    assert_false(is_decoded("Zm9vYg", 3, ""));
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_decoded_with_padding_or_without),
        cmocka_unit_test(what_is_no_base64_is_refused),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
