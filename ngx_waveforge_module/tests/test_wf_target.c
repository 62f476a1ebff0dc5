/*
 * Paths and the resources they name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_target.h"


static wf_resource
resource_of(const char *path)
{
    wf_target target;

    wf_target_parse(path, strlen(path), &target);

    return target.resource;
}


static void
each_resource_has_its_path(void **state)
{
    (void) state;

    assert_int_equal(resource_of("/upload/chunk"), WF_RESOURCE_CHUNK);
    assert_int_equal(resource_of("upload/chunk"), WF_RESOURCE_CHUNK);
    assert_int_equal(resource_of("/upload/a-b_C9"), WF_RESOURCE_UPLOAD);
    assert_int_equal(resource_of("/upload/x/audio"),
                     WF_RESOURCE_UPLOAD_AUDIO);
    assert_int_equal(resource_of("/uploads"), WF_RESOURCE_UPLOADS);
    assert_int_equal(resource_of("/recording/complete"), WF_RESOURCE_COMPLETE);
    assert_int_equal(resource_of("/recordings"), WF_RESOURCE_RECORDINGS);
    assert_int_equal(resource_of("/recording/x"), WF_RESOURCE_RECORDING);
    assert_int_equal(resource_of("/recording/x/audio"), WF_RESOURCE_AUDIO);
    assert_int_equal(resource_of("/recording/x/download"),
                     WF_RESOURCE_DOWNLOAD);
    assert_int_equal(resource_of("/health"), WF_RESOURCE_HEALTH);
    assert_int_equal(resource_of("/health/live"), WF_RESOURCE_LIVE);
    assert_int_equal(resource_of("/api/config"), WF_RESOURCE_CONFIG);
    assert_int_equal(resource_of("/files"), WF_RESOURCE_FILES);
    assert_int_equal(resource_of("/files/"), WF_RESOURCE_FILES);
    assert_int_equal(resource_of("/files/a-b_C9"), WF_RESOURCE_FILE);
}


static void
other_paths_are_left_to_static_files(void **state)
{
    (void) state;

    assert_int_equal(resource_of(""), WF_RESOURCE_NONE);
    assert_int_equal(resource_of("/"), WF_RESOURCE_NONE);
    assert_int_equal(resource_of("/index.html"), WF_RESOURCE_NONE);
    assert_int_equal(resource_of("/assets/app.css"), WF_RESOURCE_NONE);
    assert_int_equal(resource_of("/uploader"), WF_RESOURCE_NONE);
    assert_int_equal(resource_of("/filesystem"), WF_RESOURCE_NONE);
    assert_int_equal(resource_of("//upload/chunk"), WF_RESOURCE_NONE);
}


static void
unknown_paths_below_our_names_are_ours(void **state)
{
    (void) state;

    assert_int_equal(resource_of("/upload"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/recording"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/upload/x/y"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/upload/x/audio/"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/recording/x/y"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/recording/x/audio/"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/uploads/x"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/recordings/x"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/health/dead"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/api"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/files/x/"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/files/x/audio"), WF_RESOURCE_UNKNOWN);
    assert_int_equal(resource_of("/upload/a/b/c/d/e/f"), WF_RESOURCE_UNKNOWN);
}


static void
an_id_outside_of_its_alphabet_is_told(void **state)
{
    char path[128] = "/recording/";

    (void) state;

    assert_int_equal(resource_of("/upload/"), WF_RESOURCE_BAD_ID);
    assert_int_equal(resource_of("/upload/.."), WF_RESOURCE_BAD_ID);
    assert_int_equal(resource_of("/recording/a b"), WF_RESOURCE_BAD_ID);
    assert_int_equal(resource_of("/files/.."), WF_RESOURCE_BAD_ID);
    assert_int_equal(resource_of("/recording//audio"), WF_RESOURCE_BAD_ID);

    memset(path + 11, 'x', 65);
    assert_int_equal(resource_of(path), WF_RESOURCE_BAD_ID);

    path[11 + 64] = '\0';
    assert_int_equal(resource_of(path), WF_RESOURCE_RECORDING);
}


static void
the_id_is_copied(void **state)
{
    wf_target target;

    (void) state;

    wf_target_parse("/recording/abc/audio", 20, &target);
    assert_string_equal(target.id, "abc");

    wf_target_parse("/health", 7, &target);
    assert_string_equal(target.id, "");
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_resource_has_its_path),
        cmocka_unit_test(other_paths_are_left_to_static_files),
        cmocka_unit_test(unknown_paths_below_our_names_are_ours),
        cmocka_unit_test(an_id_outside_of_its_alphabet_is_told),
        cmocka_unit_test(the_id_is_copied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
