/*
 * test_filename.c - the names of recordings' files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "filename.h"

static void a_name_tells_id_and_start(void **state)
{
    char name[WFS_FILENAME_BYTES];
    wfs_filename parts;

    (void)state;
    wfs_filename_write("a_b-c", INT64_C(1705327496789), "webm", name);
    assert_string_equal(name, "recording_20240115_140456_a_b-c.webm");
    assert_true(wfs_filename_read(name, &parts));
    assert_string_equal(parts.id, "a_b-c");
    assert_int_equal(parts.timestamp_ms, INT64_C(1705327496000));
}

static void the_longest_id_fits(void **state)
{
    char id[WFS_ID_MAX_BYTES + 1];
    char name[WFS_FILENAME_BYTES];
    wfs_filename parts;

    (void)state;
    memset(id, 'x', WFS_ID_MAX_BYTES);
    id[WFS_ID_MAX_BYTES] = '\0';
    wfs_filename_write(id, 0, "ogg", name);
    assert_true(wfs_filename_read(name, &parts));
    assert_string_equal(parts.id, id);
}

static void other_names_are_refused(void **state)
{
    static const char *const names[] = {
        "",
        "metadata.json",
        "recording_",
        "recording_20240115_140456",
        "recording_20240115_140456_",
        "recording_20240115_140456_a",
        "recording_20240115_140456_.webm",
        "recording_20240115_140456_a.",
        "recording_20240115_140456_a.we/bm",
        "recording_20240115_140456_a.webm.new",
        "recording_20240115_140456_a.webmwebmw",
        "recording_20240115_140456_../../x.webm",
        "recording_20240115_140456_a\n.webm",
        "recording_20240115_140456-a.webm",
        "recording_20240115-140456_a.webm",
        "recording_20241315_140456_a.webm",
        "recording_20240230_140456_a.webm",
        "recording_20240115_250456_a.webm",
        "recording_2024011x_140456_a.webm",
        "recording_-0240115_140456_a.webm",
        "Recording_20240115_140456_a.webm",
        "recording_20240115_140456_"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
        "webm",
    };
    wfs_filename parts;

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_false(wfs_filename_read(names[i], &parts));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_tells_id_and_start),
        cmocka_unit_test(the_longest_id_fits),
        cmocka_unit_test(other_names_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
