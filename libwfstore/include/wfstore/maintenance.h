/*
 * maintenance.h - looking after a store: verify, rebuild, backup.
 *
 * These are for the person who runs a store, not for its clients. They read
 * whole disks, so each can be slowed, tells how far it has come, and can be
 * cancelled; each tells what it finds while it goes on, and none deletes audio.
 *
 *     wfs_store_verify    is every recording still what was stored?
 *     wfs_store_backup    a second store, in another directory
 *     wfs_store_rebuild   a new catalogue, when the old one is lost or damaged
 *
 * Verifying and backing up work beside any number of processes that use the
 * store: what is deleted, completed or renamed meanwhile is no finding.
 * Rebuilding wants the store for itself.
 *
 * Threads: each call works in the caller's thread and calls back there. A
 * callback may call the store, but must not close it.
 */
#ifndef WFSTORE_MAINTENANCE_H
#define WFSTORE_MAINTENANCE_H

#include "wfstore/store.h"

typedef enum wfs_finding_kind {
    /* A recording and its file. */
    WFS_FINDING_ROT = 1,    /* same size, another SHA-256 */
    WFS_FINDING_SIZE,       /* another size than was stored */
    WFS_FINDING_MISSING,    /* there is no file */
    WFS_FINDING_UNREADABLE, /* the file is there and cannot be read */

    /* A file that no recording and no upload owns; it stays where it is. */
    WFS_FINDING_STRAY,

    /* Rebuilding: what could not be taken over, or not as it was. */
    WFS_FINDING_ENTRY,     /* an entry of a list that cannot be read */
    WFS_FINDING_DUPLICATE, /* an id that another recording has already */
    WFS_FINDING_NOT_AUDIO, /* named as a recording, holds no audio */
    WFS_FINDING_FOUND,     /* in no list: made from the file alone */
    WFS_FINDING_PART,      /* bytes of an unfinished upload, set aside */
    WFS_FINDING_CATALOGUE  /* the old catalogue: how far it could be read */
} wfs_finding_kind;

/*
 * One thing found. All borrowed for the call.
 *
 * `id`        of the recording or upload, or ""
 * `filename`  within the store's directory, or ""; as the disk has it: may hold
 *             any bytes but zero, so escape it before you print it
 * `detail`    a sentence
 */
typedef struct wfs_finding {
    wfs_finding_kind kind;
    const char *id;
    const char *filename;
    const char *detail;
} wfs_finding;

/* "rot", "missing", ... for people and scripts; static, never NULL. */
WFS_PUBLIC const char *wfs_finding_kind_name(wfs_finding_kind kind);

/* Told of each finding as it is made. False cancels (WFS_ECANCELED). */
typedef bool (*wfs_finding_visitor)(void *data, const wfs_finding *finding);

/* ---- verify ---- */

/*
 * `bytes_per_second`  0: as fast as the disk is
 * `progress`          called at least every 100 ms of work, or NULL; bytes are
 *                     those of the recordings digested so far, and of all
 * `no_strays`         look at recordings only
 * `no_memory`         do not change what the store remembers (below)
 */
typedef struct wfs_verify_options {
    uint64_t bytes_per_second;
    wfs_progress progress;
    void *progress_data;
    bool no_strays;
    bool no_memory;
} wfs_verify_options;

#define WFS_VERIFY_OPTIONS_INIT                                                \
    {                                                                          \
        0, (wfs_progress)0, (void *)0, false, false                            \
    }

typedef struct wfs_verify_summary {
    uint64_t recordings; /* looked at */
    uint64_t bytes;      /* digested */
    uint64_t
        undigested;  /* stored without a SHA-256: only their size is known */
    uint64_t rotten; /* digest or size differs */
    uint64_t missing;
    uint64_t unreadable;
    uint64_t strays;
} wfs_verify_summary;

#define WFS_VERIFY_SUMMARY_INIT                                                \
    {                                                                          \
        0, 0, 0, 0, 0, 0, 0                                                    \
    }

