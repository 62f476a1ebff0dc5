/*
 * acts_internal.h - what acts.c and acts_view.c share: the take they are about.
 */
#ifndef WFS_TEST_ACTS_INTERNAL_H
#define WFS_TEST_ACTS_INTERNAL_H

#include "support/store.h"

#define CHUNK 2000
#define COUNT 3
#define SIZE (CHUNK * COUNT)

typedef enum test_acts_layout { FIXED, ANY, HEAD } test_acts_layout;

/* All SIZE bytes of the take; new. */
uint8_t *test_acts_audio(void);

wfs_status test_acts_send(const test_store *self, uint64_t index,
                          test_acts_layout how);

wfs_status test_acts_complete(test_store *self);

#endif
