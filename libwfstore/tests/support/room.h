/*
 * room.h - the room that uploads reserve and take.
 */
#ifndef WFS_TEST_ROOM_H
#define WFS_TEST_ROOM_H

#include "catalogue.h"
#include "support/store.h"

/* What the catalogue counts. */
wfs_totals test_room_get_totals(const test_store *self);

/* An upload there is. */
wfs_upload_row test_room_get_row(const test_store *self, const char *id);

/* The spec of a chunk in a store that may hold `quota` bytes (0: any). */
wfs_chunk_spec test_room_spec(const char *id, uint64_t index, uint64_t quota);

/* Send `length` bytes of audio. */
wfs_status test_room_send(const test_store *self, const wfs_chunk_spec *spec,
                          size_t length);

#endif
