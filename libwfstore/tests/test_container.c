/*
 * test_container.c - the facts of real files made by ffmpeg (data/make-audio),
 * and of the same files cut and damaged.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/memory.h"

static memory_file load(const char *name)
{
    char path[4096];

    (void)snprintf(path, sizeof path, "%s/%s", WFS_TEST_DATA, name);
    return memory_file_load(path);
}

static wfs_container_facts read_facts(memory_file *file)
{
    wfs_reader reader = memory_file_reader(file);
    wfs_container_facts facts;

    assert_int_equal(wfs_container_read(&reader, &facts), WFS_OK);
    return facts;
}

typedef struct expected_facts {
    const char *name;
    wfs_type type;
    const char *codec;
    uint32_t channels;
    uint32_t sample_rate;
    double duration; /* 0: none */
} expected_facts;

/*
 * Figures by ffprobe, but where it tells none (live WebM and FLAC) or guesses:
 * it counts the pre-skip of Opus in Ogg, tags of MP3 and whole packets of
 * Speex, and takes the longest track, where ours is the first. Times in WebM
 * are rounded to 1 ms.
 */
static const expected_facts expected[] = {
    {"opus.webm", WFS_TYPE_WEBM, "opus", 1, 48000, 0.504},
    {"opus-live.webm", WFS_TYPE_WEBM, "opus", 1, 48000, 0.5},
    {"opus-stereo.mka", WFS_TYPE_MATROSKA, "opus", 2, 48000, 0.504},
    {"vorbis.mka", WFS_TYPE_MATROSKA, "vorbis", 1, 22050, 0.523},
    {"flac.mka", WFS_TYPE_MATROSKA, "flac", 1, 48000, 0.1},
    {"s16.wav", WFS_TYPE_WAV, "pcm_s16le", 1, 8000, 0.5},
    {"s24.wav", WFS_TYPE_WAV, "pcm_s24le", 2, 8000, 0.5},
    {"u8.wav", WFS_TYPE_WAV, "pcm_u8", 1, 8000, 0.5},
    {"f32.wav", WFS_TYPE_WAV, "pcm_f32le", 1, 8000, 0.5},
    {"mulaw.wav", WFS_TYPE_WAV, "pcm_mulaw", 1, 8000, 0.5},
    {"rf64.wav", WFS_TYPE_WAV, "pcm_s16le", 1, 8000, 0.5},
    {"live.wav", WFS_TYPE_WAV, "pcm_s16le", 1, 8000, 0.5},
    {"aac.m4a", WFS_TYPE_MP4, "aac", 1, 48000, 0.5},
    {"fragments.m4a", WFS_TYPE_MP4, "aac", 1, 48000, 0.5213},
    {"opus.m4a", WFS_TYPE_MP4, "opus", 1, 48000, 0.5},
    {"aac.aac", WFS_TYPE_AAC, "aac", 1, 48000, 0.5333},
    {"opus.ogg", WFS_TYPE_OGG, "opus", 1, 48000, 0.5},
    {"vorbis.ogg", WFS_TYPE_OGG, "vorbis", 1, 22050, 0.5},
    {"flac.ogg", WFS_TYPE_OGG, "flac", 1, 48000, 0.1},
    {"flac.flac", WFS_TYPE_FLAC, "flac", 1, 48000, 0.1},
    {"id3.mp3", WFS_TYPE_MP3, "mp3", 1, 8000, 0.648},
    {"bare.mp3", WFS_TYPE_MP3, "mp3", 1, 8000, 0.648},
    {"vbr.mp3", WFS_TYPE_MP3, "mp3", 1, 8000, 0.648},
    {"recorder.webm", WFS_TYPE_WEBM, "opus", 1, 48000, 11.3},
    {"recorder-live.webm", WFS_TYPE_WEBM, "opus", 1, 48000, 11.3},
    {"extensible.wav", WFS_TYPE_WAV, "pcm_s16le", 6, 8000, 0.1},
    {"alaw.wav", WFS_TYPE_WAV, "pcm_alaw", 1, 8000, 0.5},
    {"adpcm-ms.wav", WFS_TYPE_WAV, "adpcm_ms", 1, 8000, 0.2545},
    {"mp3.wav", WFS_TYPE_WAV, "mp3", 1, 8000, 0.3381},
    {"pcm.mka", WFS_TYPE_MATROSKA, "pcm_s24le", 1, 8000, 0.05},
    {"pcm-float.mka", WFS_TYPE_MATROSKA, "pcm_f32le", 1, 8000, 0.05},
    {"mp3.m4a", WFS_TYPE_MP4, "mp3", 2, 16000, 0.2},
    {"speex.ogg", WFS_TYPE_OGG, "speex", 1, 16000, 0.1911},
    {"long.flac", WFS_TYPE_FLAC, "flac", 1, 8000, 30},
    {"adpcm.wav", WFS_TYPE_WAV, "adpcm_ima_wav", 1, 8000, 0.5103},
    {"moov-fragments.m4a", WFS_TYPE_MP4, "aac", 1, 48000, 0.5213},
    {"edits.m4a", WFS_TYPE_MP4, "aac", 1, 48000, 0.3},
    {"rate.m4a", WFS_TYPE_MP4, "alac", 1, 192000, 0.05},
    {"two-tracks.m4a", WFS_TYPE_MP4, "aac", 1, 48000, 0.5},
    {"two-streams.ogg", WFS_TYPE_OGG, "opus", 1, 48000, 0.5},
    {"chained.ogg", WFS_TYPE_OGG, "opus", 1, 48000, 1.0},
    {"live.flac", WFS_TYPE_FLAC, "flac", 1, 8000, 0.5},
    {"vbr-bare.mp3", WFS_TYPE_MP3, "mp3", 1, 22050, 0.5747},
    {"tags.mp3", WFS_TYPE_MP3, "mp3", 1, 8000, 0.648},
    {"aiff.aiff", WFS_TYPE_AIFF, "", 0, 0, 0.0},
    {"caf.caf", WFS_TYPE_CAF, "", 0, 0, 0.0},
};

