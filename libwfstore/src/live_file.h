/*
 * live_file.h - `.wfstore/live`: who receives what just now, told to all.
 *
 * The file is an array of pages, a page an array of slots. A process takes a
 * page by locking it (an open-file-description lock, see file.h) and writes
 * its slots; nobody else does, but for `stop`. So a slot means something only
 * while its page is locked: the kernel drops the lock when the process dies,
 * and what the dead one wrote is of no account.
 *
 * It is read and written, never mapped: somebody may cut the file off at any
 * time, and a map would answer with a signal. Nothing in it is to be trusted:
 * `check` tells a slot that was written whole from any other bytes. Its loss
 * costs nothing but that nobody is found in it until the owners look again.
 *
 *     offset  0  row        0: free
 *             8  index      of the chunk, or one of WFS_LIVE_…
 *            16  sequence   one of its own for each use of a slot
 *            24  check      of the three above
 *            32  last_ms    when the last byte came, by the clock of the boot
 *            40  progress   of work, in 65536ths
 *            48  stop       for its owner: sequence * 8 + a wfs_live_reason
 *            56             0
 */
#ifndef WFS_LIVE_FILE_H
#define WFS_LIVE_FILE_H

#include "wfstore/types.h"

#define WFS_LIVE_PAGE_SLOTS 64
#define WFS_LIVE_PAGES_MAX 1024

/* Host byte order: the file is of one machine and one boot. */
typedef struct wfs_live_entry {
    int64_t row;
    uint64_t index;
    uint64_t sequence;
    uint64_t check;
    int64_t last_ms;
    uint64_t progress;
    uint64_t stop;
    uint64_t unused;
} wfs_live_entry;

/* Why somebody has to end. 0 is none: torn or no stop. */
typedef enum wfs_live_reason {
    WFS_LIVE_GO_ON = 0,
    WFS_LIVE_TAKEN_OVER = 1,
    WFS_LIVE_DELETED = 2,
    WFS_LIVE_COMPLETED = 3
} wfs_live_reason;

/* Milliseconds of the clock of the boot, the same in all processes. */
int64_t wfs_live_now_ms(void);

/* New random start for the sequence numbers of a process. */
uint64_t wfs_live_make_sequence(void);

wfs_live_entry wfs_live_entry_make(int64_t row, uint64_t index,
                                   uint64_t sequence);

/* Whether an entry in use was written whole. */
bool wfs_live_entry_is_whole(const wfs_live_entry *entry);

/* The stop meant for `sequence`. */
wfs_live_reason wfs_live_entry_get_stop(const wfs_live_entry *entry,
                                        uint64_t sequence);

/* Opens or makes the file. */
wfs_status wfs_live_file_open(int meta_dir, int *ret_fd);

/* Whether the name stands for another file by now. */
bool wfs_live_file_is_lost(int fd);

/* Lock the first page from `from` on that nobody has; WFS_EBUSY: all are
 * taken. The caller's own ones are not seen as such. */
wfs_status wfs_live_file_take_page(int fd, size_t from, size_t *ret_page);

/* Whether another open file has the page. */
bool wfs_live_file_is_taken(int fd, size_t page);

/*
 * The slots of a page; what the file does not have is 0. `ret_is_end`: there is
 * nothing behind.
 */
wfs_status wfs_live_file_read(int fd, size_t page,
                              wfs_live_entry ret_entries[WFS_LIVE_PAGE_SLOTS],
                              bool *ret_is_end);

/* All but `stop`, which is for others to write. */
wfs_status wfs_live_file_put(int fd, size_t page, size_t slot,
                             const wfs_live_entry *entry);

/* For the owner of somebody else's slot. */
wfs_status wfs_live_file_stop(int fd, size_t page, size_t slot,
                              uint64_t sequence, wfs_live_reason reason);

#endif