/*
 * Digest every recording again, in order of completion, and compare; then look
 * for files that belong to nobody. Reports, never deletes or repairs.
 *
 * The store remembers which recordings were found bad (`damaged` of
 * wfs_store_stat) until they are deleted or a later verify finds them good.
 *
 * `options`     NULL: the defaults
 * `visitor`     may be NULL
 * `ret_summary` also written when the call fails: how far it came; may be NULL
 *
 * Returns WFS_OK when everything was looked at, whatever was found (see the
 * summary). WFS_ECANCELED; WFS_EIO and others when the catalogue cannot be
 * read. A file that cannot be read is a finding.
 */
WFS_PUBLIC wfs_status wfs_store_verify(wfs_store *store,
                                       const wfs_verify_options *options,
                                       wfs_finding_visitor visitor, void *data,
                                       wfs_verify_summary *ret_summary,
                                       wfs_error *error);

/* ---- backup ---- */

typedef enum wfs_backup_method {
    WFS_BACKUP_CLONE = 0, /* share blocks (FICLONE), else copy */
    WFS_BACKUP_LINK,      /* share blocks, else the file (link), else copy */
    WFS_BACKUP_COPY       /* share nothing */
} wfs_backup_method;

/*
 * `method`  how a recording's bytes come to the backup. A clone costs no space
 *     and no program can change one through the other, but both lie on the same
 *     blocks: only a copy, best on another disk, outlives that disk. A hard
 *     link is one file with two names: what damages one damages the other, so
 *     it is never chosen unasked.
 * `prune`   remove recordings from the backup that the store has deleted;
 *     else they stay there as files, and each is told as a stray
 * `bytes_per_second`, `progress`  as for verify
 */
typedef struct wfs_backup_options {
    wfs_backup_method method;
    bool prune;
    uint64_t bytes_per_second;
    wfs_progress progress;
    void *progress_data;
} wfs_backup_options;

#define WFS_BACKUP_OPTIONS_INIT                                                \
    {                                                                          \
        WFS_BACKUP_CLONE, false, 0, (wfs_progress)0, (void *)0                 \
    }

typedef struct wfs_backup_summary {
    uint64_t recordings; /* in the backup's catalogue */
    uint64_t bytes;      /* theirs */
    uint64_t unchanged;  /* files that were there already */
    uint64_t cloned;
    uint64_t linked;
    uint64_t copied;
    uint64_t missing;     /* recordings whose file the store has lost */
    uint64_t strays;      /* files in the backup that its catalogue has not */
    uint64_t pruned;      /* and those of them that were removed */
    uint64_t uploads_out; /* unfinished uploads left out */
} wfs_backup_summary;

#define WFS_BACKUP_SUMMARY_INIT                                                \
    {                                                                          \
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0                                           \
    }

/*
 * Make or bring up to date a backup in `directory`: a store of its own, which
 * wfs_store_open opens, of the state at some moment during the call.
 *
 * A recording's file is copied under another name, synced, renamed; one that is
 * there already with the same size and time of change is left alone. Then the
 * copied catalogue takes the old one's place, then metadata.json is written.
 * Ended in the middle, by whatever, the backup is what it was before, with some
 * more files. Unfinished uploads are left out: their takes are still with the
 * client, and half of one cannot be told from a whole one by its file.
 *
 * `directory`   made if missing, the one above it never; must be empty or hold
 *               an earlier backup
 * `ret_summary` also written when the call fails; may be NULL
 *
 * Returns WFS_ECONFLICT if `directory` holds something else, or a backup that
 * has been used as a store since; WFS_EBUSY if another process has it open;
 * WFS_ENOSTORE, WFS_ENOSPC, WFS_EREADONLY, WFS_ECANCELED, WFS_EIO.
 */
WFS_PUBLIC wfs_status wfs_store_backup(wfs_store *store, const char *directory,
                                       const wfs_backup_options *options,
                                       wfs_finding_visitor visitor, void *data,
                                       wfs_backup_summary *ret_summary,
                                       wfs_error *error);

