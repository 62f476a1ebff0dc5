/*
 * test_salvage_sizes.c - what the headers of salvaged files say, by the bytes.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reader.h"
#include "support/memory.h"

static void salvage_file(memory_file *file)
{
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_reader reader = memory_file_reader(file);

    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    memory_file_salvage(file, &plan);
    wfs_salvage_release(&plan);
}

/* The first `length` bytes of a file, salvaged. */
static memory_file salvage(const char *name, size_t length)
{
    char path[4096];
    memory_file file;

    (void)snprintf(path, sizeof path, "%s/%s", WFS_TEST_DATA, name);
    file = memory_file_load(path);
    assert_true(length <= file.length);
    file.length = length;
    salvage_file(&file);
    return file;
}

static uint64_t read_little(const memory_file *file, size_t at, size_t length)
{
    assert_true(at + length <= file->length);
    return wfs_little_endian(file->bytes + at, length);
}

static size_t find(const memory_file *file, const char mark[4])
{
    size_t at = 0;

    while (memcmp(file->bytes + at, mark, 4) != 0) {
        at++;
        assert_true(at + 4 <= file->length);
    }
    return at;
}

static double read_duration(memory_file *file)
{
    wfs_reader reader = memory_file_reader(file);
    wfs_container_facts facts;

    assert_int_equal(wfs_container_read(&reader, &facts), WFS_OK);
    return facts.duration_seconds;
}

static void a_wav_is_padded_to_an_even_size(void **state)
{
    memory_file file = salvage("u8.wav", 1001);
    size_t data = find(&file, "data");

    (void)state;
    assert_int_equal(file.length, 1002);
    assert_int_equal(file.bytes[1001], 0);
    assert_int_equal(read_little(&file, 4, 4), 1002 - 8);
    assert_int_equal(read_little(&file, data + 4, 4), 1001 - data - 8);
    free(file.bytes);
}

/* Data of less than one block, however much lies behind it. */
static void a_wav_without_one_whole_block_is_nothing(void **state)
{
    char path[4096];
    memory_file file;
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_reader reader;
    size_t data;

    (void)state;
    (void)snprintf(path, sizeof path, "%s/adpcm.wav", WFS_TEST_DATA);
    file = memory_file_load(path);
    data = find(&file, "data");
    memcpy(file.bytes + data + 4, "\x78\x00\x00\x00", 4);
    reader = memory_file_reader(&file);
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(plan.kept_bytes, 0);
    assert_non_null(plan.obstacle);
    free(file.bytes);
}

static void an_rf64_tells_its_sizes_in_ds64(void **state)
{
    memory_file file = salvage("rf64.wav", 2001);
    size_t data = find(&file, "data");

    (void)state;
    assert_int_equal(file.length, 2000);
    assert_int_equal(read_little(&file, 20, 8), 2000 - 8);
    assert_int_equal(read_little(&file, 28, 8), 2000 - data - 8);
    assert_int_equal(read_little(&file, 36, 8), (2000 - data - 8) / 2);
    assert_int_equal(read_little(&file, data + 4, 4), 0xffffffff);
    free(file.bytes);
}

/* A plan reads; what it does not ask for need not exist. */
static wfs_status read_start(void *data, uint64_t offset, void *buffer,
                             size_t length, size_t *ret_length)
{
    const memory_file *file = data;
    size_t rest = offset < file->length ? file->length - (size_t)offset : 0;

    memset(buffer, 0, length);
    if (rest > 0) {
        memcpy(buffer, file->bytes + offset, rest < length ? rest : length);
    }
    *ret_length = length;
    return WFS_OK;
}

static const wfs_salvage_patch *find_patch(const wfs_salvage *plan,
                                           uint64_t offset)
{
    for (size_t i = 0; i < plan->patch_count; i++) {
        if (plan->patches[i].offset == offset) {
            return &plan->patches[i];
        }
    }
    return NULL;
}

static void a_wav_beyond_4_gib_becomes_an_rf64_if_it_has_room(void **state)
{
    static uint8_t head[] =
        "RIFF\xff\xff\xff\xffWAVEJUNK\x1c\0\0\0"
        "0123456789012345678901234567"
        "fmt \x10\0\0\0\1\0\1\0\x80\xbb\0\0\0\x77\1\0\2\0\x10\0"
        "data\xff\xff\xff\xff";
    memory_file file = {head, sizeof head - 1, 0, false};
    const uint64_t size = (UINT64_C(5) << 30) + 1;
    wfs_reader reader = {read_start, &file, size};
    wfs_salvage plan = WFS_SALVAGE_INIT;

    (void)state;
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(plan.kept_bytes, size - 1);
    assert_memory_equal(find_patch(&plan, 0)->bytes, "RF64", 4);
    assert_memory_equal(find_patch(&plan, 12)->bytes, "ds64", 4);
    assert_int_equal(wfs_little_endian(find_patch(&plan, 20)->bytes, 8),
                     size - 1 - 8);
    assert_int_equal(wfs_little_endian(find_patch(&plan, 28)->bytes, 8),
                     size - 1 - (sizeof head - 1));
    assert_true(fabs(plan.duration_seconds -
                     (double)(size - sizeof head) / 96000) < 0.001);

    memcpy(head + 12, "LIST", 4); /* no room: not known */
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(wfs_little_endian(find_patch(&plan, 4)->bytes, 4), 0);
    assert_true(plan.duration_seconds > 50000);
}

