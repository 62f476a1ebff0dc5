/*
 * acts_send.c - acts that send chunks, and what was sent before them.
 */
#include <stdlib.h>

#include "support/acts_internal.h"

uint8_t *test_acts_audio(void)
{
    return test_audio_make(SIZE, 1);
}

wfs_status test_acts_send(const test_store *self, uint64_t index,
                          test_acts_layout how)
{
    uint8_t *audio = test_acts_audio();
    wfs_chunk_spec spec = test_chunk_spec(TEST_ACTS_ID, index);
    wfs_status status;

    spec.chunk_size = how == FIXED ? CHUNK : WFS_UNKNOWN;
    spec.is_provisional = how == HEAD && index == 0;
    status = test_send(self->store, &spec, audio + index * CHUNK, CHUNK, NULL);
    free(audio);
    return status;
}

static void need(wfs_status status)
{
    assert_status(status, WFS_OK);
}

void test_acts_have_fixed(test_store *self)
{
    need(test_acts_send(self, 2, FIXED));
}

void test_acts_have_first(test_store *self)
{
    need(test_acts_send(self, 0, ANY));
}

void test_acts_have_later(test_store *self)
{
    need(test_acts_send(self, 2, ANY));
    need(test_acts_send(self, 1, ANY));
}

/* Another header: its sizes are not known yet. */
void test_acts_have_old_head(test_store *self)
{
    uint8_t *audio = test_acts_audio();
    wfs_chunk_spec spec = test_chunk_spec(TEST_ACTS_ID, 0);

    audio[4] ^= 1;
    spec.is_provisional = true;
    test_send_ok(self->store, &spec, audio, CHUNK);
    free(audio);
}

void test_acts_have_all_fixed(test_store *self)
{
    test_acts_have_fixed(self);
    need(test_acts_send(self, 0, FIXED));
    need(test_acts_send(self, 1, FIXED));
}

void test_acts_have_all_in_order(test_store *self)
{
    for (uint64_t i = 0; i < COUNT; i++) {
        need(test_acts_send(self, i, ANY));
    }
}

void test_acts_have_all_loose(test_store *self)
{
    test_acts_have_later(self);
    need(test_acts_send(self, 0, ANY));
}

void test_acts_have_all_with_head(test_store *self)
{
    need(test_acts_send(self, 0, HEAD));
    need(test_acts_send(self, 2, HEAD));
    need(test_acts_send(self, 1, HEAD));
}

wfs_status test_acts_send_fixed(test_store *self)
{
    return test_acts_send(self, 0, FIXED);
}

wfs_status test_acts_send_first(test_store *self)
{
    return test_acts_send(self, 0, ANY);
}

wfs_status test_acts_send_next(test_store *self)
{
    return test_acts_send(self, 1, ANY);
}

wfs_status test_acts_send_loose(test_store *self)
{
    return test_acts_send(self, 2, ANY);
}

wfs_status test_acts_send_head(test_store *self)
{
    return test_acts_send(self, 0, HEAD);
}

wfs_status test_acts_send_unplaced(test_store *self)
{
    uint8_t *audio = test_acts_audio();
    wfs_chunk_spec spec = test_chunk_spec(TEST_ACTS_ID, 2);
    wfs_receipt receipt;
    wfs_chunk *chunk = NULL;
    wfs_status status = wfs_upload_begin_unplaced_chunk(
        self->store, &spec.limits, &chunk, NULL);

    if (status == WFS_OK) {
        status = wfs_chunk_write(chunk, audio + 2 * CHUNK, CHUNK, NULL);
    }
    if (status == WFS_OK) {
        status = wfs_chunk_place(chunk, &spec, NULL);
    }
    free(audio);
    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    return wfs_chunk_commit(chunk, &receipt, NULL);
}

/* The digest is not the act's: making it takes memory, too. */
static wfs_digest second_digest;

void test_acts_have_first_and_digest(test_store *self)
{
    uint8_t *audio = test_acts_audio();

    second_digest = test_digest(audio + CHUNK, CHUNK);
    free(audio);
    test_acts_have_first(self);
}

wfs_status test_acts_send_amended(test_store *self)
{
    uint8_t *audio = test_acts_audio();
    wfs_chunk_spec spec = test_chunk_spec(TEST_ACTS_ID, 1);
    wfs_receipt receipt;
    wfs_chunk *chunk = NULL;
    wfs_status status =
        wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL);

    if (status == WFS_OK) {
        status = wfs_chunk_write(chunk, audio + CHUNK, CHUNK, NULL);
    }
    if (status == WFS_OK) {
        spec.digest = second_digest;
        status = wfs_chunk_amend(chunk, &spec, NULL);
    }
    free(audio);
    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    return wfs_chunk_commit(chunk, &receipt, NULL);
}
