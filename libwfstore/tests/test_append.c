/*
 * test_append.c - uploads whose bytes are appended: offsets, breaks, sizes.
 */
#include "support/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE 50000
#define PIECE 20000

static uint8_t *audio;

static int setup(void **state)
{
    audio = test_audio_make(SIZE, 1);
    return test_store_setup(state);
}

static int setup_recording(void **state)
{
    audio = test_audio_make(SIZE, 1);
    return test_store_setup_recording(state);
}

static int teardown(void **state)
{
    free(audio);
    return test_store_teardown(state);
}

static void create(wfs_store *store, uint64_t size)
{
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    spec.id = "app";
    spec.name = "Appended";
    spec.metadata = "{ \"from\": \"tus\" }";
    spec.size_bytes = size;
    assert_status(wfs_upload_create(store, &spec, NULL), WFS_OK);
}

static wfs_append_spec make_spec(uint64_t offset, uint64_t length)
{
    wfs_append_spec spec = WFS_APPEND_SPEC_INIT;

    spec.id = "app";
    spec.offset = offset;
    spec.length = length;
    return spec;
}

static wfs_status try_begin(wfs_store *store, uint64_t offset, uint64_t length)
{
    wfs_append_spec spec = make_spec(offset, length);
    wfs_chunk *chunk = NULL;
    wfs_status status = wfs_upload_begin_append(store, &spec, &chunk, NULL);

    wfs_chunk_discard(chunk);
    return status;
}

static wfs_chunk *begin(wfs_store *store, uint64_t offset, uint64_t length)
{
    wfs_append_spec spec = make_spec(offset, length);
    wfs_chunk *chunk = NULL;

    assert_status(wfs_upload_begin_append(store, &spec, &chunk, NULL), WFS_OK);
    return chunk;
}

static void append(wfs_store *store, uint64_t offset, uint64_t length)
{
    wfs_chunk *chunk = begin(store, offset, length);
    wfs_receipt receipt;

    assert_status(wfs_chunk_write(chunk, audio + offset, length, NULL), WFS_OK);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
    assert_int_equal(receipt.received_bytes, offset + length);
}

static uint64_t get_arrived(wfs_store *store)
{
    wfs_upload_info info;

    assert_status(wfs_upload_get(store, "app", false, &info, NULL), WFS_OK);
    wfs_upload_info_release(&info);
    return info.received_bytes;
}

static wfs_status complete(wfs_store *store, uint64_t size,
                           wfs_recording *ret_recording)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    bool was_complete = false;

    spec.id = "app";
    spec.size_bytes = size;
    return wfs_upload_complete(store, &spec, ret_recording, &was_complete,
                               NULL);
}

static void complete_ok(const test_store *self)
{
    wfs_recording recording = WFS_RECORDING_INIT;

    assert_status(complete(self->store, SIZE, &recording), WFS_OK);
    assert_string_equal(recording.name, "Appended");
    assert_string_equal(recording.metadata, "{\"from\":\"tus\"}");
    wfs_recording_release(&recording);
    test_expect_recording(self, "app", audio, SIZE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void an_upload_exists_before_its_first_byte(void **state)
{
    test_store *self = *state;
    wfs_create_spec again = WFS_CREATE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;

    create(self->store, SIZE);
    test_store_reopen(self);
    assert_int_equal(get_arrived(self->store), 0);
    again.id = "app";
    assert_status(wfs_upload_create(self->store, &again, NULL), WFS_ECONFLICT);
    assert_status(complete(self->store, WFS_UNKNOWN, &recording), WFS_EMISSING);
    assert_status(wfs_upload_delete(self->store, "app", NULL), WFS_OK);
    assert_status(wfs_upload_create(self->store, &again, NULL), WFS_EGONE);
}

static void what_cannot_be_created_is_refused(void **state)
{
    const test_store *self = *state;
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    spec.id = "../app";
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_EID);
    spec.id = "app";
    spec.metadata = "[]";
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_EFORMAT);
    spec.metadata = NULL;
    spec.name = "\x01";
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_EINVAL);
    spec.name = NULL;
    spec.size_bytes = 1001;
    spec.limits.recording_max_bytes = 1000;
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_ETOOLARGE);
    spec.limits.recording_max_bytes = 0;
    spec.limits.reserve_bytes = UINT64_MAX / 2;
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_ENOSPC);
    spec.limits.reserve_bytes = 0;
    spec.size_bytes = 1000;
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_OK);
}

static void pieces_become_one_recording(void **state)
{
    const test_store *self = *state;

    create(self->store, WFS_UNKNOWN);
    append(self->store, 0, PIECE);
    append(self->store, PIECE, 1);
    append(self->store, PIECE + 1, SIZE - PIECE - 1);
    complete_ok(self);
}