/* ---- rebuild ---- */

/*
 * `replace`   there may be a catalogue: it is moved aside (below), never
 *     deleted. Without it a catalogue, whatever its state, is WFS_ECONFLICT.
 * `no_catalogue`, `no_list`  do not read the old catalogue, or metadata.json
 * `no_digest` believe the list where a file's size is as it says: no file that
 *     is in a list is read. Else every file is digested.
 * `accept_any` also files that hold no audio
 * `progress`  bytes are those of the files looked at, and of all
 */
typedef struct wfs_rebuild_options {
    bool replace;
    bool no_catalogue;
    bool no_list;
    bool no_digest;
    bool accept_any;
    uint64_t bytes_per_second;
    wfs_progress progress;
    void *progress_data;
} wfs_rebuild_options;

#define WFS_REBUILD_OPTIONS_INIT                                               \
    {                                                                          \
        false, false, false, false, false, 0, (wfs_progress)0, (void *)0       \
    }

typedef struct wfs_rebuild_summary {
    uint64_t recordings;     /* in the new catalogue */
    uint64_t bytes;          /* theirs */
    uint64_t from_catalogue; /* of these: by what the old catalogue says */
    uint64_t from_list;      /* by metadata.json */
    uint64_t from_files;     /* by the file alone */
    uint64_t rotten;         /* digest or size differs; taken over as listed */
    uint64_t missing;        /* listed, without a file; taken over */
    uint64_t entries;        /* that could not be read */
    uint64_t duplicates;
    uint64_t strays;
    uint64_t parts; /* files of unfinished uploads, set aside */
    char aside[64]; /* "damaged-20240115T140456Z": what was moved aside has
                       this in its name; "": nothing was */
} wfs_rebuild_summary;

#define WFS_REBUILD_SUMMARY_INIT                                               \
    {                                                                          \
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ""                                    \
    }

/*
 * Make a new catalogue for the store at `path`, of what is known in this order:
 *
 *     1. the old catalogue, as far as a copy of it can be read;
 *     2. metadata.json, entry by entry, past what is broken in it;
 *     3. the recordings' files: id and start from the name, type, codec and
 *        duration from the bytes, the digest computed, stored from the time of
 *        the last change.
 *
 * An id counts once. An entry whose file is missing is taken over, so that its
 * name and metadata are not lost, and told; one whose file has another digest
 * or size keeps the ones it was stored with, so that damage stays visible; both
 * count as `damaged` afterwards. What only the catalogue knew is lost with it:
 * tombstones (a deleted id may be used again), and unfinished uploads: the
 * folder of their bytes is set aside, never deleted, and each file told. A head
 * that the old catalogue has is written to its part first. What is in them can
 * be sent as a new upload and salvaged (upload.h), as wfstore(1) does.
 *
 * The new catalogue is built beside the old one and takes its place in one
 * step; ended in the middle, by whatever, the store is as it was, or as it is
 * after success (the next to open it finishes the moves). Set aside are
 *
 *     .wfstore/catalog.sqlite3.<aside> (and -wal)
 *     .wfstore/uploads.<aside>/
 *
 * `path`        an existing store: a directory with .wfstore/ or, if that is
 *               lost, with metadata.json or recordings
 * `ret_summary` also written when the call fails; may be NULL
 *
 * Returns WFS_EBUSY while any process has the store open, WFS_ECONFLICT without
 * `replace` if there is a catalogue, WFS_ENOSTORE, WFS_EVERSION (the store is
 * of a newer version), WFS_ENOSPC, WFS_EREADONLY, WFS_ECANCELED, WFS_EIO.
 */
WFS_PUBLIC wfs_status wfs_store_rebuild(const char *path,
                                        const wfs_rebuild_options *options,
                                        wfs_finding_visitor visitor, void *data,
                                        wfs_rebuild_summary *ret_summary,
                                        wfs_error *error);

#endif