#define EXPECTED_COUNT (sizeof expected / sizeof expected[0])

static void tells_the_facts_of_every_container(void **state)
{
    (void)state;
    for (size_t i = 0; i < EXPECTED_COUNT; i++) {
        const expected_facts *want = &expected[i];
        memory_file file = load(want->name);
        wfs_container_facts facts = read_facts(&file);

        print_message("%s: %s %u ch %u Hz %g s\n", want->name, facts.codec,
                      facts.channels, facts.sample_rate,
                      facts.duration_seconds);
        assert_int_equal(facts.type, want->type);
        assert_string_equal(facts.codec, want->codec);
        assert_int_equal(facts.channels, want->channels);
        assert_int_equal(facts.sample_rate, want->sample_rate);
        assert_false(facts.is_not_audio);
        assert_int_equal(facts.has_duration, want->duration > 0.0);
        assert_true(fabs(facts.duration_seconds - want->duration) < 0.0011);
        free(file.bytes);
    }
}

static void tells_the_type_from_the_first_bytes_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < EXPECTED_COUNT; i++) {
        memory_file file = load(expected[i].name);

        assert_int_equal(wfs_type_detect(file.bytes, WFS_TYPE_DETECT_BYTES),
                         expected[i].type);
        assert_int_equal(wfs_type_detect(file.bytes, 2), WFS_TYPE_UNKNOWN);
        free(file.bytes);
    }
}

static void takes_what_is_not_audio_for_unknown(void **state)
{
    static const char *const others[] = {
        "<!doctype html><html></html>",     "\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1", "PK\3\4\x14\0\0\0\0\0\0\0",
        "RIFF\x10\0\0\0WEBPVP8 ",           "\0\0\0\030ftypheic\0\0\0\0mif1",
        "\xff\xfe<\0?\0x\0m\0l\0",
    };

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(wfs_type_detect((const uint8_t *)others[i], 12),
                         WFS_TYPE_UNKNOWN);
    }
    assert_int_equal(wfs_type_detect((const uint8_t *)"", 0), WFS_TYPE_UNKNOWN);
}

static void refuses_video(void **state)
{
    static const char *const videos[] = {"video.webm", "silent-video.webm",
                                         "video.mp4", "video.ogg",
                                         "video-fragments.mp4"};

    (void)state;
    for (size_t i = 0; i < sizeof videos / sizeof videos[0]; i++) {
        memory_file file = load(videos[i]);
        wfs_container_facts facts = read_facts(&file);

        assert_true(facts.is_not_audio);
        free(file.bytes);
    }
}

