/*
 * spans.h - accepted chunks side by side, kept as ranges.
 *
 * What is contiguous from chunk 0 on stands in the upload's row; spans are the
 * ranges beyond, never touching each other or the contiguous ones. So ranges
 * can be told without looking at chunks, and accepting a chunk costs the same
 * however many there are.
 */
#ifndef WFS_SQLITE_SPANS_H
#define WFS_SQLITE_SPANS_H

#include "../progress.h"
#include "sql.h"

/*
 * Count an accepted chunk in: wfs_progress_count on the row, and the spans as
 * they are then. The row is the caller's to write.
 */
wfs_status wfs_spans_count(wfs_sql_connection *connection, wfs_upload_row *row,
                           uint64_t index, uint64_t size_bytes,
                           wfs_error *error);

/* Forget the spans of an upload. */
wfs_status wfs_spans_clear(wfs_sql_connection *connection, int64_t row,
                           wfs_error *error);

#endif
