/*
 * test_prefix.c - listening to what is there of an unfinished upload.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIZE 90000
#define PIECE 30000

static uint8_t *audio;

static int setup(void **state)
{
    audio = test_audio_make(SIZE, 1);
    return test_store_setup(state);
}

static int teardown(void **state)
{
    free(audio);
    return test_store_teardown(state);
}

static void send(const test_store *self, uint64_t index, uint64_t chunk_size)
{
    wfs_chunk_spec spec = test_chunk_spec("take", index);

    spec.chunk_size = chunk_size;
    test_send_ok(self->store, &spec, audio + index * PIECE, PIECE);
}

static void send_head(const test_store *self, const uint8_t *bytes)
{
    wfs_chunk_spec spec = test_chunk_spec("take", 0);

    spec.is_provisional = true;
    test_send_ok(self->store, &spec, bytes, PIECE);
}

static wfs_status try_open(const test_store *self)
{
    wfs_upload_prefix prefix = WFS_UPLOAD_PREFIX_INIT;
    wfs_status status =
        wfs_upload_open_prefix(self->store, "take", &prefix, NULL);

    wfs_upload_prefix_release(&prefix);
    return status;
}

/* Fail unless exactly the first `length` bytes are there. */
static void expect(const test_store *self, size_t length)
{
    wfs_upload_prefix prefix = WFS_UPLOAD_PREFIX_INIT;
    uint8_t *bytes = malloc(length);
    size_t head;

    assert_non_null(bytes);
    assert_status(wfs_upload_open_prefix(self->store, "take", &prefix, NULL),
                  WFS_OK);
    assert_int_equal(prefix.blob.size_bytes, length);
    assert_string_equal(prefix.mime_type, "audio/wav");
    assert_true(prefix.blob.modified > 0);
    head = prefix.head_bytes;
    if (head > 0) {
        memcpy(bytes, prefix.head, head);
    }
    if (head < length) {
        assert_int_equal(
            pread(prefix.blob.fd, bytes + head, length - head, (off_t)head),
            length - head);
    } else {
        assert_int_equal(prefix.blob.fd, -1);
    }
    assert_memory_equal(bytes, audio, length);
    wfs_upload_prefix_release(&prefix);
    free(bytes);
}

static void what_came_in_order_is_there(void **state)
{
    const test_store *self = *state;

    send(self, 0, WFS_UNKNOWN);
    expect(self, PIECE);
    send(self, 1, WFS_UNKNOWN);
    expect(self, (size_t)2 * PIECE);
}

static void what_lies_behind_a_gap_is_not(void **state)
{
    test_store *self = *state;

    send(self, 0, WFS_UNKNOWN);
    send(self, 2, WFS_UNKNOWN);
    expect(self, PIECE);
    send(self, 1, WFS_UNKNOWN);
    test_store_reopen(self); /* whatever the committer had begun is over */
    test_tend(self);
    expect(self, SIZE);
}

static void with_a_chunk_size_it_is_the_same(void **state)
{
    const test_store *self = *state;

    send(self, 2, PIECE);
    assert_status(try_open(self), WFS_ENOUPLOAD);
    send(self, 0, PIECE);
    expect(self, PIECE);
    send(self, 1, PIECE);
    expect(self, SIZE);
}

static void a_provisional_head_is_in_front(void **state)
{
    const test_store *self = *state;
    uint8_t *other = test_audio_make(SIZE, 2);

    send_head(self, other);
    send(self, 1, WFS_UNKNOWN);
    send_head(self, audio);
    expect(self, (size_t)2 * PIECE);
    free(other);
}

static void a_head_alone_is_there_too(void **state)
{
    const test_store *self = *state;

    send_head(self, audio);
    expect(self, PIECE);
}

static void where_nothing_is_there_it_is_said(void **state)
{
    const test_store *self = *state;
    wfs_upload_prefix prefix = WFS_UPLOAD_PREFIX_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;

    assert_status(wfs_upload_open_prefix(self->store, "a/b", &prefix, NULL),
                  WFS_EID);
    assert_status(try_open(self), WFS_ENOUPLOAD);
    send(self, 1, WFS_UNKNOWN);
    assert_status(try_open(self), WFS_ENOUPLOAD);
    send(self, 0, WFS_UNKNOWN);
    assert_status(test_complete(self->store, "take", 2, &recording), WFS_OK);
    wfs_recording_release(&recording);
    assert_status(try_open(self), WFS_ECOMPLETE);
}

/* What was opened can be read to its end, whatever becomes of the upload. */
static void it_outlives_its_upload(void **state)
{
    const test_store *self = *state;
    wfs_upload_prefix prefix = WFS_UPLOAD_PREFIX_INIT;
    uint8_t bytes[PIECE];

    send(self, 0, WFS_UNKNOWN);
    assert_status(wfs_upload_open_prefix(self->store, "take", &prefix, NULL),
                  WFS_OK);
    assert_status(wfs_upload_delete(self->store, "take", NULL), WFS_OK);
    assert_status(try_open(self), WFS_ENOUPLOAD);
    assert_int_equal(pread(prefix.blob.fd, bytes, PIECE, 0), PIECE);
    assert_memory_equal(bytes, audio, PIECE);
    wfs_upload_prefix_release(&prefix);
}

#define ON_STORE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(what_came_in_order_is_there),
        ON_STORE(what_lies_behind_a_gap_is_not),
        ON_STORE(with_a_chunk_size_it_is_the_same),
        ON_STORE(a_provisional_head_is_in_front),
        ON_STORE(a_head_alone_is_there_too),
        ON_STORE(where_nothing_is_there_it_is_said),
        ON_STORE(it_outlives_its_upload),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
