/*
 * The Upload-Metadata header of tus.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_upload_metadata.h"


static bool
parse(const char *text, char name[256], char json[512])
{
    wf_span span = {text, strlen(text)};
    wf_upload_metadata metadata = WF_UPLOAD_METADATA_INIT;
    bool is_good = wf_upload_metadata_parse(span, &metadata);

    if (is_good) {
        strcpy(name, metadata.name);
        assert_true(metadata.json.length < 512);
        memcpy(json, metadata.json.text, metadata.json.length);
        json[metadata.json.length] = '\0';
    }

    wf_upload_metadata_release(&metadata);

    return is_good;
}


static void
assert_parsed(const char *text, const char *name, const char *json)
{
    char got_name[256], got_json[512];

    assert_true(parse(text, got_name, got_json));
    assert_string_equal(got_name, name);
    assert_string_equal(got_json, json);
}


static void
assert_refused(const char *text)
{
    char name[256], json[512];

    assert_false(parse(text, name, json));
}


static void
keys_and_values_are_told(void **state)
{
    (void) state;

    assert_parsed("", "", "{}");
    assert_parsed("a eA==", "", "{\"a\":\"x\"}");
    assert_parsed("a eA==,b,c ", "", "{\"a\":\"x\",\"b\":\"\",\"c\":\"\"}");
    assert_parsed("a eA", "", "{\"a\":\"x\"}");
    assert_parsed("a /wA=,n YQBi", "", "{\"a\":\"/wA=\",\"n\":\"YQBi\"}");
}


static void
a_name_is_found_and_a_type_left_out(void **state)
{
    (void) state;

    assert_parsed("name Yg==,filename YQ==,type eA==,filetype eA==", "a",
                  "{\"name\":\"b\"}");
    assert_parsed("name YQ==,filename YQ==", "a", "{}");
    assert_parsed("name YQ==", "a", "{}");
    assert_parsed("filename AQ==,name YQ==", "a",
                  "{\"filename\":\"\\u0001\"}");
}


static void
what_is_no_such_list_is_refused(void **state)
{
    char many[400] = "";
    size_t i;

    (void) state;

    assert_refused(",");
    assert_refused("a eA==,");
    assert_refused("a eA==,,b");
    assert_refused("a eA== b");
    assert_refused("a eA==,a");
    assert_refused("a =");
    assert_refused("a %%%%");
    assert_refused("\xc3\xa4 eA==");

    for (i = 0; i < 65; i++) {
        char pair[] = {(char) ('0' + i % 10), (char) ('a' + i / 10), ',', 0};

        strcat(many, pair);
    }

    many[strlen(many) - 1] = '\0';
    assert_refused(many);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_and_values_are_told),
        cmocka_unit_test(a_name_is_found_and_a_type_left_out),
        cmocka_unit_test(what_is_no_such_list_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
