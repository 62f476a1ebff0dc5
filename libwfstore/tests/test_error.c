/*
 * test_error.c - codes: what they are called, and what of the system becomes
 * which.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "file_internal.h"

/* Names by their numbers, as error.h has them. */
static void every_code_has_its_name(void **state)
{
    char line[256];
    int code;
    int count = 0;
    FILE *header = fopen(WFS_TEST_DATA "/../../include/wfstore/error.h", "r");

    (void)state;
    assert_non_null(header);
    while (fgets(line, sizeof line, header) != NULL) {
        char name[64];

        if (sscanf(line, " %63[A-Z_] = %d", name, &code) == 2) {
            assert_string_equal(wfs_status_name((wfs_status)code), name);
            count++;
        }
    }
    assert_true(count > 25);
    assert_int_equal(fclose(header), 0);
    assert_string_equal(wfs_status_name((wfs_status)-1000),
                        "WFS_UNKNOWN_STATUS");
}

static void every_failure_of_a_file_is_told_as_what_it_means(void **state)
{
    static const struct {
        int os_error;
        wfs_status status;
        const char *word;
    } FAILURES[] = {
        {ENOENT, WFS_ENOSTORE, "missing"},  {EEXIST, WFS_ECONFLICT, "exists"},
        {EAGAIN, WFS_EBUSY, "in use"},      {ENOSPC, WFS_ENOSPC, "full"},
        {EDQUOT, WFS_ENOSPC, "full"},       {EFBIG, WFS_ENOSPC, "full"},
        {EACCES, WFS_EREADONLY, "written"}, {EPERM, WFS_EREADONLY, "written"},
        {EROFS, WFS_EREADONLY, "written"},  {ELOOP, WFS_ECORRUPT, "else"},
        {ENOMEM, WFS_ENOMEM, "memory"},     {EIO, WFS_EIO, "failed"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof FAILURES / sizeof FAILURES[0]; i++) {
        wfs_error error = WFS_ERROR_INIT;

        errno = FAILURES[i].os_error;
        assert_int_equal(wfs_file_fail(&error, "step"), FAILURES[i].status);
        assert_int_equal(error.os_error, FAILURES[i].os_error);
        assert_string_equal(error.step, "step");
        assert_non_null(strstr(error.detail, FAILURES[i].word));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_its_name),
        cmocka_unit_test(every_failure_of_a_file_is_told_as_what_it_means),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
