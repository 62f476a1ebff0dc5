/*
 * test_container_long.c - files of a gigabyte and more cost a few reads: pieces
 * of real files, and nothing but zeros between.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ebml_write.h"
#include "support/memory.h"

#define GIGABYTE (UINT64_C(1) << 30)
#define PIECES_MAX 3

typedef struct piece {
    uint64_t at;
    const uint8_t *bytes;
    size_t length;
} piece;

typedef struct sparse_file {
    piece pieces[PIECES_MAX];
    size_t count;
    size_t reads;
} sparse_file;

static wfs_status read_sparse(void *data, uint64_t offset, void *buffer,
                              size_t length, size_t *ret_length)
{
    sparse_file *file = data;

    file->reads++;
    memset(buffer, 0, length);
    for (size_t i = 0; i < file->count; i++) {
        const piece *from = &file->pieces[i];

        for (size_t j = 0; j < length; j++) {
            if (offset + j >= from->at &&
                offset + j - from->at < from->length) {
                ((uint8_t *)buffer)[j] = from->bytes[offset + j - from->at];
            }
        }
    }
    *ret_length = length;
    return WFS_OK;
}

static void put(sparse_file *file, uint64_t at, const uint8_t *bytes,
                size_t length)
{
    piece added = {at, bytes, length};

    assert_true(file->count < PIECES_MAX);
    file->pieces[file->count++] = added;
}

static wfs_container_facts read_facts(sparse_file *file, uint64_t size)
{
    wfs_reader reader = {read_sparse, file, size};
    wfs_container_facts facts;

    assert_int_equal(wfs_container_read(&reader, &facts), WFS_OK);
    print_message("%s: %g s, %zu reads\n", facts.codec, facts.duration_seconds,
                  file->reads);
    assert_true(facts.has_duration);
    return facts;
}

static memory_file load(const char *name)
{
    char path[4096];

    (void)snprintf(path, sizeof path, "%s/%s", WFS_TEST_DATA, name);
    return memory_file_load(path);
}

static size_t find_last(const memory_file *file, const char *mark,
                        size_t length)
{
    size_t at = file->length - length;

    while (memcmp(file->bytes + at, mark, length) != 0) {
        assert_true(at > 0);
        at--;
    }
    return at;
}

/* The last Cluster and the Cues of a take lie at the end of a gigabyte. */
static sparse_file stretch_webm(memory_file *file)
{
    size_t cluster = find_last(file, "\x1f\x43\xb6\x75", 4);
    size_t cues = find_last(file, "\x1c\x53\xbb\x6b", 4);
    uint64_t at = GIGABYTE - (file->length - cluster);
    sparse_file sparse = {.count = 0};

    ebml_put_size(file->bytes + 40, GIGABYTE - 48, 8);
    ebml_put_fixed(file->bytes + 108, at + (cues - cluster) - 48, 8);
    put(&sparse, 0, file->bytes, 4096 + 64);
    put(&sparse, at, file->bytes + cluster, file->length - cluster);
    return sparse;
}

static void reads_a_webm_with_a_duration_at_once(void **state)
{
    memory_file file = load("recorder.webm");
    sparse_file sparse = stretch_webm(&file);

    (void)state;
    assert_true(fabs(read_facts(&sparse, GIGABYTE).duration_seconds - 11.3) <
                1e-9);
    assert_true(sparse.reads <= 3);
    free(file.bytes);
}

/* 100 KiB of them, which are not searched for a Cluster. */
static void finds_the_end_of_a_webm_before_its_cues(void **state)
{
    static const uint8_t cues_head[] = {0x1c, 0x53, 0xbb, 0x6b,
                                        0x10, 0x01, 0x90, 0x00};
    memory_file file = load("recorder.webm");
    sparse_file sparse = stretch_webm(&file);
    size_t cluster = find_last(&file, "\x1f\x43\xb6\x75", 4);
    size_t cues = find_last(&file, "\x1c\x53\xbb\x6b", 4);
    uint64_t at = sparse.pieces[1].at + (cues - cluster);
    uint64_t size = at + sizeof cues_head + 0x19000;

    (void)state;
    sparse.pieces[1].length = cues - cluster;
    put(&sparse, at, cues_head, sizeof cues_head);
    ebml_put_size(file.bytes + 40, size - 48, 8);
    ebml_put_void_head(file.bytes + 156, 11); /* where Duration was */
    assert_true(fabs(read_facts(&sparse, size).duration_seconds - 11.3) <
                0.001);
    assert_true(sparse.reads <= 8);
    free(file.bytes);
}

static void finds_the_index_of_an_mp4_behind_its_samples(void **state)
{
    memory_file file = load("aac.m4a");
    size_t moov = find_last(&file, "moov", 4) - 4;
    size_t mdat = find_last(&file, "mdat", 4) - 4;
    sparse_file sparse = {.count = 0};

    (void)state;
    assert_true(mdat < moov);
    ebml_put_fixed(file.bytes + mdat, GIGABYTE - mdat, 4);
    put(&sparse, 0, file.bytes, mdat + 8);
    put(&sparse, GIGABYTE, file.bytes + moov, file.length - moov);
    assert_true(fabs(read_facts(&sparse, GIGABYTE + file.length - moov)
                         .duration_seconds -
                     0.5) < 0.001);
    assert_true(sparse.reads <= 3);
    free(file.bytes);
}

