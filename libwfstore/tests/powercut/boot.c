/*
 * boot.c - the boot id of a machine that can be restarted.
 *
 * The library opens /proc/sys/kernel/random/boot_id; the linker puts this in
 * between (-Wl,--wrap=openat64).
 */
#include "boot.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define BOOT_ID_PATH "/proc/sys/kernel/random/boot_id"

static unsigned boot;

void boot_set(unsigned n)
{
    boot = n;
}

static int open_boot_id(void)
{
    int fd = memfd_create("boot_id", MFD_CLOEXEC);

    if (fd != -1) {
        (void)dprintf(fd, "b0070000-0000-4000-8000-%012u\n", boot);
        (void)lseek(fd, 0, SEEK_SET);
    }
    return fd;
}

int __real_openat64(int dir, const char *path, int flags, ...);
int __wrap_openat64(int dir, const char *path, int flags, ...);

int __wrap_openat64(int dir, const char *path, int flags, ...)
{
    va_list list;
    mode_t mode;

    if (strcmp(path, BOOT_ID_PATH) == 0) {
        return open_boot_id();
    }
    va_start(list, flags);
    mode = va_arg(list, mode_t);
    va_end(list);
    return __real_openat64(dir, path, flags, mode);
}
