/*
 * place.h - where a new chunk goes; pure.
 *
 *     fixed   index * chunk_size, if the upload has a chunk size
 *     tail    behind the placed chunks, if it is the next one
 *     loose   a file of its own, until the gap before it closes
 *     head    a chunk 0 that may be replaced: in the catalogue
 *
 * The caller holds the chunk's lock and has found it absent, so nobody else
 * can take the same place.
 */
#ifndef WFS_PLACE_H
#define WFS_PLACE_H

#include "catalogue.h"

/* A byte offset in the part, WFS_PLACE_LOOSE or WFS_PLACE_HEAD. */
int64_t wfs_place_choose(const wfs_upload_row *upload, uint64_t index,
                         bool is_provisional);

/* Whether the whole-file digest can advance with this chunk as it comes. */
bool wfs_place_is_in_step(const wfs_upload_row *upload, uint64_t index,
                          int64_t place);

#endif
