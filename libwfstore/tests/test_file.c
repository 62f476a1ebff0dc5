/*
 * test_file.c - the file system as the store sees it.
 */
#include "support/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

typedef struct folder {
    char path[64];
    int dir;
} folder;

static int setup(void **state)
{
    folder *self = calloc(1, sizeof(*self));

    if (self == NULL) {
        return -1;
    }
    strcpy(self->path, "/tmp/wfs-file-XXXXXX");
    if (mkdtemp(self->path) == NULL ||
        wfs_file_open_directory(-1, self->path, true, &self->dir, NULL) !=
            WFS_OK) {
        return -1;
    }
    *state = self;
    return 0;
}

static wfs_status remove_name(void *data, const char *name)
{
    const folder *self = data;

    return unlinkat(self->dir, name, 0) == 0 ||
                   unlinkat(self->dir, name, AT_REMOVEDIR) == 0
               ? WFS_OK
               : WFS_EIO;
}

static int teardown(void **state)
{
    folder *self = *state;

    wfs_file_visit(self->dir, remove_name, self, NULL);
    wfs_file_close(self->dir);
    rmdir(self->path);
    free(self);
    return 0;
}

static int open_file(const folder *self, const char *name, wfs_file_mode mode)
{
    int fd = -1;

    assert_status(wfs_file_open(self->dir, name, mode, &fd, NULL), WFS_OK);
    return fd;
}

static void put_file(const folder *self, const char *name, const char *text)
{
    int fd = open_file(self, name, WFS_FILE_CREATE);

    assert_status(wfs_file_write(fd, 0, text, strlen(text), NULL), WFS_OK);
    wfs_file_close(fd);
}

static void expect_file(const folder *self, const char *name, const char *text)
{
    char buffer[64] = "";
    size_t length = 0;
    int fd = open_file(self, name, WFS_FILE_READ);

    assert_status(
        wfs_file_read(fd, 0, buffer, sizeof(buffer) - 1, &length, NULL),
        WFS_OK);
    assert_int_equal(length, strlen(text));
    assert_string_equal(buffer, text);
    wfs_file_close(fd);
}

static void each_mode_opens_what_it_says(void **state)
{
    const folder *self = *state;
    wfs_error error = WFS_ERROR_INIT;
    int fd = -1;

    assert_status(wfs_file_open(self->dir, "a", WFS_FILE_READ, &fd, &error),
                  WFS_ENOSTORE);
    assert_string_equal(error.step, "open");
    assert_int_not_equal(error.os_error, 0);
    assert_status(wfs_file_open(self->dir, "a", WFS_FILE_WRITE, &fd, NULL),
                  WFS_ENOSTORE);
    assert_int_equal(fd, -1);
    put_file(self, "a", "text");
    assert_status(wfs_file_open(self->dir, "a", WFS_FILE_NEW, &fd, NULL),
                  WFS_ECONFLICT);
    expect_file(self, "a", "text");
}