static void reads_what_is_left_of_a_cut_file(void **state)
{
    memory_file file = load("opus-live.webm");
    size_t whole = file.length;
    double before = 0.0;
    size_t steps = 0;

    (void)state;
    for (file.length = 0; file.length <= whole; file.length++) {
        wfs_container_facts facts = read_facts(&file);

        if (facts.has_duration) {
            assert_true(facts.duration_seconds >= before);
            assert_true(facts.duration_seconds < 0.52);
            steps += facts.duration_seconds > before;
            before = facts.duration_seconds;
        }
    }
    assert_true(steps > 20); /* 25 packets of 20 ms */
    free(file.bytes);
}

/* xorshift; the seed is fixed so that a finding can be repeated. */
static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void survives_damage(void **state)
{
    uint32_t seed = 20240115;

    (void)state;
    for (size_t i = 0; i < EXPECTED_COUNT; i++) {
        memory_file file = load(expected[i].name);
        size_t reach = file.length < 400 ? file.length : 400;

        for (int round = 0; round < 500; round++) {
            size_t at = next_random(&seed) % reach;
            uint8_t before = file.bytes[at];
            wfs_container_facts facts;

            file.bytes[at] = (uint8_t)next_random(&seed);
            facts = read_facts(&file);
            assert_true(memchr(facts.codec, 0, sizeof facts.codec) != NULL);
            assert_true(!facts.has_duration || facts.duration_seconds >= 0.0);
            file.bytes[at] = before;
        }
        free(file.bytes);
    }
}

static void gives_up_on_a_file_made_to_be_slow(void **state)
{
    static const uint8_t fake[] = {0x1f, 0x43, 0xb6, 0x75, 0xff, /* Cluster */
                                   0xe7, 0x81, 0x01,             /* time */
                                   0xec, 0x80, 0xec, 0x80};      /* Voids */
    memory_file file = load("opus-live.webm");
    size_t head = 300;
    size_t length = 8u << 20;
    uint8_t *bytes = malloc(length);

    (void)state;
    assert_non_null(bytes);
    memcpy(bytes, file.bytes, head);
    for (size_t at = head; at < length; at++) {
        bytes[at] = at < length / 2 ? fake[(at - head) % sizeof fake]
                                    : (uint8_t)(at % 2 ? 0x80 : 0xec);
    }
    free(file.bytes);
    file.bytes = bytes;
    file.length = length;
    assert_false(read_facts(&file).has_duration);
    assert_true(file.reads < 1100000);
    free(bytes);
}

static void reads_little_of_a_long_recording(void **state)
{
    memory_file file = load("opus-live.webm");
    size_t whole = file.length;
    size_t length = 64u << 20;
    uint8_t *bytes = calloc(1, length);
    wfs_container_facts facts;

    (void)state;
    assert_non_null(bytes);
    memcpy(bytes, file.bytes, whole);
    memcpy(bytes + length - 1024, "\xec\x43\xfd", 3); /* a Void to the end */
    free(file.bytes);
    file.bytes = bytes;
    file.length = length;
    facts = read_facts(&file);
    assert_string_equal(facts.codec, "opus");
    assert_true(file.reads < 5000); /* 16 MiB in windows of 4 KiB, no more */
    free(bytes);
}

static void tells_when_reading_fails(void **state)
{
    memory_file file = load("opus.webm");
    wfs_reader reader = memory_file_reader(&file);
    wfs_container_facts facts = {.channels = 77};

    (void)state;
    file.is_broken = true;
    assert_int_equal(wfs_container_read(&reader, &facts), WFS_EIO);
    assert_int_equal(facts.channels, 77);
    free(file.bytes);
}

static void names_every_type(void **state)
{
    (void)state;
    assert_string_equal(wfs_type_get_extension(WFS_TYPE_MATROSKA), "mka");
    assert_string_equal(wfs_type_get_mime(WFS_TYPE_MATROSKA), "audio/matroska");
    assert_string_equal(wfs_type_get_extension(WFS_TYPE_UNKNOWN), "bin");
    assert_string_equal(wfs_type_get_mime(WFS_TYPE_CAF), "audio/x-caf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_facts_of_every_container),
        cmocka_unit_test(tells_the_type_from_the_first_bytes_alone),
        cmocka_unit_test(takes_what_is_not_audio_for_unknown),
        cmocka_unit_test(refuses_video),
        cmocka_unit_test(reads_what_is_left_of_a_cut_file),
        cmocka_unit_test(survives_damage),
        cmocka_unit_test(gives_up_on_a_file_made_to_be_slow),
        cmocka_unit_test(reads_little_of_a_long_recording),
        cmocka_unit_test(tells_when_reading_fails),
        cmocka_unit_test(names_every_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
