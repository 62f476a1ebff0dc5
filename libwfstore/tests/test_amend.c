/*
 * test_amend.c - chunks of which more is told behind their bytes.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK 70000

static wfs_chunk *begin_with(wfs_store *store, const wfs_chunk_spec *spec,
                             const uint8_t *bytes, size_t length)
{
    wfs_chunk *chunk = NULL;

    assert_status(wfs_upload_begin_chunk(store, spec, &chunk, NULL), WFS_OK);
    assert_status(wfs_chunk_write(chunk, bytes, length / 3, NULL), WFS_OK);
    assert_status(
        wfs_chunk_write(chunk, bytes + length / 3, length - length / 3, NULL),
        WFS_OK);
    return chunk;
}

static wfs_status amend_and_commit(wfs_chunk *chunk, const wfs_chunk_spec *spec,
                                   wfs_receipt *ret_receipt)
{
    wfs_status status = wfs_chunk_amend(chunk, spec, NULL);

    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    return wfs_chunk_commit(chunk, ret_receipt, NULL);
}

/* Begun as `spec` says; its digest is told behind the bytes, a wrong one first.
 */
static void send_with_digest(wfs_store *store, const wfs_chunk_spec *spec,
                             const uint8_t *bytes, size_t length, bool existed)
{
    wfs_digest digests[] = {test_digest("else", 4), test_digest(bytes, length)};
    wfs_status expected[] = {WFS_EDIGEST, WFS_OK};
    wfs_receipt receipt;

    for (size_t i = 0; i < 2; i++) {
        wfs_chunk_spec more = *spec;

        more.digest = digests[i];
        assert_status(amend_and_commit(begin_with(store, spec, bytes, length),
                                       &more, &receipt),
                      expected[i]);
    }
    assert_int_equal(receipt.existed, existed);
    assert_true(existed || receipt.has_sha256);
    assert_true(existed || memcmp(receipt.sha256, digests[1].bytes,
                                  WFS_SHA256_BYTES) == 0);
}

static void a_digest_is_verified_wherever_the_bytes_are(void **state)
{
    static const uint64_t order[] = {2, 0, 1};
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(3 * CHUNK, 1);

    for (size_t i = 0; i < 3; i++) {
        const uint8_t *bytes = audio + order[i] * CHUNK;
        wfs_chunk_spec any = test_chunk_spec("any", order[i]);
        wfs_chunk_spec fixed = test_chunk_spec("fixed", order[i]);

        fixed.chunk_size = CHUNK;
        send_with_digest(self->store, &any, bytes, CHUNK, false);
        send_with_digest(self->store, &fixed, bytes, CHUNK, false);
    }
    test_complete_ok(self, "any", 3, audio, 3 * CHUNK);
    test_complete_ok(self, "fixed", 3, audio, 3 * CHUNK);
    free(audio);
}

static void so_it_is_of_a_provisional_one_and_of_a_repeat(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(CHUNK, 1);
    wfs_chunk_spec spec = test_chunk_spec("head", 0);

    spec.is_provisional = true;
    send_with_digest(self->store, &spec, audio, 3000, false);

    spec = test_chunk_spec("again", 0);
    test_send_ok(self->store, &spec, audio, CHUNK);
    send_with_digest(self->store, &spec, audio, CHUNK, true);

    spec = test_chunk_spec("loose", 1);
    test_send_ok(self->store, &spec, audio, CHUNK);
    send_with_digest(self->store, &spec, audio, CHUNK, true);
    free(audio);
}

static void total_and_name_are_the_uploads(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(CHUNK, 1);
    wfs_chunk_spec spec = test_chunk_spec("more", 0);
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_chunk *chunk = begin_with(self->store, &spec, audio, CHUNK);
    wfs_receipt receipt;

    spec.total_chunks = 7;
    spec.name = "take.wav";
    assert_status(amend_and_commit(chunk, &spec, &receipt), WFS_OK);
    assert_int_equal(receipt.total_chunks, 7);
    assert_status(wfs_upload_get(self->store, "more", false, &info, NULL),
                  WFS_OK);
    assert_string_equal(info.name, "take.wav");
    wfs_upload_info_release(&info);
    free(audio);
}

static void what_contradicts_the_upload_is_refused(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(CHUNK, 1);
    wfs_chunk_spec spec = test_chunk_spec("no", 0);
    wfs_chunk *chunk;
    wfs_receipt receipt;

    spec.chunk_size = CHUNK;
    spec.total_chunks = 3;
    test_send_ok(self->store, &spec, audio, CHUNK);

    spec = test_chunk_spec("no", 1);
    chunk = begin_with(self->store, &spec, audio, CHUNK);
    spec.chunk_size = CHUNK + 1;
    assert_status(amend_and_commit(chunk, &spec, &receipt), WFS_ECONFLICT);
    spec.chunk_size = WFS_UNKNOWN;
    chunk = begin_with(self->store, &spec, audio, CHUNK);
    spec.total_chunks = 4;
    assert_status(amend_and_commit(chunk, &spec, &receipt), WFS_ECONFLICT);
    spec.total_chunks = WFS_UNKNOWN;
    chunk = begin_with(self->store, &spec, audio, CHUNK);
    spec.total_chunks = 0;
    assert_status(amend_and_commit(chunk, &spec, &receipt), WFS_EINVAL);
    spec.total_chunks = 3;
    spec.chunk_size = CHUNK;
    test_send_ok(self->store, &spec, audio, CHUNK);
    free(audio);
}

static void it_stays_the_chunk_that_was_begun(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(CHUNK, 1);
    const wfs_chunk_spec spec = test_chunk_spec("same", 0);
    wfs_chunk_spec others[3] = {spec, spec, spec};
    wfs_receipt receipt;

    others[0].id = "other";
    others[1].index = 1;
    others[2].is_provisional = true;
    for (size_t i = 0; i < 3; i++) {
        wfs_chunk *chunk = begin_with(self->store, &spec, audio, CHUNK);

        assert_status(wfs_chunk_amend(chunk, &others[i], NULL), WFS_EINVAL);
        assert_status(wfs_chunk_amend(chunk, &spec, NULL), WFS_ECANCELED);
        assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_ECANCELED);
    }
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(audio);
}

static void one_without_a_place_is_placed_instead(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("place", 0);
    wfs_chunk *chunk = NULL;

    assert_status(wfs_upload_begin_unplaced_chunk(self->store, &spec.limits,
                                                  &chunk, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_amend(chunk, &spec, NULL), WFS_ECANCELED);
    wfs_chunk_discard(chunk);
}

static void one_that_is_there_needs_no_bytes(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(CHUNK, 1);
    wfs_chunk_spec spec = test_chunk_spec("there", 0);
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    spec.length = CHUNK;
    spec.digest = test_digest(audio, CHUNK);
    test_send_ok(self->store, &spec, audio, CHUNK);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_int_equal(wfs_chunk_get_state(chunk), WFS_CHUNK_PRESENT);
    assert_status(amend_and_commit(chunk, &spec, &receipt), WFS_OK);
    assert_true(receipt.existed);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_digest_is_verified_wherever_the_bytes_are),
        ON_STORE(so_it_is_of_a_provisional_one_and_of_a_repeat),
        ON_STORE(total_and_name_are_the_uploads),
        ON_STORE(what_contradicts_the_upload_is_refused),
        ON_STORE(it_stays_the_chunk_that_was_begun),
        ON_STORE(one_without_a_place_is_placed_instead),
        ON_STORE(one_that_is_there_needs_no_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
