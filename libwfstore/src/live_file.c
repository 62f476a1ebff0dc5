/*
 * live_file.c - `.wfstore/live`: pages of slots.
 */
#include "live_file.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "file.h"
#include "store_internal.h"

/* Bytes of the file that stand for pages; far above any of them. */
#define LOCK_BASE (UINT64_C(1) << 62)

/* Its low digits are the format's version: another one is not whole. */
#define CHECK_SEED UINT64_C(0x57464c4956450001)

#define REASON_BITS 3
#define SEQUENCE_MASK (UINT64_MAX >> (REASON_BITS + 1))

#define SLOT_BYTES sizeof(wfs_live_entry)
#define PAGE_BYTES (WFS_LIVE_PAGE_SLOTS * SLOT_BYTES)
#define STOP_OFFSET offsetof(wfs_live_entry, stop)

_Static_assert(sizeof(wfs_live_entry) == 64, "slots do not straddle lines");

int64_t wfs_live_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

uint64_t wfs_live_make_sequence(void)
{
    uint64_t random = 0;

    if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
        random = (uint64_t)wfs_live_now_ms() << 20;
    }
    return random & SEQUENCE_MASK;
}

/* The finaliser of SplitMix64: every bit of the input counts. */
static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

static uint64_t get_check(const wfs_live_entry *entry)
{
    uint64_t check = mix(CHECK_SEED ^ (uint64_t)entry->row);

    check = mix(check ^ entry->index);
    return mix(check ^ entry->sequence);
}

wfs_live_entry wfs_live_entry_make(int64_t row, uint64_t index,
                                   uint64_t sequence)
{
    wfs_live_entry entry = {
        .row = row, .index = index, .sequence = sequence & SEQUENCE_MASK};

    entry.check = get_check(&entry);
    return entry;
}

bool wfs_live_entry_is_whole(const wfs_live_entry *entry)
{
    return entry->row != 0 && entry->check == get_check(entry);
}

wfs_live_reason wfs_live_entry_get_stop(const wfs_live_entry *entry,
                                        uint64_t sequence)
{
    uint64_t reason = entry->stop & ((1U << REASON_BITS) - 1);

    if (entry->stop >> REASON_BITS != sequence || reason > WFS_LIVE_COMPLETED) {
        return WFS_LIVE_GO_ON;
    }
    return (wfs_live_reason)reason;
}

wfs_status wfs_live_file_open(int meta_dir, int *ret_fd)
{
    return wfs_file_open(meta_dir, WFS_LIVE_FILE, WFS_FILE_CREATE, ret_fd,
                         NULL);
}

bool wfs_live_file_is_lost(int fd)
{
    bool is_removed = false;

    return wfs_file_is_removed(fd, &is_removed, NULL) == WFS_OK && is_removed;
}

wfs_status wfs_live_file_take_page(int fd, size_t from, size_t *ret_page)
{
    for (size_t page = from; page < WFS_LIVE_PAGES_MAX; page++) {
        wfs_status status = wfs_file_lock(fd, LOCK_BASE + page, 1, NULL);

        if (status == WFS_OK) {
            *ret_page = page;
        }
        if (status != WFS_EBUSY) {
            return status;
        }
    }
    return WFS_EBUSY;
}

bool wfs_live_file_is_taken(int fd, size_t page)
{
    bool is_locked = false;

    return wfs_file_is_locked(fd, LOCK_BASE + page, 1, &is_locked, NULL) ==
               WFS_OK &&
           is_locked;
}

wfs_status wfs_live_file_read(int fd, size_t page,
                              wfs_live_entry ret_entries[WFS_LIVE_PAGE_SLOTS],
                              bool *ret_is_end)
{
    size_t length = 0;
    wfs_status status = wfs_file_read(fd, page * PAGE_BYTES, ret_entries,
                                      PAGE_BYTES, &length, NULL);

    if (status == WFS_OK) {
        memset((uint8_t *)ret_entries + length, 0, PAGE_BYTES - length);
        *ret_is_end = length < PAGE_BYTES;
    }
    return status;
}

static wfs_status write_bytes(int fd, size_t page, size_t slot, size_t offset,
                              const void *bytes, size_t length)
{
    return wfs_file_write(fd, page * PAGE_BYTES + slot * SLOT_BYTES + offset,
                          bytes, length, NULL);
}

wfs_status wfs_live_file_put(int fd, size_t page, size_t slot,
                             const wfs_live_entry *entry)
{
    return write_bytes(fd, page, slot, 0, entry, STOP_OFFSET);
}

wfs_status wfs_live_file_stop(int fd, size_t page, size_t slot,
                              uint64_t sequence, wfs_live_reason reason)
{
    uint64_t stop = sequence << REASON_BITS | (uint64_t)reason;

    return write_bytes(fd, page, slot, STOP_OFFSET, &stop, sizeof(stop));
}
