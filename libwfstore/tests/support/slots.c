/*
 * slots.c - slots of what is in flight in a folder of their own.
 */
#include "support/slots.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int test_slots_setup(void **state)
{
    test_slots_pair *self = calloc(1, sizeof(*self));
    const char *base = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";

    assert_non_null(self);
    snprintf(self->folder, sizeof(self->folder), "%s/wfs-live-XXXXXX", base);
    assert_non_null(mkdtemp(self->folder));
    snprintf(self->path, sizeof(self->path), "%s/live", self->folder);
    self->dir = open(self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(self->dir >= 0);
    assert_status(wfs_live_open(self->dir, &self->here, NULL), WFS_OK);
    assert_status(wfs_live_open(self->dir, &self->there, NULL), WFS_OK);
    *state = self;
    return 0;
}

int test_slots_teardown(void **state)
{
    test_slots_pair *self = *state;

    wfs_live_close(self->here);
    wfs_live_close(self->there);
    close(self->dir);
    if (unlink(self->path) != 0) {
        rmdir(self->path);
    }
    rmdir(self->folder);
    free(self);
    return 0;
}

bool test_slots_is_found(wfs_live *live, uint64_t index)
{
    uint64_t progress;

    return wfs_live_find(live, TEST_SLOTS_ROW, index, &progress);
}

size_t test_slots_stop(wfs_live *live, uint64_t index, uint64_t idle_ms,
                       wfs_live_reason reason)
{
    wfs_live_aim aim = {TEST_SLOTS_ROW, index, index, idle_ms};

    return wfs_live_stop(live, &aim, reason).stopped;
}

void test_slots_look(wfs_live *live)
{
    usleep((WFS_LIVE_LOOK_MS + 1) * 1000);
    wfs_live_look(live);
}

void test_slots_write(const test_slots_pair *self, const void *bytes,
                      size_t length, off_t offset)
{
    int fd = open(self->path, O_WRONLY | O_CLOEXEC);

    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, length, offset), length);
    close(fd);
}

wfs_live_entry test_slots_read(const test_slots_pair *self, off_t offset)
{
    wfs_live_entry entry;
    int fd = open(self->path, O_RDONLY | O_CLOEXEC);

    memset(&entry, 0, sizeof(entry));
    assert_true(fd >= 0);
    assert_true(pread(fd, &entry, sizeof(entry), offset) > 0);
    close(fd);
    return entry;
}
