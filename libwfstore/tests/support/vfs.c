/*
 * vfs.c - a disk under SQLite whose calls fail when a test wants them to.
 */
#include "support/vfs.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

/* The real file follows in memory. */
typedef struct file {
    sqlite3_file base;
    sqlite3_file *real;
} file;

static sqlite3_vfs *below;
static sqlite3_vfs above;
static int left = -1;
static test_vfs_fault wanted;
static bool has_failed;
static void (*watcher)(void *data);
static void *watcher_data;

void test_vfs_fail_from(int number, test_vfs_fault fault)
{
    left = number;
    wanted = fault;
    has_failed = false;
}

void test_vfs_heal(void)
{
    left = -1;
}

bool test_vfs_has_failed(void)
{
    return has_failed;
}

void test_vfs_watch(void (*new_watcher)(void *data), void *data)
{
    watcher = new_watcher;
    watcher_data = data;
}

static bool is_failing(void)
{
    if (left < 0) {
        return false;
    }
    if (left > 1) {
        left--;
        return false;
    }
    has_failed = true;
    if (wanted == TEST_VFS_DEATH) {
        (void)raise(SIGKILL);
    }
    return true;
}

static sqlite3_file *real(sqlite3_file *f)
{
    return ((file *)f)->real;
}

static int close_file(sqlite3_file *f)
{
    return real(f)->pMethods->xClose(real(f));
}

static int read_file(sqlite3_file *f, void *to, int length, sqlite3_int64 at)
{
    return real(f)->pMethods->xRead(real(f), to, length, at);
}

static int write_file(sqlite3_file *f, const void *from, int length,
                      sqlite3_int64 at)
{
    if (is_failing()) {
        return wanted == TEST_VFS_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return real(f)->pMethods->xWrite(real(f), from, length, at);
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 size)
{
    return real(f)->pMethods->xTruncate(real(f), size);
}

static int sync_file(sqlite3_file *f, int flags)
{
    (void)f;
    (void)flags;
    if (wanted != TEST_VFS_FULL && is_failing()) {
        return SQLITE_IOERR_FSYNC;
    }
    return SQLITE_OK; /* no test cuts the power */
}

static int get_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return real(f)->pMethods->xFileSize(real(f), size);
}

static int lock(sqlite3_file *f, int level)
{
    int code = real(f)->pMethods->xLock(real(f), level);

    if (code == SQLITE_OK && level == SQLITE_LOCK_EXCLUSIVE &&
        watcher != NULL) {
        watcher(watcher_data);
    }
    return code;
}

static int unlock(sqlite3_file *f, int level)
{
    return real(f)->pMethods->xUnlock(real(f), level);
}

static int check_lock(sqlite3_file *f, int *answer)
{
    return real(f)->pMethods->xCheckReservedLock(real(f), answer);
}

static int control(sqlite3_file *f, int op, void *data)
{
    return real(f)->pMethods->xFileControl(real(f), op, data);
}

static int get_sector(sqlite3_file *f)
{
    return real(f)->pMethods->xSectorSize(real(f));
}

static int get_traits(sqlite3_file *f)
{
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int map_memory(sqlite3_file *f, int page, int size, int extend,
                      void volatile **to)
{
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, to);
}

static int lock_memory(sqlite3_file *f, int offset, int n, int flags)
{
    return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

static void fence_memory(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}

static int unmap_memory(sqlite3_file *f, int remove)
{
    return real(f)->pMethods->xShmUnmap(real(f), remove);
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = get_size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_lock,
    .xFileControl = control,
    .xSectorSize = get_sector,
    .xDeviceCharacteristics = get_traits,
    .xShmMap = map_memory,
    .xShmLock = lock_memory,
    .xShmBarrier = fence_memory,
    .xShmUnmap = unmap_memory,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *f,
                     int flags, int *ret_flags)
{
    file *opened = (file *)f;
    int code;

    (void)vfs;
    memset(opened + 1, 0, (size_t)below->szOsFile);
    opened->real = (sqlite3_file *)(opened + 1);
    code = below->xOpen(below, name, opened->real, flags, ret_flags);
    opened->base.pMethods = code == SQLITE_OK ? &METHODS : NULL;
    return code;
}

void test_vfs_register(void)
{
    below = sqlite3_vfs_find(NULL);
    above = *below;
    above.szOsFile = (int)sizeof(file) + below->szOsFile;
    above.zName = "faulty";
    above.xOpen = open_file;
    assert_int_equal(sqlite3_vfs_register(&above, 1), SQLITE_OK);
}
