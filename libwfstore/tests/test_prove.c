/*
 * test_prove.c - a whole store after the machine was restarted, with receipts
 * whose bytes were not synced.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "store_internal.h"

enum { SIZE = 60000, PART = SIZE / 3 };

static void send_part(const test_store *self, uint64_t index,
                      const uint8_t *audio)
{
    wfs_chunk_spec spec = test_chunk_spec("take", index);
    const uint8_t *bytes = audio + index * PART;

    spec.digest = test_digest(bytes, PART);
    test_send_ok(self->store, &spec, bytes, PART);
}

/* Three parts of a take, and the boot they were received under is over. */
static uint8_t *send_and_boot_anew(test_store *self)
{
    uint8_t *audio = test_audio_make(SIZE, 1);

    for (uint64_t i = 0; i < 3; i++) {
        send_part(self, i, audio);
    }
    test_store_reboot(self);
    return audio;
}

/* Other bytes in the middle of the take. */
static void spoil(const test_store *self)
{
    FILE *file =
        fopen(test_store_get_path(self, ".wfstore/uploads/take.1.part"), "r+");

    assert_non_null(file);
    assert_int_equal(fseek(file, PART + PART / 2, SEEK_SET), 0);
    assert_int_equal(fputs("lost", file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
}

static uint64_t count(const test_store *self)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    uint64_t chunks;

    assert_status(wfs_upload_get(self->store, "take", false, &info, NULL),
                  WFS_OK);
    chunks = info.received_chunks;
    wfs_upload_info_release(&info);
    return chunks;
}

static void bytes_that_are_there_are_kept(void **state)
{
    test_store *self = *state;
    uint8_t *audio = send_and_boot_anew(self);

    test_tend(self);
    assert_int_equal(count(self), 3);
    free(audio);
}

static void a_chunk_whose_bytes_are_lost_has_to_come_again(void **state)
{
    test_store *self = *state;
    uint8_t *audio = send_and_boot_anew(self);

    spoil(self);
    test_tend(self);
    assert_int_equal(count(self), 1);
    send_part(self, 1, audio);
    send_part(self, 2, audio);
    assert_int_equal(count(self), 3);
    free(audio);
}

/* Giving up, it would cut off what came meanwhile in place of the lost. */
static void nothing_is_taken_from_under_a_writer(void **state)
{
    test_store *self = *state;
    uint8_t *audio = send_and_boot_anew(self);
    wfs_chunk_spec spec = test_chunk_spec("take", 3);
    wfs_chunk *chunk = NULL;

    spoil(self);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(chunk, audio, PART, NULL), WFS_OK);
    test_tend(self);
    assert_int_equal(count(self), 3);
    wfs_chunk_discard(chunk);
    test_tend(self);
    assert_int_equal(count(self), 1);
    free(audio);
}

static void lost_bytes_do_not_become_a_recording(void **state)
{
    test_store *self = *state;
    wfs_recording recording = WFS_RECORDING_INIT;
    uint8_t *audio = send_and_boot_anew(self);

    spoil(self);
    assert_status(test_complete(self->store, "take", 3, &recording),
                  WFS_EMISSING);
    send_part(self, 1, audio);
    send_part(self, 2, audio);
    test_complete_ok(self, "take", 3, audio, SIZE);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup_recording,          \
                                    test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(bytes_that_are_there_are_kept),
        ON_STORE(a_chunk_whose_bytes_are_lost_has_to_come_again),
        ON_STORE(nothing_is_taken_from_under_a_writer),
        ON_STORE(lost_bytes_do_not_become_a_recording),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