static void only_what_has_arrived_is_an_offset(void **state)
{
    const test_store *self = *state;
    wfs_append_spec spec = make_spec(PIECE + 1, 10);
    wfs_chunk *chunk = NULL;
    wfs_error error = WFS_ERROR_INIT;

    create(self->store, SIZE);
    append(self->store, 0, PIECE);
    assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, &error),
                  WFS_ECONFLICT);
    assert_int_equal(error.expected, PIECE);
    assert_int_equal(error.got, PIECE + 1);
    assert_status(try_begin(self->store, 0, 10), WFS_ECONFLICT);
    assert_status(try_begin(self->store, PIECE, 0), WFS_EEMPTY);
    assert_status(try_begin(self->store, PIECE, SIZE - PIECE + 1),
                  WFS_ETOOLARGE);
    append(self->store, PIECE, SIZE - PIECE);
    complete_ok(self);
}

static void more_than_the_declared_size_is_refused_as_it_comes(void **state)
{
    const test_store *self = *state;
    wfs_chunk *chunk;

    create(self->store, PIECE);
    chunk = begin(self->store, 0, WFS_UNKNOWN);
    assert_status(wfs_chunk_write(chunk, audio, PIECE, NULL), WFS_OK);
    assert_status(wfs_chunk_write(chunk, audio, 1, NULL), WFS_ETOOLARGE);
    wfs_chunk_discard(chunk);
}

static void less_than_the_declared_size_is_not_all_of_it(void **state)
{
    const test_store *self = *state;
    wfs_recording recording = WFS_RECORDING_INIT;

    create(self->store, SIZE);
    append(self->store, 0, PIECE);
    assert_status(complete(self->store, WFS_UNKNOWN, &recording), WFS_EMISSING);
    assert_status(complete(self->store, PIECE, &recording), WFS_ECONFLICT);
    append(self->store, PIECE, SIZE - PIECE);
    complete_ok(self);
}

static void what_came_before_a_break_is_kept(void **state)
{
    test_store *self = *state;
    wfs_chunk *chunk;
    wfs_receipt receipt;

    create(self->store, SIZE);
    chunk = begin(self->store, 0, SIZE);
    assert_status(wfs_chunk_write(chunk, audio, PIECE, NULL), WFS_OK);
    assert_status(wfs_chunk_keep(chunk, &receipt, NULL), WFS_OK);
    assert_int_equal(receipt.size_bytes, PIECE);
    assert_int_equal(receipt.received_bytes, PIECE);
    test_store_reopen(self);
    assert_int_equal(get_arrived(self->store), PIECE);
    append(self->store, PIECE, SIZE - PIECE);
    complete_ok(self);
}

static void of_an_append_that_must_be_whole_nothing_is_kept(void **state)
{
    const test_store *self = *state;
    wfs_append_spec spec = make_spec(0, SIZE);
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    create(self->store, SIZE);
    spec.all_or_nothing = true;
    for (int i = 0; i < 2; i++) {
        assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, NULL),
                      WFS_OK);
        assert_status(wfs_chunk_write(chunk, audio, PIECE, NULL), WFS_OK);
        assert_status(wfs_chunk_cut(chunk, NULL), WFS_ECANCELED);
        assert_status(wfs_chunk_keep(chunk, &receipt, NULL), WFS_OK);
        assert_int_equal(receipt.size_bytes, 0);
        assert_int_equal(get_arrived(self->store), 0);
        spec.all_or_nothing = false;
        spec.digest = test_digest(audio, SIZE);
    }
    append(self->store, 0, SIZE);
    complete_ok(self);
}

static void an_append_of_another_digest_adds_nothing(void **state)
{
    const test_store *self = *state;
    wfs_append_spec spec = make_spec(0, PIECE);
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    create(self->store, SIZE);
    spec.digest = test_digest(audio, SIZE);
    assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(chunk, audio, PIECE, NULL), WFS_OK);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_EDIGEST);
    assert_int_equal(get_arrived(self->store), 0);
    append(self->store, 0, SIZE);
    complete_ok(self);
}

static void a_break_before_the_first_byte_keeps_nothing(void **state)
{
    const test_store *self = *state;
    wfs_receipt receipt;

    create(self->store, SIZE);
    append(self->store, 0, PIECE);
    assert_status(wfs_chunk_keep(begin(self->store, PIECE, 10), &receipt, NULL),
                  WFS_OK);
    assert_int_equal(receipt.size_bytes, 0);
    assert_int_equal(receipt.received_bytes, PIECE);
    append(self->store, PIECE, SIZE - PIECE);
    complete_ok(self);
}

/* As a connection that has gone quiet: told to end, it keeps what it has. */
typedef struct older {
    wfs_chunk *chunk;
    wfs_status stop;
    wfs_status kept;
    wfs_receipt receipt;
} older;

static void *poll_and_keep(void *data)
{
    older *self = data;

    while ((self->stop = wfs_chunk_get_stop(self->chunk)) == WFS_OK) {
        usleep(1000);
    }
    self->kept = wfs_chunk_keep(self->chunk, &self->receipt, NULL);
    return NULL;
}

