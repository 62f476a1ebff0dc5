/*
 * sample.c - the audio of tests/data.
 */
#include "support/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

memory_file test_sample_load(const char *name)
{
    char path[4096];

    (void)snprintf(path, sizeof path, "%s/%s", WFS_TEST_DATA, name);
    return memory_file_load(path);
}

memory_file test_sample_salvage(const char *name, size_t length)
{
    memory_file file = test_sample_load(name);
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_reader reader;

    file.length = length != 0 ? length : file.length;
    reader = memory_file_reader(&file);
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_true(plan.kept_bytes > 0);
    memory_file_salvage(&file, &plan);
    wfs_salvage_release(&plan);
    return file;
}
