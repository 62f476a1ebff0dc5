/*
 * progress.h - how an accepted chunk moves its upload on.
 *
 * The rules of catalogue.h that need no database: whether what is said of a
 * chunk agrees with what the upload holds, and what its row is afterwards. All
 * are pure; a driver calls them inside its transaction.
 */
#ifndef WFS_PROGRESS_H
#define WFS_PROGRESS_H

#include "catalogue.h"

/* What is said of a chunk; WFS_UNKNOWN where nothing is. */
typedef struct wfs_claim {
    uint64_t index;
    uint64_t size_bytes;
    uint64_t total_chunks;
    uint64_t chunk_size;
} wfs_claim;

/*
 * Whether `claim` agrees with the accepted chunks of `upload`. Says nothing
 * about a chunk accepted at the same index. Returns WFS_ECONFLICT,
 * WFS_ETOOMANY.
 */
wfs_status wfs_progress_check(const wfs_upload_row *upload,
                              const wfs_claim *claim, wfs_error *error);

/*
 * Whether an upload of these accepted chunks can have `total` of them
 * (WFS_UNKNOWN: nothing is said). Returns WFS_ECONFLICT.
 */
wfs_status wfs_progress_check_total(const wfs_upload_row *upload,
                                    uint64_t total, wfs_error *error);

/*
 * The total chunks that `claim` leaves an upload with: told before, told now,
 * fixed by a chunk shorter than the others, or WFS_UNKNOWN.
 */
uint64_t wfs_progress_get_total(const wfs_upload_row *upload,
                                const wfs_claim *claim);

/* Accepted chunks that lie side by side beyond the contiguous ones. */
typedef struct wfs_span {
    uint64_t first;
    uint64_t last;
    uint64_t bytes;
} wfs_span;

/*
 * Count an accepted chunk in: chunks, bytes, highest, and what is contiguous.
 *
 * `next`  the span that begins behind this chunk, or NULL; it becomes
 *         contiguous too if the chunk closes the gap before it
 *
 * Returns whether the chunk was the next contiguous one (so that `next` is
 * used up).
 */
bool wfs_progress_count(wfs_upload_row *upload, uint64_t index,
                        uint64_t size_bytes, const wfs_span *next);

/*
 * Move placed_* over a chunk that lies at `place` (WFS_PLACE_HEAD: kept in the
 * catalogue, its hole is in the .part). With a chunk size every contiguous
 * chunk is placed. Returns WFS_EINVAL for a place the layout does not have.
 */
wfs_status wfs_progress_place(wfs_upload_row *upload, uint64_t index,
                              uint64_t size_bytes, int64_t place);

/*
 * Move the digested prefix over chunk `index` if the row is there and the
 * chunk carries a state (length above 0).
 */
void wfs_progress_digest(wfs_upload_row *upload, uint64_t index,
                         uint64_t size_bytes, const wfs_digest_state *state);

/* Whether an accepted chunk lies where the digest has to go on. */
bool wfs_progress_is_behind(const wfs_upload_row *upload);

/* Whether no chunk from `index` on is accepted, which the row alone tells. */
bool wfs_progress_is_above(const wfs_upload_row *upload, uint64_t index);

#endif
