/*
 * test_salvage.c - what is kept of real files (data/make-audio) that are cut
 * at every byte.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "salvage_parts.h"
#include "support/memory.h"

static const char *const whole_files[] = {
    "opus.webm",
    "opus-stereo.mka",
    "vorbis.mka",
    "flac.mka",
    "s16.wav",
    "s24.wav",
    "u8.wav",
    "f32.wav",
    "mulaw.wav",
    "rf64.wav",
    "aac.m4a",
    "fragments.m4a",
    "opus.m4a",
    "aac.aac",
    "opus.ogg",
    "vorbis.ogg",
    "flac.ogg",
    "flac.flac",
    "id3.mp3",
    "bare.mp3",
    "vbr.mp3",
    "aiff.aiff",
    "caf.caf",
    "recorder.webm",
    "extensible.wav",
    "adpcm.wav",
    "two-streams.ogg",
    "chained.ogg",
    "tags.mp3",
    "vbr-bare.mp3",
    "moov-fragments.m4a",
};
/* Their writers could not go back to tell sizes; those are found and told. */
static const char *const live_files[] = {
    "live.wav", "live.flac", "opus-live.webm", "recorder-live.webm"};
/* In one piece, these are all there or nothing. */
static const char *const indivisible_files[] = {"aac.m4a", "opus.m4a"};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static memory_file load(const char *name)
{
    char path[4096];

    (void)snprintf(path, sizeof path, "%s/%s", WFS_TEST_DATA, name);
    return memory_file_load(path);
}

static wfs_salvage plan_salvage(memory_file *file)
{
    wfs_reader reader = memory_file_reader(file);
    wfs_salvage plan = WFS_SALVAGE_INIT;

    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(plan.kept_bytes == 0, plan.obstacle != NULL);
    assert_true(plan.kept_bytes <= file->length);
    for (size_t i = 0; i < plan.patch_count; i++) {
        assert_true(plan.patches[i].offset + plan.patches[i].length <=
                    plan.kept_bytes);
    }
    return plan;
}

static wfs_container_facts read_facts(memory_file *file)
{
    wfs_reader reader = memory_file_reader(file);
    wfs_container_facts facts;

    assert_int_equal(wfs_container_read(&reader, &facts), WFS_OK);
    return facts;
}

static bool is_untouched(const wfs_salvage *plan, const memory_file *file)
{
    return plan->kept_bytes == file->length && plan->patch_count == 0 &&
           plan->appendix_length == 0;
}

static void leaves_a_whole_file_as_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(whole_files); i++) {
        memory_file file = load(whole_files[i]);
        wfs_salvage plan = plan_salvage(&file);

        print_message("%s: %g s\n", whole_files[i], plan.duration_seconds);
        assert_true(is_untouched(&plan, &file));
        wfs_salvage_release(&plan);
        free(file.bytes);
    }
}

/* A second plan for what the first one made finds nothing left to do. */
static void is_settled(memory_file *file)
{
    wfs_salvage plan = plan_salvage(file);

    assert_true(is_untouched(&plan, file));
    wfs_salvage_release(&plan);
}

/* The file as it would be is what comes of writing it. */
static void is_foreseen(const memory_file *whole, size_t length,
                        const wfs_salvage *plan, const memory_file *made)
{
    memory_file cut = memory_file_copy(whole, length);
    wfs_reader reader = memory_file_reader(&cut);
    wfs_salvage_view view = {&reader, plan};
    wfs_reader future = wfs_salvage_view_reader(&view);
    uint8_t *bytes = malloc(made->length + 1);

    assert_non_null(bytes);
    assert_int_equal(future.size_bytes, made->length);
    assert_int_equal(
        future.read(future.data, 0, bytes, made->length + 1, &length), WFS_OK);
    assert_int_equal(length, made->length);
    assert_memory_equal(bytes, made->bytes, length);
    free(bytes);
    free(cut.bytes);
}

/* Returns the duration of what is kept of the first `length` bytes. */
static double salvage_cut(const memory_file *whole, size_t length,
                          const wfs_container_facts *facts)
{
    memory_file file = memory_file_copy(whole, length);
    wfs_salvage plan = plan_salvage(&file);
    double seconds = plan.has_duration ? plan.duration_seconds : 0.0;
    wfs_container_facts found;

    if (plan.kept_bytes > 0) {
        memory_file_salvage(&file, &plan);
        if (length % 16 == 0) {
            is_foreseen(whole, length, &plan, &file);
        }
        assert_int_equal(file.length, wfs_salvage_get_size(&plan));
        found = read_facts(&file);
        assert_int_equal(found.type, facts->type);
        assert_string_equal(found.codec, facts->codec);
        assert_int_equal(found.channels, facts->channels);
        assert_int_equal(found.sample_rate, facts->sample_rate);
        assert_int_equal(found.has_duration, plan.has_duration);
        assert_true(fabs(found.duration_seconds - seconds) < 1e-6);
        is_settled(&file);
    }
    wfs_salvage_release(&plan);
    free(file.bytes);
    return seconds;
}

