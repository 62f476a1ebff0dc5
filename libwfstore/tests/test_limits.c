/*
 * test_limits.c - limits that only hold when chunks are looked at one after the
 * other; space that is given back; a head of any size.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#define PIECE 30000

/* Each begun while the other was not accepted: both are within the limit. */
static void chunks_that_come_at_once_do_not_exceed_the_recording(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make((size_t)2 * PIECE, 1);
    wfs_chunk_spec spec = test_chunk_spec("both", 0);
    wfs_chunk *chunks[2] = {NULL, NULL};
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;

    spec.limits.recording_max_bytes = PIECE + 100;
    for (uint64_t i = 0; i < 2; i++) {
        spec.index = i;
        assert_status(
            wfs_upload_begin_chunk(self->store, &spec, &chunks[i], NULL),
            WFS_OK);
        assert_status(
            wfs_chunk_write(chunks[i], audio + i * PIECE, PIECE, NULL), WFS_OK);
    }
    assert_status(wfs_chunk_commit(chunks[0], &receipt, NULL), WFS_OK);
    assert_status(wfs_chunk_commit(chunks[1], &receipt, &error), WFS_ETOOLARGE);
    assert_int_equal(error.expected, PIECE + 100);
    assert_int_equal(error.got, 2 * PIECE);
    assert_int_equal(test_store_count_uploads(self, ".1"), 0);
    spec.index = 1;
    test_send_ok(self->store, &spec, audio + PIECE, 100);
    test_complete_ok(self, "both", 2, audio, PIECE + 100);
    free(audio);
}

static void a_head_may_be_as_large_as_heads_may_be(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(WFS_HEAD_MAX_BYTES + 1000, 1);
    wfs_chunk_spec spec = test_chunk_spec("head", 0);
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    spec.is_provisional = true;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    for (size_t at = 0; at < WFS_HEAD_MAX_BYTES; at += 1024) {
        assert_status(wfs_chunk_write(chunk, audio + at, 1024, NULL), WFS_OK);
    }
    assert_status(wfs_chunk_write(chunk, audio, 1, NULL), WFS_EINVAL);
    wfs_chunk_discard(chunk);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    for (size_t at = 0; at < WFS_HEAD_MAX_BYTES; at += 512) {
        assert_status(wfs_chunk_write(chunk, audio + at, 512, NULL), WFS_OK);
    }
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
    spec.is_provisional = false;
    spec.index = 1;
    test_send_ok(self->store, &spec, audio + WFS_HEAD_MAX_BYTES, 1000);
    test_complete_ok(self, "head", 2, audio, WFS_HEAD_MAX_BYTES + 1000);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(chunks_that_come_at_once_do_not_exceed_the_recording),
        ON_STORE(a_head_may_be_as_large_as_heads_may_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