/* The newer one finds what the older one kept; its offset is then wrong. */
static void an_older_append_ends_at_once_and_keeps_what_it_has(void **state)
{
    const test_store *self = *state;
    older first = {NULL, WFS_OK, WFS_EIO, {0}};
    pthread_t thread;
    wfs_status status;

    create(self->store, SIZE);
    first.chunk = begin(self->store, 0, SIZE);
    assert_status(wfs_chunk_write(first.chunk, audio, PIECE, NULL), WFS_OK);
    pthread_create(&thread, NULL, poll_and_keep, &first);
    do {
        status = try_begin(self->store, 0, SIZE);
    } while (status == WFS_EBUSY);
    assert_status(status, WFS_ECONFLICT);
    pthread_join(thread, NULL);
    assert_status(first.stop, WFS_EBUSY);
    assert_status(first.kept, WFS_OK);
    assert_int_equal(first.receipt.received_bytes, PIECE);
    append(self->store, PIECE, SIZE - PIECE);
    complete_ok(self);
}

static void of_a_deleted_upload_nothing_is_kept(void **state)
{
    const test_store *self = *state;
    wfs_chunk *chunk;
    wfs_receipt receipt;

    create(self->store, SIZE);
    chunk = begin(self->store, 0, SIZE);
    assert_status(wfs_chunk_write(chunk, audio, PIECE, NULL), WFS_OK);
    assert_status(wfs_upload_delete(self->store, "app", NULL), WFS_OK);
    assert_status(wfs_chunk_keep(chunk, &receipt, NULL), WFS_EGONE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void a_writer_that_dies_leaves_what_was_kept(void **state)
{
    test_store *self = *state;
    pid_t pid;
    int result = 0;

    create(self->store, SIZE);
    append(self->store, 0, PIECE);
    wfs_store_close(self->store);
    self->store = NULL;
    pid = fork();
    if (pid == 0) {
        wfs_store *store = NULL;

        if (wfs_store_open(self->path, NULL, &store, NULL) == WFS_OK) {
            wfs_chunk *chunk = begin(store, PIECE, SIZE - PIECE);

            wfs_chunk_write(chunk, audio, 1000, NULL); /* other bytes */
        }
        _exit(7);
    }
    assert_int_equal(waitpid(pid, &result, 0), pid);
    assert_int_equal(WEXITSTATUS(result), 7);
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    assert_int_equal(get_arrived(self->store), PIECE);
    append(self->store, PIECE, SIZE - PIECE);
    complete_ok(self);
}

static void chunks_and_appends_do_not_mix(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("app", 0);
    wfs_append_spec other = WFS_APPEND_SPEC_INIT;
    wfs_chunk *chunk = NULL;

    create(self->store, SIZE);
    assert_status(test_send(self->store, &spec, audio, SIZE, NULL),
                  WFS_ECONFLICT);
    spec.id = "chunks";
    test_send_ok(self->store, &spec, audio, SIZE);
    other.id = "chunks";
    other.offset = SIZE;
    assert_status(wfs_upload_begin_append(self->store, &other, &chunk, NULL),
                  WFS_ECONFLICT);
    other.id = "nothing";
    assert_status(wfs_upload_begin_append(self->store, &other, &chunk, NULL),
                  WFS_ENOUPLOAD);
    assert_status(wfs_upload_delete(self->store, "chunks", NULL), WFS_OK);
    append(self->store, 0, SIZE);
    complete_ok(self);
    assert_status(try_begin(self->store, SIZE, 1), WFS_ECOMPLETE);
}

#define WITH(setup_of, test)                                                   \
    {                                                                          \
#test, test, setup_of, teardown, NULL                                  \
    }
#define ON_STORE(test) WITH(setup, test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(an_upload_exists_before_its_first_byte),
        ON_STORE(what_cannot_be_created_is_refused),
        ON_STORE(pieces_become_one_recording),
        ON_STORE(only_what_has_arrived_is_an_offset),
        ON_STORE(more_than_the_declared_size_is_refused_as_it_comes),
        ON_STORE(less_than_the_declared_size_is_not_all_of_it),
        ON_STORE(what_came_before_a_break_is_kept),
        WITH(setup_recording, what_came_before_a_break_is_kept),
        ON_STORE(of_an_append_that_must_be_whole_nothing_is_kept),
        ON_STORE(an_append_of_another_digest_adds_nothing),
        ON_STORE(a_break_before_the_first_byte_keeps_nothing),
        ON_STORE(an_older_append_ends_at_once_and_keeps_what_it_has),
        ON_STORE(of_a_deleted_upload_nothing_is_kept),
        ON_STORE(a_writer_that_dies_leaves_what_was_kept),
        ON_STORE(chunks_and_appends_do_not_mix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
