/*
 * test_directory.c - the names and ends of files in a directory of blobs.
 */
#include "support/store.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "directory/directory_internal.h"
#include "store_internal.h"

static void write_file(const test_store *self, const char *name,
                       const char *text)
{
    FILE *stream = fopen(test_store_get_path(self, name), "wb");

    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

static void expect_text(const test_store *self, const char *name,
                        const char *text)
{
    size_t length = 0;
    uint8_t *bytes = test_file_read(test_store_get_path(self, name), &length);

    assert_int_equal(length, strlen(text));
    assert_memory_equal(bytes, text, length);
    free(bytes);
}

static void names_are_read_as_they_are_written(void **state)
{
    wfs_blob_owner owner = {"a-b_C9", 4711};
    char name[UPLOAD_NAME_BYTES];
    wfs_leftover found;

    (void)state;
    wfs_directory_write_name(owner, WFS_UNKNOWN, name);
    assert_string_equal(name, "a-b_C9.4711.part");
    assert_true(wfs_directory_read_name(name, &found));
    assert_string_equal(found.id, "a-b_C9");
    assert_int_equal(found.row, 4711);
    assert_int_equal(found.index, WFS_UNKNOWN);
    wfs_directory_write_name(owner, 17, name);
    assert_string_equal(name, "a-b_C9.4711.17");
    assert_true(wfs_directory_read_name(name, &found));
    assert_int_equal(found.index, 17);
}

static void names_of_other_files_are_not_taken_for_ours(void **state)
{
    static const char *const names[] = {"",
                                        "a",
                                        "a.1",
                                        "a.1.",
                                        "a..part",
                                        ".1.part",
                                        "a.x.part",
                                        "a.1.Part",
                                        "a.1.part.x",
                                        "a.01.part",
                                        "a.0.part",
                                        "a.-1.part",
                                        "a.1.-1",
                                        "a.1.00",
                                        "a b.1.part",
                                        "a.1.1 ",
                                        "a.1.part~",
                                        "a.1.0x1",
                                        "a.99999999999999999999.part"};
    wfs_leftover found;

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (wfs_directory_read_name(names[i], &found)) {
            fail_msg("%s was taken for ours", names[i]);
        }
    }
}

static void a_part_becomes_a_recording_once(void **state)
{
    const test_store *self = *state;
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {"x", 7};

    assert_status(blobs->api->put_recording(blobs, owner, "r.wav", NULL),
                  WFS_ENORECORDING);
    write_file(self, ".wfstore/uploads/x.7.part", "audio");
    assert_status(blobs->api->put_recording(blobs, owner, "r.wav", NULL),
                  WFS_OK);
    expect_text(self, "r.wav", "audio");
    assert_status(blobs->api->put_recording(blobs, owner, "r.wav", NULL),
                  WFS_OK);
    expect_text(self, "r.wav", "audio");
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

/* A writer that came too late has made the part anew, and written nothing. */
static void an_empty_part_never_replaces_its_recording(void **state)
{
    const test_store *self = *state;
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {"x", 7};
    wfs_blob_ref ref = WFS_BLOB_REF_INIT;

    write_file(self, "r.wav", "audio");
    write_file(self, ".wfstore/uploads/x.7.part", "");
    assert_status(blobs->api->open_recording(blobs, owner, "r.wav", &ref, NULL),
                  WFS_OK);
    assert_int_equal(ref.size_bytes, 5);
    wfs_blob_ref_release(&ref);
    assert_status(blobs->api->put_recording(blobs, owner, "r.wav", NULL),
                  WFS_OK);
    expect_text(self, "r.wav", "audio");
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void a_file_of_someone_else_is_not_replaced(void **state)
{
    const test_store *self = *state;
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {"x", 7};
    wfs_blob_ref ref = WFS_BLOB_REF_INIT;
    char buffer[8] = "";

    write_file(self, "r.wav", "not ours");
    write_file(self, ".wfstore/uploads/x.7.part", "audio");
    assert_status(blobs->api->put_recording(blobs, owner, "r.wav", NULL),
                  WFS_ECORRUPT);
    expect_text(self, "r.wav", "not ours");
    assert_status(blobs->api->open_recording(blobs, owner, "r.wav", &ref, NULL),
                  WFS_OK);
    assert_int_equal(read(ref.fd, buffer, 5), 5);
    assert_string_equal(buffer, "audio");
    wfs_blob_ref_release(&ref);
}

static void a_recording_found_under_both_names_keeps_the_new_one(void **state)
{
    const test_store *self = *state;
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {"x", 7};
    char part[PATH_MAX];

    write_file(self, ".wfstore/uploads/x.7.part", "whole");
    snprintf(part, sizeof part, "%s",
             test_store_get_path(self, ".wfstore/uploads/x.7.part"));
    assert_int_equal(link(part, test_store_get_path(self, "r.wav")), 0);
    assert_status(blobs->api->put_recording(blobs, owner, "r.wav", NULL),
                  WFS_OK);
    expect_text(self, "r.wav", "whole");
    assert_int_equal(access(part, F_OK), -1);
}

static void a_recording_is_removed_under_both_names(void **state)
{
    const test_store *self = *state;
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {"x", 7};
    wfs_blob_ref ref = WFS_BLOB_REF_INIT;

    write_file(self, "r.wav", "audio");
    write_file(self, ".wfstore/uploads/x.7.part", "audio");
    assert_status(blobs->api->remove_recording(blobs, owner, "r.wav", NULL),
                  WFS_OK);
    assert_false(test_file_exists(test_store_get_path(self, "r.wav")));
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    assert_status(blobs->api->remove_recording(blobs, owner, "r.wav", NULL),
                  WFS_OK);
    assert_status(blobs->api->open_recording(blobs, owner, "r.wav", &ref, NULL),
                  WFS_ENORECORDING);
}

static void a_recording_behind_a_link_is_not_opened(void **state)
{
    const test_store *self = *state;
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {"x", 0};
    wfs_blob_ref ref = WFS_BLOB_REF_INIT;

    assert_int_equal(symlink("/etc/passwd", test_store_get_path(self, "r.wav")),
                     0);
    assert_status(blobs->api->open_recording(blobs, owner, "r.wav", &ref, NULL),
                  WFS_ECORRUPT);
    assert_int_equal(ref.fd, -1);
}

static void a_loose_chunk_replaces_one_of_a_dead_writer(void **state)
{
    const test_store *self = *state;
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {"x", 7};
    wfs_blob *blob = NULL;

    write_file(self, ".wfstore/uploads/x.7.3", "of the dead");
    assert_status(blobs->api->open_nameless(blobs, &blob, NULL), WFS_OK);
    assert_status(blobs->api->write(blob, 0, "new", 3, NULL), WFS_OK);
    assert_status(blobs->api->put_loose(blobs, blob, owner, 3, NULL), WFS_OK);
    blobs->api->close_blob(blob);
    expect_text(self, ".wfstore/uploads/x.7.3", "new");
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_as_they_are_written),
        cmocka_unit_test(names_of_other_files_are_not_taken_for_ours),
        ON_STORE(a_part_becomes_a_recording_once),
        ON_STORE(an_empty_part_never_replaces_its_recording),
        ON_STORE(a_file_of_someone_else_is_not_replaced),
        ON_STORE(a_recording_found_under_both_names_keeps_the_new_one),
        ON_STORE(a_recording_is_removed_under_both_names),
        ON_STORE(a_recording_behind_a_link_is_not_opened),
        ON_STORE(a_loose_chunk_replaces_one_of_a_dead_writer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
