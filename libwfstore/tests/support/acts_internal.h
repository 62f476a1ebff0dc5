/*
 * acts_internal.h - what acts.c and its siblings share: the take they are
 * about.
 */
#ifndef WFS_TEST_ACTS_INTERNAL_H
#define WFS_TEST_ACTS_INTERNAL_H

#include "support/acts.h"

#define CHUNK 2000
#define COUNT 3
#define SIZE (CHUNK * COUNT)
#define PLAYS 100000 /* more than a second: enough to be worth keeping */

typedef enum test_acts_layout { FIXED, ANY, HEAD } test_acts_layout;

wfs_status test_acts_complete(test_store *self);

/* acts_send.c: all SIZE bytes of the take, new; one chunk of it; old states,
 * acts. */
uint8_t *test_acts_audio(void);
wfs_status test_acts_send(const test_store *self, uint64_t index,
                          test_acts_layout how);
void test_acts_have_fixed(test_store *self);
void test_acts_have_first(test_store *self);
void test_acts_have_later(test_store *self);
void test_acts_have_old_head(test_store *self);
void test_acts_have_all_fixed(test_store *self);
void test_acts_have_all_in_order(test_store *self);
void test_acts_have_all_loose(test_store *self);
void test_acts_have_all_with_head(test_store *self);
wfs_status test_acts_send_fixed(test_store *self);
wfs_status test_acts_send_first(test_store *self);
wfs_status test_acts_send_next(test_store *self);
wfs_status test_acts_send_loose(test_store *self);
wfs_status test_acts_send_head(test_store *self);
wfs_status test_acts_send_unplaced(test_store *self);
void test_acts_have_first_and_digest(test_store *self);
wfs_status test_acts_send_amended(test_store *self);

/* acts_append.c: old states, acts, and going on from what has arrived. */
void test_acts_have_made(test_store *self);
void test_acts_have_begun(test_store *self); /* of unknown size */
void test_acts_have_appended(test_store *self);
void test_acts_have_all_appended(test_store *self);
wfs_status test_acts_make(test_store *self);
wfs_status test_acts_make_sized(const test_store *self, uint64_t size_bytes);
wfs_status test_acts_declare(test_store *self);
wfs_status test_acts_append_first(test_store *self);
wfs_status test_acts_append_next(test_store *self);
wfs_status test_acts_append_on(test_store *self);
wfs_status test_acts_append_part(test_store *self);
wfs_status test_acts_append_rest(const test_store *self, uint64_t from);

/* acts_kept.c: one part that is all of it; two, the first of which is in it;
 * the parts go; an upload of no bytes. */
void test_acts_have_one_part(test_store *self);
void test_acts_have_first_of_parts(test_store *self);
void test_acts_have_empty(test_store *self);
wfs_status test_acts_put_one(test_store *self);
wfs_status test_acts_put_last(test_store *self);
wfs_status test_acts_complete_empty(test_store *self);
void test_acts_drop_parts(const test_store *self);

#endif
