/*
 * check.h - a store after a power cut: is what was promised there, and can one
 * go on with it?
 */
#ifndef POWERCUT_CHECK_H
#define POWERCUT_CHECK_H

#include "promises.h"
#include "wfstore/maintenance.h"

#define CHECK_WHY_BYTES 400

typedef struct check {
    const promises *promised;
    const char *path;   /* of the store */
    const char *backup; /* of its backup */
    wfs_store *store;
    bool has_failed;
    bool is_rebuilt;           /* after the cut, or found so */
    char why[CHECK_WHY_BYTES]; /* the first failure */
} check;

/*
 * Open the store below `root` as after a restart of the machine, and look:
 *
 *  - a backup that was done is whole, and one that was interrupted is either
 *    the one before it, or whole, or none that opens;
 *  - it opens; or its catalogue was lost, nobody has said that there is a new
 *    one, and rebuilding makes one;
 *  - metadata.json, as the cut left it, is valid and has what it was said to;
 *  - every promised chunk and recording is there, and nothing that was not
 *    begun; what is deleted stays deleted, what is renamed has its name;
 *  - all this also after tending; and then the senders go on: they send what
 *    is missing, complete, and each recording has exactly its bytes;
 *  - the totals, the list, metadata.json and the files agree, and SQLite finds
 *    nothing wrong with the catalogue, nor with the copy that was kept of an
 *    older one;
 *  - a backup can be made, or brought up to date, and has all of that.
 *
 * Returns whether all is well; else `why` says what is not.
 */
bool check_store(const promises *promised, const char *root,
                 char why[CHECK_WHY_BYTES]);

/* For check*.c: remember a failure; returns false. */
__attribute__((format(printf, 2, 3))) bool check_fail(check *self,
                                                      const char *format, ...);
bool check_status(check *self, wfs_status status, const char *what,
                  const char *id);

/* What is in metadata.json, before anything has opened the store. */
bool check_published(check *self);

/* What the backup is, before anything has changed it; and the next one. */
bool check_backup(check *self);
bool check_next_backup(check *self);

/* Whether metadata.json in `folder` has exactly these. */
bool check_listed(check *self, const char *folder,
                  const wfs_recording_page *page);

/* What was replaced by rebuilding lies aside. */
bool check_aside(check *self);

/* The list, the totals, metadata.json and the folders agree. */
bool check_agreement(check *self);

/* SQLite's own look at the catalogue and an older one; after the store was
 * closed. */
bool check_catalogue(check *self);

/* Its look at one that was replaced. */
bool check_replaced(check *self, const char *path);

/* Whether a file is what the recording may be. */
bool check_bytes(const wfs_blob_ref *blob, const promise *it);

/* What became of a plan; its recording, if it is one. */
bool check_promise(check *self, const promise *it);
bool check_recording(check *self, const promise *it);

/* Send what is missing and complete, unless it was deleted. */
bool check_going_on(check *self, const promise *it);

#endif
