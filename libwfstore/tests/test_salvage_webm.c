/*
 * test_salvage_webm.c - what salvaging makes of a WebM: the file our recorder
 * would have finished, and one that ffmpeg reads without a word.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/memory.h"
#include "webm_cues.h"

static memory_file load(const char *name)
{
    char path[4096];

    (void)snprintf(path, sizeof path, "%s/%s", WFS_TEST_DATA, name);
    return memory_file_load(path);
}

/* The first `length` bytes of a file (0: all), salvaged. */
static memory_file salvage(const char *name, size_t length)
{
    memory_file file = load(name);
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

static void finishes_a_take_as_our_recorder_would_have(void **state)
{
    memory_file made = salvage("recorder-live.webm", 0);
    memory_file finished = load("recorder.webm");

    (void)state;
    assert_int_equal(made.length, finished.length);
    assert_memory_equal(made.bytes, finished.bytes, made.length);
    free(made.bytes);
    free(finished.bytes);
}

/* A page that died between sending the Cues and sending the header again. */
static void finds_cues_that_have_arrived_already(void **state)
{
    memory_file live = load("recorder-live.webm");
    memory_file finished = load("recorder.webm");
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
    memory_file live = load("recorder-live.webm");
    memory_file finished = load("recorder.webm");
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
    memory_file before = load("opus-stereo.mka");
    memory_file made = salvage("opus-stereo.mka", 800);

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
    memory_file file = load("front.webm");
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
    memory_file want = salvage("recorder-live.webm", length);
    memory_file file = load("recorder-live.webm");
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

/* Chromium's own recorder leaves no room and no sizes: only the end is cut. */
static void only_cuts_where_the_header_has_no_room(void **state)
{
    static const uint8_t head[] = {
        0x1a,
        0x45,
        0xdf,
        0xa3,
        0x80, /* EBML */
        0x18,
        0x53,
        0x80,
        0x67,
        0x01,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff, /* Segment, unknown */
        0x15,
        0x49,
        0xa9,
        0x66,
        0x80, /* Info */
        0x16,
        0x54,
        0xae,
        0x6b,
        0x90, /* Tracks */
        0xae,
        0x8e,
        0xd7,
        0x81,
        0x01,
        0x83,
        0x81,
        0x02,
        0x86,
        0x86,
        'A',
        '_',
        'O',
        'P',
        'U',
        'S',
        0x1f,
        0x43,
        0xb6,
        0x75,
        0x01,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff, /* Cluster, unknown */
        0xe7,
        0x81,
        0x00, /* Timestamp */
        0xa3,
        0x86,
        0x81,
        0x00,
        0x00,
        0x80,
        8,
        0,
        0xa3,
        0x86,
        0x81,
        0x00,
        0x14,
        0x80,
        8,
        0,
        0x1f,
        0x43,
        0xb6,
        0x75,
        0x01,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xe7,
        0x81,
        0x28, /* 40 ms */
        0xa0,
        0x88,
        0xa1,
        0x86,
        0x81,
        0x00,
        0x00,
        0x00,
        8,
        0,
        /* a group */ 0xa3,
        0x86,
        0x81,
        0x00,
        0x14,
        0x80,
        8, /* cut */
    };
    memory_file file = {(uint8_t *)(uintptr_t)head, sizeof head, 0, false};
    wfs_reader reader = memory_file_reader(&file);
    wfs_salvage plan = WFS_SALVAGE_INIT;

    (void)state;
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(plan.kept_bytes, sizeof head - 7);
    assert_int_equal(plan.patch_count, 0);
    assert_null(plan.appendix);
    assert_true(plan.duration_seconds > 0.0599);
    assert_true(plan.duration_seconds < 0.0601);

    reader.size_bytes = sizeof head - 17; /* no whole block in the second */
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(plan.kept_bytes, sizeof head - 17 - 15);
}

/* What ffmpeg says of a file with `-v error`; static. */
static const char *complaints(const memory_file *file, const char *options)
{
    static char said[4096];
    char path[] = "/tmp/wfs-salvage-XXXXXX";
    char command[256];
    int fd = mkstemp(path);
    FILE *pipe;
    size_t length;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, file->bytes, file->length), file->length);
    assert_int_equal(close(fd), 0);
    (void)snprintf(command, sizeof command,
                   "ffmpeg -v error -nostdin %s -i %s -f null - 2>&1", options,
                   path);
    pipe = popen(command, "r"); /* NOLINT(cert-env33-c) */
    assert_non_null(pipe);
    length = fread(said, 1, sizeof said - 1, pipe);
    said[length] = '\0';
    assert_int_equal(pclose(pipe), 0);
    assert_int_equal(unlink(path), 0);
    return said;
}

static bool has_ffmpeg(void)
{
    return system("ffmpeg -version >/dev/null 2>&1") == 0; /* NOLINT */
}

static void ffmpeg_reads_what_is_made_without_a_word(void **state)
{
    static const char *const names[] = {
        "recorder-live.webm", "recorder.webm", "opus.webm", "opus-stereo.mka",
        "flac.mka",           "s24.wav",       "rf64.wav",  "live.wav",
        "fragments.m4a",      "flac.flac",     "vbr.mp3",   "aac.aac",
    };

    (void)state;
    if (!has_ffmpeg()) {
        skip();
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        memory_file whole = load(names[i]);
        memory_file made = salvage(names[i], whole.length - 20);
        const char *said = complaints(&made, "-err_detect crccheck");

        print_message("%s: %s\n", names[i], said);
        assert_string_equal(said, "");
        free(made.bytes);
        free(whole.bytes);
    }
}

static void seeks_in_what_is_made(void **state)
{
    memory_file made = salvage("recorder-live.webm", 15000);

    (void)state;
    if (!has_ffmpeg()) {
        skip();
    }
    assert_string_equal(complaints(&made, "-ss 7"), "");
    free(made.bytes);
}

static void thins_cues_out_when_there_are_too_many(void **state)
{
    const uint64_t clusters = 24 * 3600;
    webm_cues cues;
    size_t length = 0;
    uint8_t *bytes;

    (void)state;
    assert_true(webm_cues_open(&cues, 1000000));
    for (uint64_t i = 0; i < clusters; i++) {
        webm_cues_add(&cues, i * 1000, i * 8000);
    }
    assert_true(cues.count <= WFS_SALVAGE_CUES_MAX);
    assert_int_equal(cues.gap_ticks, 10000);
    for (size_t i = 0; i < cues.count; i++) {
        assert_int_equal(cues.points[i].ticks, i * 10000);
        assert_int_equal(cues.points[i].position, i * 80000);
    }
    assert_int_equal(cues.count, clusters / 10);
    bytes = webm_cues_encode(&cues, 1, &length);
    assert_non_null(bytes);
    assert_true(length < 200000);
    free(bytes);
    webm_cues_close(&cues);
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
        cmocka_unit_test(ffmpeg_reads_what_is_made_without_a_word),
        cmocka_unit_test(seeks_in_what_is_made),
        cmocka_unit_test(thins_cues_out_when_there_are_too_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
