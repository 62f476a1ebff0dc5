/*
 * test_life.c - the whole life of an upload, chunk by chunk, in every layout.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#define SIZE 300000
#define CHUNK 65536
#define COUNT ((SIZE + CHUNK - 1) / CHUNK)

static void send_piece(wfs_store *store, const wfs_chunk_spec *spec,
                       const uint8_t *audio, size_t length, size_t chunk)
{
    size_t from = (size_t)spec->index * chunk;
    size_t left = length - from;

    test_send_ok(store, spec, audio + from, left < chunk ? left : chunk);
}

static void complete_and_expect(const test_store *self, const char *id,
                                uint64_t total, const uint8_t *audio)
{
    test_complete_ok(self, id, total, audio, SIZE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void one_chunk_becomes_a_recording(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("one", 0);

    spec.total_chunks = 1;
    test_send_ok(self->store, &spec, audio, SIZE);
    complete_and_expect(self, "one", WFS_UNKNOWN, audio);
    free(audio);
}

static void chunks_of_a_chunk_size_may_come_in_any_order(void **state)
{
    static const uint64_t order[COUNT] = {3, 0, 4, 2, 1};
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 2);

    for (size_t i = 0; i < COUNT; i++) {
        wfs_chunk_spec spec = test_chunk_spec("fixed", order[i]);

        spec.total_chunks = COUNT;
        spec.chunk_size = CHUNK;
        send_piece(self->store, &spec, audio, SIZE, CHUNK);
    }
    assert_int_equal(test_store_count_uploads(self, ""), 1);
    complete_and_expect(self, "fixed", WFS_UNKNOWN, audio);
    free(audio);
}

static void chunks_of_any_size_may_come_in_any_order(void **state)
{
    static const uint64_t order[COUNT] = {4, 1, 0, 3, 2};
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 3);

    for (size_t i = 0; i < COUNT; i++) {
        wfs_chunk_spec spec = test_chunk_spec("loose", order[i]);

        send_piece(self->store, &spec, audio, SIZE, CHUNK);
    }
    complete_and_expect(self, "loose", COUNT, audio);
    free(audio);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_chunk_becomes_a_recording,
                                        test_store_setup, test_store_teardown),
        cmocka_unit_test_setup_teardown(
            chunks_of_a_chunk_size_may_come_in_any_order, test_store_setup,
            test_store_teardown),
        cmocka_unit_test_setup_teardown(
            chunks_of_any_size_may_come_in_any_order, test_store_setup,
            test_store_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