/* At every `step`th byte, and the last ones. Returns in how many steps the
 * duration grew. */
static size_t cut_everywhere(const char *name, size_t step)
{
    memory_file whole = load(name);
    wfs_container_facts facts = read_facts(&whole);
    double before = 0.0;
    size_t steps = 0;

    for (size_t left = whole.length; left > 0; left -= left > step ? step : 1) {
        size_t length = whole.length - left + 1;
        double seconds = salvage_cut(&whole, length, &facts);

        if (seconds < before - 1e-9) {
            fail_msg("%s: %g s of %zu bytes, %g s of one less", name, seconds,
                     length, before);
        }
        steps += seconds > before;
        before = seconds > before ? seconds : before;
    }
    print_message("%s: %zu steps to %g s of %g\n", name, steps, before,
                  facts.duration_seconds);
    assert_true(fabs(before - facts.duration_seconds) < 0.03);
    free(whole.bytes);
    return steps;
}

static bool is_large(const char *name)
{
    memory_file file = load(name);

    free(file.bytes);
    return file.length > 6000;
}

static bool is_indivisible(const char *name)
{
    for (size_t i = 0; i < COUNT(indivisible_files); i++) {
        if (strcmp(name, indivisible_files[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void keeps_what_is_whole_of_a_file_cut_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(whole_files); i++) {
        size_t steps =
            cut_everywhere(whole_files[i], is_large(whole_files[i]) ? 7 : 1);

        assert_true(strstr(whole_files[i], "opus-stereo") == NULL ||
                    steps > 20); /* a step for each packet */
        assert_true(is_indivisible(whole_files[i]) || steps > 0 ||
                    strcmp(whole_files[i], "aiff.aiff") == 0 ||
                    strcmp(whole_files[i], "caf.caf") == 0);
    }
    for (size_t i = 0; i < COUNT(live_files); i++) {
        assert_true(cut_everywhere(live_files[i], 1) > 0);
    }
}

static void tells_why_nothing_can_be_kept(void **state)
{
    static char text[] = "just a text, and no audio at all";
    memory_file file = {(uint8_t *)text, sizeof text, 0, false};
    wfs_salvage plan = plan_salvage(&file);

    (void)state;
    assert_string_equal(plan.obstacle,
                        "it is no audio of a kind that can be cut");
    for (size_t i = 0; i < COUNT(indivisible_files); i++) {
        file = load(indivisible_files[i]);
        file.length -= 1;
        plan = plan_salvage(&file);
        assert_non_null(strstr(plan.obstacle, "MP4"));
        free(file.bytes);
    }
    file = load("opus.webm");
    file.length = 100;
    plan = plan_salvage(&file);
    assert_string_equal(plan.obstacle, "its header is not whole");
    assert_false(wfs_salvage_is_worthwhile(&plan));
    free(file.bytes);
}

static void finds_a_second_of_audio_worthwhile(void **state)
{
    memory_file file = load("recorder-live.webm");
    size_t length = 0;
    wfs_salvage plan;

    (void)state;
    do {
        wfs_reader reader = memory_file_reader(&file);

        reader.size_bytes = ++length;
        assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
        wfs_salvage_release(&plan);
    } while (!wfs_salvage_is_worthwhile(&plan));
    assert_true(plan.duration_seconds >= 1.0);
    assert_true(plan.duration_seconds < 1.02);
    free(file.bytes);
}

static void passes_on_that_reading_fails(void **state)
{
    memory_file file = load("recorder-live.webm");
    wfs_reader reader = memory_file_reader(&file);
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_error error = WFS_ERROR_INIT;

    (void)state;
    file.is_broken = true;
    assert_int_equal(wfs_salvage_plan(&reader, &plan, &error), WFS_EIO);
    assert_int_equal(error.status, WFS_EIO);
    assert_null(plan.appendix);
    free(file.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_a_whole_file_as_it_is),
        cmocka_unit_test(keeps_what_is_whole_of_a_file_cut_anywhere),
        cmocka_unit_test(tells_why_nothing_can_be_kept),
        cmocka_unit_test(finds_a_second_of_audio_worthwhile),
        cmocka_unit_test(passes_on_that_reading_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