static void finds_the_last_of_many_fragments(void **state)
{
    memory_file file = load("fragments.m4a");
    size_t moof = find_last(&file, "moof", 4) - 4;
    size_t first = 0;
    sparse_file sparse = {.count = 0};

    (void)state;
    while (memcmp(file.bytes + first + 4, "moof", 4) != 0) {
        first++;
    }
    put(&sparse, 0, file.bytes, first);
    put(&sparse, GIGABYTE, file.bytes + moof, file.length - moof);
    assert_true(fabs(read_facts(&sparse, GIGABYTE + file.length - moof)
                         .duration_seconds -
                     0.5213) < 0.001);
    assert_true(sparse.reads <= 4);
    free(file.bytes);
}

static void finds_the_last_page_of_an_ogg(void **state)
{
    memory_file file = load("opus.ogg");
    size_t page = find_last(&file, "OggS", 4);
    sparse_file sparse = {.count = 0};

    (void)state;
    put(&sparse, 0, file.bytes, page);
    put(&sparse, GIGABYTE, file.bytes + page, file.length - page);
    assert_true(fabs(read_facts(&sparse, GIGABYTE + file.length - page)
                         .duration_seconds -
                     0.5) < 0.001);
    assert_true(sparse.reads <= 8);
    free(file.bytes);
}

static void steps_over_the_data_of_a_wav(void **state)
{
    memory_file file = load("rf64.wav");
    uint64_t size = 5 * GIGABYTE;
    size_t data = find_last(&file, "data", 4) + 8;
    sparse_file sparse = {.count = 0};

    (void)state;
    for (size_t i = 0; i < 8; i++) { /* ds64: size of the data */
        file.bytes[28 + i] = (uint8_t)((size - data) >> (8 * i));
    }
    put(&sparse, 0, file.bytes, data);
    assert_true(fabs(read_facts(&sparse, size).duration_seconds -
                     (double)(size - data) / 16000) < 0.001);
    assert_true(sparse.reads <= 2);
    memcpy(file.bytes, "BW64", 4);
    assert_true(read_facts(&sparse, size).duration_seconds > 300000);
    free(file.bytes);
}

/* Opus, then Vorbis 200 times: of one serial number, so one link. */
static memory_file make_chain(void)
{
    memory_file pair = load("chained.ogg");
    size_t second = find_last(&pair, "\x01vorbis", 7) - 28;
    size_t length = pair.length - second;
    memory_file chain = {malloc(second + 200 * length), second, 0, false};

    assert_non_null(chain.bytes);
    assert_memory_equal(pair.bytes + second, "OggS", 4);
    memcpy(chain.bytes, pair.bytes, second);
    for (; chain.length < second + 200 * length; chain.length += length) {
        memcpy(chain.bytes + chain.length, pair.bytes + second, length);
    }
    free(pair.bytes);
    return chain;
}

static void halves_a_chain_of_ogg_to_find_its_links(void **state)
{
    memory_file chain = make_chain();
    wfs_reader reader = memory_file_reader(&chain);
    wfs_container_facts facts;

    (void)state;
    assert_int_equal(wfs_container_read(&reader, &facts), WFS_OK);
    print_message("%g s, %zu reads\n", facts.duration_seconds, chain.reads);
    assert_string_equal(facts.codec, "opus");
    assert_true(fabs(facts.duration_seconds - 1.0) < 0.001);
    assert_true(chain.reads < chain.length / 4096);
    free(chain.bytes);
}

/* Made by hand: no encoder at hand writes one. */
static void believes_a_vbri_header(void **state)
{
    memory_file file = load("vbr-bare.mp3");
    wfs_reader reader = memory_file_reader(&file);
    wfs_container_facts facts;

    (void)state;
    memcpy(file.bytes + 36, "VBRI\0\1\0\0\0\0\0\1\0\0\0\0\1\0", 18);
    assert_int_equal(wfs_container_read(&reader, &facts), WFS_OK);
    assert_true(fabs(facts.duration_seconds - 256 * 576.0 / 22050) < 0.001);
    free(file.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_webm_with_a_duration_at_once),
        cmocka_unit_test(finds_the_end_of_a_webm_before_its_cues),
        cmocka_unit_test(finds_the_index_of_an_mp4_behind_its_samples),
        cmocka_unit_test(finds_the_last_of_many_fragments),
        cmocka_unit_test(finds_the_last_page_of_an_ogg),
        cmocka_unit_test(steps_over_the_data_of_a_wav),
        cmocka_unit_test(halves_a_chain_of_ogg_to_find_its_links),
        cmocka_unit_test(believes_a_vbri_header),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
