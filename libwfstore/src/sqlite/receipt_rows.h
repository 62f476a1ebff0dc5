/*
 * receipt_rows.h - what a receipt writes: its chunk, a head's bytes, what was
 * told.
 */
#ifndef WFS_SQLITE_RECEIPT_ROWS_H
#define WFS_SQLITE_RECEIPT_ROWS_H

#include "rows.h"

/*
 * What the receipts of one transaction share. `totals` is what they add, to
 * `before` (read by the first that has to know).
 */
typedef struct wfs_batch {
    wfs_sql_connection *connection;
    int64_t boot;
    int64_t now_ms;
    wfs_totals_change totals;
    wfs_totals before;
    bool has_before;
} wfs_batch;

/*
 * Reserve for the upload of `result` what it needs with this chunk, and what
 * it will need. In `result` WFS_EQUOTA if there is no room, WFS_ETOOLARGE
 * beyond the size that was declared for it or that a recording may have.
 */
wfs_status wfs_receipt_reserve(wfs_batch *b, const wfs_receipt_spec *spec,
                               wfs_receipt_result *result, wfs_error *error);

/* A new chunk. */
wfs_status wfs_receipt_insert_chunk(const wfs_batch *b,
                                    const wfs_receipt_spec *spec,
                                    wfs_error *error);

/* An accepted chunk has other bytes of the same size now. */
wfs_status wfs_receipt_renew_chunk(const wfs_batch *b,
                                   const wfs_receipt_spec *spec,
                                   wfs_error *error);

/* The bytes of a provisional chunk 0, in place of older ones. */
wfs_status wfs_receipt_put_head(const wfs_batch *b,
                                const wfs_receipt_spec *spec, wfs_error *error);

/* Whether they are the ones that are there. */
wfs_status wfs_receipt_compare_head(const wfs_batch *b,
                                    const wfs_receipt_spec *spec,
                                    bool *ret_is_equal, wfs_error *error);

/* What a request told beyond its bytes: kept from the first that tells it. */
void wfs_receipt_keep_told(wfs_upload_row *row, const wfs_receipt_spec *spec,
                           int64_t now_ms);

/*
 * The receipt of `chunk`, which is there already: receipt_repeat.c. `existed`
 * in `result`, or WFS_ECONFLICT if its bytes are other ones.
 */
wfs_status wfs_receipt_repeat(const wfs_batch *b, const wfs_receipt_spec *spec,
                              const wfs_chunk_row *chunk,
                              wfs_receipt_result *result, wfs_error *error);

#endif
