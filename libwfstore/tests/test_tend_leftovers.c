/*
 * test_tend_leftovers.c - files of the dead go, files of the living stay.
 */
#include "support/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "store_internal.h"

#define SIZE 3000
#define HALF (SIZE / 2)

static wfs_upload_row get_row(const test_store *self, const char *id)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_upload_row row;
    wfs_id_kind kind = WFS_ID_FREE;

    memset(&row, 0, sizeof(row));
    assert_status(catalogue->api->find_id(catalogue, id, &kind, &row, NULL),
                  WFS_OK);
    assert_int_equal(kind, WFS_ID_UPLOAD);
    return row;
}

static void files_that_belong_to_nobody_go(void **state)
{
    const test_store *self = *state;

    test_store_put_file(self, ".wfstore/uploads/dead.77.part", "bytes");
    test_store_put_file(self, ".wfstore/uploads/dead.77.3", "bytes");
    test_store_put_file(self, ".wfstore/uploads/not ours.txt", "bytes");
    test_tend(self);
    assert_int_equal(test_store_count_uploads(self, ""), 1);
    assert_int_equal(test_store_count_uploads(self, "not ours.txt"), 1);
}

static void files_of_living_uploads_stay(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("alive", 1);

    test_send_ok(self->store, &spec, audio + HALF, HALF);
    test_tend(self);
    test_tend(self);
    assert_int_equal(test_store_count_uploads(self, ""), 2);
    spec.index = 0;
    test_send_ok(self->store, &spec, audio, HALF);
    test_complete_ok(self, "alive", 2, audio, SIZE);
    free(audio);
}

static void a_loose_file_nobody_accepted_goes(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("loose", 1);
    char name[64];

    test_send_ok(self->store, &spec, audio + HALF, HALF);
    snprintf(name, sizeof(name), ".wfstore/uploads/loose.%d.9",
             (int)get_row(self, "loose").row);
    test_store_put_file(self, name, "of a writer that died before its receipt");
    test_tend(self);
    assert_int_equal(test_store_count_uploads(self, ".9"), 0);
    assert_int_equal(test_store_count_uploads(self, ".1"), 1);
    free(audio);
}

static void a_loose_file_whose_writer_lives_stays(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("writer", 0);
    wfs_chunk *chunk = NULL;
    char name[64];

    test_send_ok(self->store, &spec, audio, HALF);
    spec.index = 5;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    snprintf(name, sizeof(name), ".wfstore/uploads/writer.%d.5",
             (int)get_row(self, "writer").row);
    test_store_put_file(self, name, "named, and its receipt is on its way");
    test_tend(self);
    assert_int_equal(test_store_count_uploads(self, ".5"), 1);
    wfs_chunk_discard(chunk);
    test_tend(self);
    assert_int_equal(test_store_count_uploads(self, ".5"), 0);
    free(audio);
}

static void only_one_process_tends(void **state)
{
    const test_store *self = *state;
    uint64_t next_ms = 0;
    int lock = -1;

    test_store_put_file(self, ".wfstore/uploads/dead.77.part", "bytes");
    assert_status(wfs_file_open(self->store->meta_dir, WFS_STORE_LOCK_FILE,
                                WFS_FILE_CREATE, &lock, NULL),
                  WFS_OK);
    assert_status(wfs_file_lock(lock, WFS_STORE_LOCK_TEND, 1, NULL), WFS_OK);
    assert_status(wfs_store_tend(self->store, 1000, &next_ms, NULL), WFS_OK);
    assert_int_equal(test_store_count_uploads(self, ".part"), 1);
    wfs_file_close(lock);
    test_tend(self);
    assert_int_equal(test_store_count_uploads(self, ".part"), 0);
}

static void without_a_budget_nothing_is_begun(void **state)
{
    const test_store *self = *state;
    uint64_t next_ms = 0;

    test_store_put_file(self, ".wfstore/uploads/dead.77.part", "bytes");
    assert_status(wfs_store_tend(self->store, 0, &next_ms, NULL), WFS_OK);
    assert_int_equal(test_store_count_uploads(self, ".part"), 1);
}

static const char *put_temporary(const test_store *self, int age_s)
{
    const char *path =
        test_store_get_path(self, ".wfstore/uploads/.new.0123456789abcdef");
    struct timespec now;
    struct timespec times[2];
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0640);

    assert_true(fd >= 0);
    (void)clock_gettime(CLOCK_REALTIME, &now);
    now.tv_sec -= age_s;
    times[0] = now;
    times[1] = now;
    assert_int_equal(futimens(fd, times), 0);
    (void)close(fd);
    return path;
}

static void
files_that_stand_in_for_nameless_ones_go_with_their_writer(void **state)
{
    const test_store *self = *state;
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = (off_t)1 << 62,
                         .l_len = 1};
    const char *path = put_temporary(self, 10);
    int fd;

    test_tend(self);
    assert_true(test_file_exists(path)); /* too young to tell */
    path = put_temporary(self, 1000);
    fd = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(fcntl(fd, F_OFD_SETLK, &lock), 0);
    test_tend(self);
    assert_true(test_file_exists(path));
    (void)close(fd);
    test_tend(self);
    assert_false(test_file_exists(path));
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(files_that_belong_to_nobody_go),
        ON_STORE(files_of_living_uploads_stay),
        ON_STORE(a_loose_file_nobody_accepted_goes),
        ON_STORE(a_loose_file_whose_writer_lives_stays),
        ON_STORE(only_one_process_tends),
        ON_STORE(without_a_budget_nothing_is_begun),
        ON_STORE(files_that_stand_in_for_nameless_ones_go_with_their_writer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
