/*
 * store.h - opening a store, and what is true of it as a whole.
 *
 * A store is a directory: finished recordings under readable names, their
 * published list metadata.json, and .wfstore/ with the catalogue and the
 * unfinished uploads (docs/storage-format.md). Any number of processes may
 * have it open at the same time.
 *
 * A wfs_store may be used by any number of threads at once. Open it after
 * fork(), never before: the catalogue's locks do not survive a fork. All
 * calls may sleep on the disk; none belongs on an event loop but those that say
 * so. The library starts one thread per open store (the committer, see
 * upload.h), has no globals, prints nothing, logs nothing and never exits.
 */
#ifndef WFSTORE_STORE_H
#define WFSTORE_STORE_H

#include "wfstore/types.h"

typedef struct wfs_store wfs_store;

typedef enum wfs_durability {
    WFS_DURABILITY_CHUNK = 0, /* every acknowledged chunk is synced */
    WFS_DURABILITY_RECORDING  /* only finished recordings are */
} wfs_durability;

/*
 * What a store does that figures are kept of.
 *
 * SYNCED     bytes of an upload were synced: a chunk's, or by completing
 * COMMITTED  receipts were written, all that waited in one transaction
 * TAKEN_OVER a chunk was taken over from an older writer
 * EXPIRED    an idle upload has ended, and nothing is left of it
 * SALVAGED   an idle upload has become a recording
 * RETIRED    a recording was deleted, being kept for long enough
 */
typedef enum wfs_event {
    WFS_EVENT_SYNCED,
    WFS_EVENT_COMMITTED,
    WFS_EVENT_TAKEN_OVER,
    WFS_EVENT_EXPIRED,
    WFS_EVENT_SALVAGED,
    WFS_EVENT_RETIRED
} wfs_event;

/*
 * Called by any thread that is in a call of the store, and by the committer's,
 * after the event; `duration_ns` is how long syncing or committing took,
 * whatever came of it, else 0. Must not sleep and must not call the store.
 */
typedef void (*wfs_observer)(void *data, wfs_event event, uint64_t duration_ns);

/*
 * `existing`    never create: a missing store is WFS_ENOSTORE
 * `no_digest`   no whole-file SHA-256; recordings have none
 * `tombstone_ms` how long a deleted id refuses new chunks
 * `upload_expiry_ms` an upload idle for longer ends by itself; 0: never
 * `retention_ms`  a recording stored longer ago is deleted; 0: never
 * `salvage_expired` an expired upload with at least a second of whole audio
 *                 becomes a recording instead
 * `observer`      is told of events; NULL: nobody is
 */
typedef struct wfs_store_options {
    wfs_durability durability;
    bool existing;
    bool no_digest;
    uint64_t tombstone_ms;
    uint64_t upload_expiry_ms;
    uint64_t retention_ms;
    bool salvage_expired;
    wfs_observer observer;
    void *observer_data;
} wfs_store_options;

#define WFS_STORE_OPTIONS_INIT                                                 \
    {                                                                          \
        WFS_DURABILITY_CHUNK, false, false, 86400000, 86400000, 0, true, NULL, \
            NULL                                                               \
    }

/*
 * Open the store at `path`, creating it (the last path component and what is
 * below) unless `options->existing`. The directory above must exist: an
 * unmounted disk must not become an empty store.
 *
 * `options`   borrowed for the call; NULL: the defaults
 * `ret_store` new; ends with wfs_store_close
 *
 * Returns WFS_ENOSTORE (none there and none may be made, or a network file
 * system), WFS_EVERSION, WFS_ECORRUPT, WFS_EREADONLY, WFS_EIO. A damaged or
 * lost catalogue is refused, never rebuilt here.
 */
WFS_PUBLIC wfs_status wfs_store_open(const char *path,
                                     const wfs_store_options *options,
                                     wfs_store **ret_store, wfs_error *error);

/*
 * Wait for what is being committed, then close. No chunk of this store may be
 * alive any more. Accepts NULL.
 */
WFS_PUBLIC void wfs_store_close(wfs_store *store);

/* Figures kept in the catalogue, not counted; free space from the disk. */
typedef struct wfs_store_stat {
    uint64_t recordings;
    uint64_t recording_bytes;
    uint64_t uploads;
    uint64_t upload_bytes;
    int64_t oldest_ms; /* when the oldest of them began; 0: there is none */
    uint64_t damaged;  /* recordings whose file wfs_store_verify found bad */
    uint64_t reserved_bytes; /* by uploads, with what has arrived of them */
    uint64_t free_bytes;     /* of the disk, for an unprivileged user */
    uint64_t generation;     /* grows with every change to the recordings */
    bool is_published;       /* metadata.json shows this generation */
    bool publish_failed;     /* the last attempt to publish failed */
    bool is_writable;        /* a probe could write and sync */
    bool is_check_due;       /* the catalogue waits to be looked through */
    bool is_damaged;         /* and was found damaged: rebuild the store */
    bool is_clock_doubtful;  /* it jumped: for a day nothing expires */
} wfs_store_stat;

/* Reads the catalogue's totals and probes the disk. */
WFS_PUBLIC wfs_status wfs_store_get_stat(wfs_store *store,
                                         wfs_store_stat *ret_stat,
                                         wfs_error *error);

/*
 * Only the generation, from the catalogue, whoever changed it: as long as it
 * stays the same, a page of a list would be the same again.
 */
WFS_PUBLIC wfs_status wfs_store_get_generation(wfs_store *store,
                                               uint64_t *ret_generation,
                                               wfs_error *error);

/*
 * A moment of the catalogue: two that are the same have nothing committed
 * between them, by this process or any other. To be compared and nothing else.
 */
#define WFS_MOMENT_WORDS 12

typedef struct wfs_moment {
    uint32_t words[WFS_MOMENT_WORDS];
} wfs_moment;

/*
 * The moment that it is now. What was read from the store after a moment is
 * still so as long as it stays the same; anything that is committed moves it,
 * receipts too. Makes no system call and never waits: an event loop may ask.
 * False: it cannot be told, or not just now.
 */
WFS_PUBLIC bool wfs_store_get_moment(const wfs_store *store,
                                     wfs_moment *ret_moment);

WFS_PUBLIC bool wfs_moment_is_same(const wfs_moment *one,
                                   const wfs_moment *other);

/*
 * Bytes that new uploads may still bring: the disk's free space without its
 * reserve and what uploads have reserved and not yet sent, and no more than
 * the quota leaves.
 */
WFS_PUBLIC uint64_t wfs_store_stat_get_available(const wfs_store_stat *stat,
                                                 const wfs_limits *limits);

/*
 * Do what is due in the background, for about `budget_ms`: publish what lags,
 * rename what a crash left in uploads/, finish deletions, absorb loose chunks,
 * catch up digests, let go what is old enough (never while the clock is in
 * doubt, never an upload somebody writes to), checkpoint the catalogue, and
 * look through it after an unclean stop. One process does it at a time; in the
 * others it returns at once.
 *
 * `ret_next_ms`  when to call again, from now
 */
WFS_PUBLIC wfs_status wfs_store_tend(wfs_store *store, uint64_t budget_ms,
                                     uint64_t *ret_next_ms, wfs_error *error);

/*
 * The process is about to end: tending under way returns soon, and does
 * nothing any more. Other calls go on. May be called by any thread.
 */
WFS_PUBLIC void wfs_store_quit(wfs_store *store);

#endif