static void files_are_for_their_owner_and_group_only(void **state)
{
    const folder *self = *state;
    mode_t mask = umask(0);
    struct stat st;

    put_file(self, "a", "text");
    assert_status(wfs_file_make_directory(self->dir, "d", NULL), WFS_OK);
    umask(mask);
    assert_int_equal(fstatat(self->dir, "a", &st, 0), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_int_equal(fstatat(self->dir, "d", &st, 0), 0);
    assert_int_equal(st.st_mode & 07777, 0750);
}

static void symbolic_links_are_never_followed(void **state)
{
    const folder *self = *state;
    int fd = -1;

    put_file(self, "target", "text");
    assert_int_equal(symlinkat("target", self->dir, "link"), 0);
    assert_int_equal(symlinkat(self->path, self->dir, "dir-link"), 0);
    assert_status(wfs_file_open(self->dir, "link", WFS_FILE_READ, &fd, NULL),
                  WFS_ECORRUPT);
    assert_status(wfs_file_open(self->dir, "link", WFS_FILE_CREATE, &fd, NULL),
                  WFS_ECORRUPT);
    assert_status(wfs_file_open(self->dir, "link", WFS_FILE_NEW, &fd, NULL),
                  WFS_ECONFLICT);
    assert_status(
        wfs_file_open_directory(self->dir, "dir-link", false, &fd, NULL),
        WFS_ENOSTORE);
    assert_int_equal(fd, -1);
}

static void a_lock_excludes_other_open_files_of_the_same_process(void **state)
{
    const folder *self = *state;
    int first = open_file(self, "lock", WFS_FILE_CREATE);
    int second = open_file(self, "lock", WFS_FILE_CREATE);

    assert_status(wfs_file_lock(first, 5, 1, NULL), WFS_OK);
    assert_status(wfs_file_lock(first, 5, 1, NULL), WFS_OK);
    assert_status(wfs_file_lock(second, 5, 1, NULL), WFS_EBUSY);
    assert_status(wfs_file_lock(second, 0, 10, NULL), WFS_EBUSY);
    assert_status(wfs_file_lock(second, 6, 1, NULL), WFS_OK);
    assert_status(wfs_file_unlock(first, 5, 1, NULL), WFS_OK);
    assert_status(wfs_file_lock(second, 5, 1, NULL), WFS_OK);
    assert_status(wfs_file_lock(first, UINT64_C(1) << 62, 1, NULL), WFS_OK);
    assert_status(wfs_file_lock(second, UINT64_C(1) << 62, 1, NULL), WFS_EBUSY);
    wfs_file_close(first);
    assert_status(wfs_file_wait_lock(second, UINT64_C(1) << 62, 1, NULL),
                  WFS_OK);
    wfs_file_close(second);
}

static void renaming_anew_never_replaces(void **state)
{
    const folder *self = *state;

    put_file(self, "a", "a");
    put_file(self, "b", "b");
    assert_status(wfs_file_rename_new(self->dir, "a", self->dir, "b", NULL),
                  WFS_ECONFLICT);
    expect_file(self, "a", "a");
    expect_file(self, "b", "b");
    assert_status(wfs_file_rename_new(self->dir, "a", self->dir, "c", NULL),
                  WFS_OK);
    expect_file(self, "c", "a");
    assert_status(wfs_file_rename(self->dir, "c", self->dir, "b", NULL),
                  WFS_OK);
    expect_file(self, "b", "a");
    assert_status(wfs_file_rename_new(self->dir, "x", self->dir, "y", NULL),
                  WFS_ENOSTORE);
}

static void a_nameless_file_gets_a_name_once_it_is_linked(void **state)
{
    const folder *self = *state;
    int fd = -1;
    wfs_status status =
        wfs_file_open(self->dir, ".", WFS_FILE_NAMELESS, &fd, NULL);

    if (status == WFS_EINVAL) {
        skip(); /* this disk has none */
    }
    assert_status(status, WFS_OK);
    assert_status(wfs_file_write(fd, 0, "x", 1, NULL), WFS_OK);
    put_file(self, "taken", "old");
    assert_status(wfs_file_link(fd, self->dir, "taken", NULL), WFS_ECONFLICT);
    assert_status(wfs_file_link(fd, self->dir, "named", NULL), WFS_OK);
    wfs_file_close(fd);
    expect_file(self, "named", "x");
    expect_file(self, "taken", "old");
}

static void copying_stops_at_a_source_that_is_too_short(void **state)
{
    const folder *self = *state;
    wfs_error error = WFS_ERROR_INIT;
    int from;
    int to = open_file(self, "to", WFS_FILE_CREATE);

    put_file(self, "from", "0123456789");
    from = open_file(self, "from", WFS_FILE_READ);
    assert_status(wfs_file_copy(from, 2, to, 0, 5, NULL), WFS_OK);
    expect_file(self, "to", "23456");
    assert_status(wfs_file_copy(from, 5, to, 5, 100, &error), WFS_ECORRUPT);
    wfs_file_close(from);
    wfs_file_close(to);
}

static void reading_tells_the_end(void **state)
{
    const folder *self = *state;
    char buffer[16];
    size_t length = 99;
    wfs_file_stat stat = {0, 0, 0};
    int fd;

    put_file(self, "a", "12345");
    fd = open_file(self, "a", WFS_FILE_WRITE);
    assert_status(wfs_file_read(fd, 3, buffer, sizeof(buffer), &length, NULL),
                  WFS_OK);
    assert_int_equal(length, 2);
    assert_status(wfs_file_read(fd, 10, buffer, sizeof(buffer), &length, NULL),
                  WFS_OK);
    assert_int_equal(length, 0);
    assert_status(wfs_file_truncate(fd, 2, NULL), WFS_OK);
    assert_status(wfs_file_get_stat(fd, &stat, NULL), WFS_OK);
    assert_int_equal(stat.size_bytes, 2);
    assert_status(wfs_file_get_stat(self->dir, &stat, NULL), WFS_ECORRUPT);
    wfs_file_close(fd);
    wfs_file_close(-1);
}

#define ON_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_FOLDER(each_mode_opens_what_it_says),
        ON_FOLDER(files_are_for_their_owner_and_group_only),
        ON_FOLDER(symbolic_links_are_never_followed),
        ON_FOLDER(a_lock_excludes_other_open_files_of_the_same_process),
        ON_FOLDER(renaming_anew_never_replaces),
        ON_FOLDER(a_nameless_file_gets_a_name_once_it_is_linked),
        ON_FOLDER(copying_stops_at_a_source_that_is_too_short),
        ON_FOLDER(reading_tells_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
