/*
 * ledger.h - how much space an upload keeps for itself.
 *
 * Space is reserved before it is needed, so that an upload that was begun can
 * be finished: all of it if its size is known, else what has arrived, rounded
 * up to a whole number of steps. A reservation includes what has arrived, so
 * that recordings and reservations together are what the store holds or will
 * hold; they never exceed its quota. The rules need no database; the catalogue
 * applies them in the transaction that makes or moves an upload.
 */
#ifndef WFS_LEDGER_H
#define WFS_LEDGER_H

#include "catalogue_types.h"

/* Reserved at once while the size of an upload is not known. */
#define WFS_LEDGER_STEP_BYTES (UINT64_C(16) << 20)

/* Of a store, whatever its quota: the catalogue's sums have 63 bits. */
#define WFS_LEDGER_MAX_BYTES (UINT64_C(1) << 62)

/* A reservation idle for this long falls back to what has arrived. */
#define WFS_LEDGER_IDLE_MS 600000

/* Bytes an upload will have at most, or WFS_UNKNOWN. */
uint64_t wfs_ledger_get_whole(uint64_t size_bytes, uint64_t total_chunks,
                              uint64_t chunk_size);

/*
 * What an upload shall have reserved.
 *
 * `reserved`  what it has
 * `needed`    the bytes it must have in any case
 * `whole`     wfs_ledger_get_whole
 * `room`      what it may have, WFS_UNKNOWN: as much as it likes
 *
 * Returns at least `needed` and, as far as there is room, `whole` or whole
 * steps; WFS_UNKNOWN if there is no room for `needed`.
 */
uint64_t wfs_ledger_choose(uint64_t reserved, uint64_t needed, uint64_t whole,
                           uint64_t room);

/*
 * The room of an upload that has `reserved` bytes under `quota_bytes` (0: no
 * quota, but WFS_LEDGER_MAX_BYTES). May be less than it has, where the quota
 * was made smaller.
 */
uint64_t wfs_ledger_get_room(const wfs_totals *totals, uint64_t reserved,
                             uint64_t quota_bytes);

#endif