static void an_ogg_loses_a_page_with_a_wrong_sum(void **state)
{
    memory_file file = salvage("chained.ogg", 4801);
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_reader reader = memory_file_reader(&file);
    size_t last = file.length - 4;

    (void)state;
    assert_int_equal(file.length, 4801);
    while (memcmp(file.bytes + last, "OggS", 4) != 0) {
        last--;
    }
    file.bytes[file.length - 1] ^= 1;
    assert_int_equal(wfs_salvage_plan(&reader, &plan, NULL), WFS_OK);
    assert_int_equal(plan.kept_bytes, last);
    free(file.bytes);
}

static void an_mp4_ends_behind_the_samples_of_a_fragment(void **state)
{
    memory_file whole = salvage("fragments.m4a", 2446);
    size_t last = whole.length - 4;
    memory_file file;

    (void)state;
    while (memcmp(whole.bytes + last, "moof", 4) != 0) {
        last--;
    }
    file = salvage("fragments.m4a", whole.length - 1);
    assert_int_equal(file.length, last - 4);
    free(file.bytes);
    free(whole.bytes);
}

static size_t get_box_end(const memory_file *file, size_t at)
{
    return at + (size_t)wfs_big_endian(file->bytes + at, 4);
}

/* The first samples may lie before the index, and only the rest in fragments.
 */
static void an_mp4_keeps_its_index_behind_the_first_samples(void **state)
{
    memory_file file = memory_file_load(WFS_TEST_DATA "/moov-fragments.m4a");
    size_t moov = find(&file, "moov") - 4;
    size_t mdat = get_box_end(&file, moov);
    size_t end = get_box_end(&file, mdat);
    memory_file turned = memory_file_copy(&file, end + 20);

    (void)state;
    memcpy(turned.bytes + moov, file.bytes + mdat, end - mdat);
    memcpy(turned.bytes + moov + end - mdat, file.bytes + moov, mdat - moov);
    salvage_file(&turned);
    assert_int_equal(turned.length, end);
    assert_true(read_duration(&turned) > 0.05);
    free(turned.bytes);
    free(file.bytes);
}

static void an_mp3_tells_how_many_frames_are_left(void **state)
{
    memory_file file = salvage("vbr.mp3", 900);
    double seconds = read_duration(&file);

    (void)state;
    assert_true(seconds > 0.2);
    assert_true(seconds < 0.5);
    free(file.bytes);
}

static void a_flac_forgets_the_sum_of_what_was_cut(void **state)
{
    memory_file file = salvage("flac.flac", 9600);

    (void)state;
    for (size_t i = 26; i < 42; i++) {
        assert_int_equal(file.bytes[i], 0);
    }
    free(file.bytes);
}

/* Numbers of frames beyond 127 take more than one byte. */
static void a_flac_of_many_frames_is_cut_behind_the_last_whole_one(void **state)
{
    memory_file file = salvage("long.flac", 12500);
    double seconds = read_duration(&file);

    (void)state;
    assert_true(seconds > 20 && seconds < 30);
    assert_true(fabs(seconds * 8000 / 576 - round(seconds * 8000 / 576)) <
                1e-6);
    free(file.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wav_is_padded_to_an_even_size),
        cmocka_unit_test(a_wav_without_one_whole_block_is_nothing),
        cmocka_unit_test(an_rf64_tells_its_sizes_in_ds64),
        cmocka_unit_test(a_wav_beyond_4_gib_becomes_an_rf64_if_it_has_room),
        cmocka_unit_test(an_ogg_loses_a_page_with_a_wrong_sum),
        cmocka_unit_test(an_mp4_ends_behind_the_samples_of_a_fragment),
        cmocka_unit_test(an_mp4_keeps_its_index_behind_the_first_samples),
        cmocka_unit_test(an_mp3_tells_how_many_frames_are_left),
        cmocka_unit_test(
            a_flac_of_many_frames_is_cut_behind_the_last_whole_one),
        cmocka_unit_test(a_flac_forgets_the_sum_of_what_was_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
