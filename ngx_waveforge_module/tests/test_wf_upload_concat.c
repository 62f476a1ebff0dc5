/*
 * The Upload-Concat header of tus.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_upload_concat.h"


static wf_concat_kind
parse(const char *text, wf_span *list)
{
    wf_span span = {text, strlen(text)};

    return wf_upload_concat_parse(span, list);
}


static void
a_part_and_a_list_are_told_apart(void **state)
{
    wf_span list;

    (void) state;

    assert_int_equal(parse("partial", &list), WF_CONCAT_PARTIAL);
    assert_int_equal(parse("final;/files/a", &list), WF_CONCAT_FINAL);
    assert_int_equal(parse("final;", &list), WF_CONCAT_MALFORMED);
    assert_int_equal(parse("final", &list), WF_CONCAT_MALFORMED);
    assert_int_equal(parse("partial;x", &list), WF_CONCAT_MALFORMED);
    assert_int_equal(parse("", &list), WF_CONCAT_MALFORMED);
}


static void
the_ids_come_from_urls_of_any_form(void **state)
{
    char id[WFS_ID_MAX_BYTES + 1];
    bool is_good;
    wf_span list;

    (void) state;

    assert_int_equal(parse("final;/files/a  http://x:1/b/files/c-_D", &list),
                     WF_CONCAT_FINAL);
    assert_true(wf_upload_concat_next(&list, id, &is_good));
    assert_string_equal(id, "a");
    assert_true(wf_upload_concat_next(&list, id, &is_good));
    assert_string_equal(id, "c-_D");
    assert_false(wf_upload_concat_next(&list, id, &is_good));
    assert_true(is_good);
}


static void
what_names_no_file_is_no_id(void **state)
{
    static const char *const bad[] = {
        "final;a", "final;files/a", "final;/recording/a", "final;/files/",
        "final;/files/a.b", "final;/files/a/"};
    char id[WFS_ID_MAX_BYTES + 1];
    bool is_good;
    wf_span list;
    size_t i;

    (void) state;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(parse(bad[i], &list), WF_CONCAT_FINAL);
        assert_false(wf_upload_concat_next(&list, id, &is_good));
        assert_false(is_good);
    }
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_and_a_list_are_told_apart),
        cmocka_unit_test(the_ids_come_from_urls_of_any_form),
        cmocka_unit_test(what_names_no_file_is_no_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
