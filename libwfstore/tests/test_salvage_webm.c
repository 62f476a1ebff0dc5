/*
 * test_salvage_webm.c - what salvaging makes of a WebM: the file our recorder
 * would have finished.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/sample.h"

static void finishes_a_take_as_our_recorder_would_have(void **state)
{
    memory_file made = test_sample_salvage("recorder-live.webm", 0);
    memory_file finished = test_sample_load("recorder.webm");

    (void)state;
    assert_int_equal(made.length, finished.length);
    assert_memory_equal(made.bytes, finished.bytes, made.length);
    free(made.bytes);
    free(finished.bytes);
}

/* A page that died between sending the Cues and sending the header again. */
static void finds_cues_that_have_arrived_already(void **state)
{
    memory_file live = test_sample_load("recorder-live.webm");
    memory_file finished = test_sample_load("recorder.webm");
    memory_file sent = memory_file_copy(&finished, finished.length);
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_reader reader = memory_file_reader(&sent);

    (void)state;
    memcpy(sent.bytes, live.bytes, 4096);
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_null(plan.appendix);
    memory_file_salvage(&sent, &plan);
    assert_int_equal(sent.length, finished.length);
    assert_memory_equal(sent.bytes, finished.bytes, sent.length);
    free(live.bytes);
    free(finished.bytes);
    free(sent.bytes);
}

/* Of a write that was torn: no index, but bytes of the block that was there. */
static void makes_torn_cues_anew(void **state)
{
    memory_file live = test_sample_load("recorder-live.webm");
    memory_file finished = test_sample_load("recorder.webm");
    memory_file torn = memory_file_copy(&finished, finished.length);
    wfs_reader reader = memory_file_reader(&torn);
    wfs_salvage plan = WFS_SALVAGE_INIT;

    (void)state;
    memcpy(torn.bytes, live.bytes, 4096);
    memset(torn.bytes + torn.length - 20, 0xa3, 20);
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(plan.kept_bytes, live.length);
    memory_file_salvage(&torn, &plan);
    assert_int_equal(torn.length, finished.length);
    assert_memory_equal(torn.bytes, finished.bytes, torn.length);
    wfs_salvage_release(&plan);
    free(live.bytes);
    free(finished.bytes);
    free(torn.bytes);
}

/* SeekHead, Info and the Cluster that is cut have each one as their first
 * child, 5, 5 and 6 bytes behind their beginning. */
static void takes_check_sums_out_of_what_it_changes(void **state)
{
    static const size_t places[] = {57, 218, 467};
    memory_file before = test_sample_load("opus-stereo.mka");
    memory_file made = test_sample_salvage("opus-stereo.mka", 800);

    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        assert_int_equal(before.bytes[places[i]], 0xbf);
        assert_int_equal(made.bytes[places[i]], 0xec);
    }
    free(before.bytes);
    free(made.bytes);
}

static void leaves_cues_that_stand_before_the_clusters(void **state)
{
    memory_file file = test_sample_load("front.webm");
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_reader reader;

    (void)state;
    file.length -= 100;
    reader = memory_file_reader(&file);
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_true(plan.kept_bytes > 0);
    assert_null(plan.appendix);
    free(file.bytes);
}

/* As after a crash in the middle of it: all writes are repeated. */
static void goes_on_where_applying_broke_off(void **state)
{
    const size_t length = 15000;
    memory_file want = test_sample_salvage("recorder-live.webm", length);
    memory_file file = test_sample_load("recorder-live.webm");
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_reader reader;

    (void)state;
    file.length = length;
    reader = memory_file_reader(&file);
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    for (size_t done = 0; done <= plan.patch_count; done++) {
        memory_file half = memory_file_copy(&file, file.length);
        wfs_salvage part = plan;
        wfs_salvage again = WFS_SALVAGE_INIT;

        part.patch_count = done;
        memory_file_salvage(&half, &part);
        half.bytes = realloc(half.bytes, length); /* the cut came last */
        memcpy(half.bytes + half.length, file.bytes + half.length,
               half.length < length ? length - half.length : 0);
        half.length = length;
        reader = memory_file_reader(&half);
        assert_int_equal(wfs_salvage_plan(&reader, &again, NULL), WFS_OK);
        memory_file_salvage(&half, &again);
        assert_int_equal(half.length, want.length);
        assert_memory_equal(half.bytes, want.bytes, want.length);
        wfs_salvage_release(&again);
        free(half.bytes);
    }
    wfs_salvage_release(&plan);
    free(want.bytes);
    free(file.bytes);
}

#define UNKNOWN_SIZE "\x01\xff\xff\xff\xff\xff\xff\xff"
#define CLUSTER "\x1f\x43\xb6\x75" UNKNOWN_SIZE

/* Chromium's own recorder leaves no room and no sizes: only the end is cut. */
static void only_cuts_where_the_header_has_no_room(void **state)
{
    static const char head[] =
        "\x1a\x45\xdf\xa3\x80"             /* EBML */
        "\x18\x53\x80\x67" UNKNOWN_SIZE    /* Segment */
        "\x15\x49\xa9\x66\x80"             /* Info */
        "\x16\x54\xae\x6b\x90"             /* Tracks */
        "\xae\x8e\xd7\x81\x01\x83\x81\x02" /* TrackEntry: 1, audio */
        "\x86\x86"
        "A_OPUS" CLUSTER "\xe7\x81\x00" /* Timestamp */
        "\xa3\x86\x81\x00\x00\x80\x08\x00"
        "\xa3\x86\x81\x00\x14\x80\x08\x00" CLUSTER "\xe7\x81\x28" /* 40 ms */
        "\xa0\x88\xa1\x86\x81\x00\x00\x00\x08\x00"                /* a group */
        "\xa3\x86\x81\x00\x14\x80\x08";                           /* cut */
    const size_t length = sizeof head - 1;
    memory_file file = {(uint8_t *)(uintptr_t)head, length, 0, false};
    wfs_reader reader = memory_file_reader(&file);
    wfs_salvage plan = WFS_SALVAGE_INIT;

    (void)state;
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(plan.kept_bytes, length - 7);
    assert_int_equal(plan.patch_count, 0);
    assert_null(plan.appendix);
    assert_true(plan.duration_seconds > 0.0599);
    assert_true(plan.duration_seconds < 0.0601);

    reader.size_bytes = length - 17; /* no whole block in the second */
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(plan.kept_bytes, length - 17 - 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finishes_a_take_as_our_recorder_would_have),
        cmocka_unit_test(finds_cues_that_have_arrived_already),
        cmocka_unit_test(makes_torn_cues_anew),
        cmocka_unit_test(takes_check_sums_out_of_what_it_changes),
        cmocka_unit_test(leaves_cues_that_stand_before_the_clusters),
        cmocka_unit_test(goes_on_where_applying_broke_off),
        cmocka_unit_test(only_cuts_where_the_header_has_no_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
