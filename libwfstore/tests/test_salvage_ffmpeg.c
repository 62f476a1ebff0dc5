/*
 * test_salvage_ffmpeg.c - ffmpeg reads what salvaging makes without a word.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/sample.h"

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
        memory_file whole = test_sample_load(names[i]);
        memory_file made = test_sample_salvage(names[i], whole.length - 20);
        const char *said = complaints(&made, "-err_detect crccheck");

        print_message("%s: %s\n", names[i], said);
        assert_string_equal(said, "");
        free(made.bytes);
        free(whole.bytes);
    }
}

static void seeks_in_what_is_made(void **state)
{
    memory_file made = test_sample_salvage("recorder-live.webm", 15000);

    (void)state;
    if (!has_ffmpeg()) {
        skip();
    }
    assert_string_equal(complaints(&made, "-ss 7"), "");
    free(made.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ffmpeg_reads_what_is_made_without_a_word),
        cmocka_unit_test(seeks_in_what_is_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
