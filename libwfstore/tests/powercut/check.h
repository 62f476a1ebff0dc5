/*
 * check.h - a store after a power cut: is what was promised there, and can one
 * go on with it?
 */
#ifndef POWERCUT_CHECK_H
#define POWERCUT_CHECK_H

#include "promises.h"

#define CHECK_WHY_BYTES 400

typedef struct check {
    const promises *promised;
    const char *path; /* of the store */
    wfs_store *store;
    bool has_failed;
    char why[CHECK_WHY_BYTES]; /* the first failure */
} check;

/*
 * Open the store below `root` as after a restart of the machine, and look:
 *
 *  - it opens;
 *  - metadata.json, as the cut left it, is valid and has what it was said to;
 *  - every promised chunk and recording is there, and nothing that was not
 *    begun; what is deleted stays deleted, what is renamed has its name;
 *  - all this also after tending; and then the senders go on: they send what
 *    is missing, complete, and each recording has exactly its bytes;
 *  - the totals, the list, metadata.json and the files agree, and SQLite finds
 *    nothing wrong with the catalogue.
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

/* The list, the totals, metadata.json and the folders agree. */
bool check_agreement(check *self);

/* SQLite's own look at the catalogue; after the store was closed. */
bool check_catalogue(check *self);

/* What became of a plan; its recording, if it is one. */
bool check_promise(check *self, const promise *it);
bool check_recording(check *self, const promise *it);

/* Send what is missing and complete, unless it was deleted. */
bool check_going_on(check *self, const promise *it);

#endif
