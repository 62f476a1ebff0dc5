/*
 * catalogue.h - what exists: uploads, chunks, recordings, tombstones, totals.
 *
 * The catalogue is the truth about the store. It is reached through a table of
 * functions, so that another database can stand behind it; each function is
 * one transaction (or one read), idempotent where it says so, and may sleep.
 * All are thread-safe. Nothing here opens a file of audio; where a chunk's
 * bytes lie is kept as a `place` that only the blobs understand. Longer than
 * other files, because a driver has to write all of one table.
 *
 * Drivers: sqlite/ (the only folder that knows SQL).
 */
#ifndef WFS_CATALOGUE_H
#define WFS_CATALOGUE_H

#include "catalogue_types.h"

typedef struct wfs_catalogue wfs_catalogue;

/*
 * `may_create`  there may be no catalogue yet; false: its absence is damage
 * `is_alone`    nobody else has it open, nor opens it now
 */
typedef struct wfs_catalogue_options {
    wfs_durability durability;
    uint64_t tombstone_ms;
    bool may_create;
    bool is_alone;
} wfs_catalogue_options;

/* Whether it is time to stop. */
typedef bool (*wfs_catalogue_is_over)(void *data);

/* How many receipts there are to put by now, at least one. The catalogue is
 * held: it neither sleeps nor calls it. */
typedef size_t (*wfs_receipts_gather)(void *data);

/* Each recording of a listing by order of completion. */
typedef wfs_status (*wfs_recording_visitor)(void *data,
                                            const wfs_recording_row *row);

typedef struct wfs_catalogue_api {
    /* Closes and frees. */
    void (*close)(wfs_catalogue *catalogue);

    /* What `id` is; with the row for WFS_ID_UPLOAD (ret_row may be NULL). */
    wfs_status (*find_id)(wfs_catalogue *catalogue, const char *id,
                          wfs_id_kind *ret_kind, wfs_upload_row *ret_row,
                          wfs_error *error);

    /*
     * The upload of spec->id; made if there is none (invisible until a receipt
     * is in). The first chunk decides chunk_size and nothing else: name and
     * total come with receipts. While no chunk is accepted and another
     * chunk_size comes, the row is made anew if `may_begin_anew`, else
     * WFS_EBUSY. Checks total, chunk size and length against what has been
     * accepted: WFS_ECONFLICT. A new one reserves its space, all of it if its
     * size is known: WFS_EQUOTA. WFS_EGONE, WFS_ECOMPLETE, WFS_EUPLOADS.
     */
    wfs_status (*begin_upload)(wfs_catalogue *catalogue,
                               const wfs_chunk_spec *spec, bool may_begin_anew,
                               wfs_upload_row *ret_row, wfs_error *error);

    /*
     * Make an upload that exists for clients from now on, before its first
     * chunk, and reserves its space. WFS_ECONFLICT: there is one of that id
     * already. WFS_EGONE, WFS_ECOMPLETE, WFS_EUPLOADS, WFS_EQUOTA.
     */
    wfs_status (*create_upload)(wfs_catalogue *catalogue,
                                const wfs_upload_spec *spec,
                                wfs_upload_row *ret_row, wfs_error *error);

    /* The metadata an upload was created with: new text, or NULL. */
    wfs_status (*get_metadata)(wfs_catalogue *catalogue, int64_t row,
                               char **ret_metadata, wfs_error *error);

    /* What `id`, an upload or a recording, was created with: new text, or
     * NULL. */
    wfs_status (*get_note)(wfs_catalogue *catalogue, const char *id,
                           char **ret_note, wfs_error *error);

    /*
     * Declare the size of an upload that did not tell it when it was created,
     * and reserve it. Idempotent. WFS_ECONFLICT: another is declared, or more
     * has arrived; WFS_EQUOTA, WFS_ENOUPLOAD.
     */
    wfs_status (*put_size)(wfs_catalogue *catalogue, int64_t row,
                           uint64_t size_bytes, uint64_t quota_bytes,
                           wfs_upload_row *ret_row, wfs_error *error);

    /*
     * If nothing has arrived since `before_ms` the upload keeps only the space
     * of what has arrived. Idempotent. WFS_ENOUPLOAD.
     */
    wfs_status (*release_reservation)(wfs_catalogue *catalogue, int64_t row,
                                      int64_t before_ms, wfs_error *error);

    /*
     * From now on the upload takes no chunk and can only be salvaged: its
     * bytes are about to be mended in place. Idempotent. The caller holds all
     * its locks. WFS_ENOUPLOAD.
     */
    wfs_status (*put_salvaged)(wfs_catalogue *catalogue, int64_t row,
                               wfs_error *error);

    /* The row again; WFS_ENOUPLOAD if it is no more. */
    wfs_status (*get_upload)(wfs_catalogue *catalogue, int64_t row,
                             wfs_upload_row *ret_row, wfs_error *error);

    /* WFS_ENOUPLOAD if that chunk was not accepted. */
    wfs_status (*get_chunk)(wfs_catalogue *catalogue, int64_t row,
                            uint64_t index, wfs_chunk_row *ret_chunk,
                            wfs_error *error);

    /* The provisional chunk 0: new bytes, free() them. */
    wfs_status (*get_head)(wfs_catalogue *catalogue, int64_t row,
                           uint8_t **ret_bytes, size_t *ret_length,
                           wfs_error *error);

    /*
     * Ranges of accepted (or missing, below `end`) indexes from 0 on, at most
     * `max`; the cost grows with the ranges, not with the chunks in order.
     */
    wfs_status (*get_ranges)(wfs_catalogue *catalogue, int64_t row,
                             bool missing, uint64_t end, wfs_range *ret_ranges,
                             size_t max, size_t *ret_count, bool *ret_has_more,
                             wfs_error *error);

    /*
     * Accept chunks, of any uploads, in one transaction: the first of `specs`,
     * as many as `gather` tells. It is asked once the transaction can begin,
     * so that what came while others wrote goes along. WFS_OK: each has its
     * result. Otherwise none was accepted, and maybe `gather` not asked.
     */
    wfs_status (*put_receipts)(wfs_catalogue *catalogue,
                               wfs_receipts_gather gather, void *data,
                               const wfs_receipt_spec *specs,
                               wfs_receipt_result *ret_results,
                               wfs_error *error);

    /*
     * `count` loose chunks from index `first` on now lie one behind the other
     * from `place` on; moves placed_* on if they are the next to be placed.
     * Idempotent. WFS_ENOUPLOAD, WFS_ECONFLICT (one lies at another place
     * already): then nothing has changed. Who `is_patient` waits for its turn
     * as long as that takes, others get WFS_ELOCKED.
     */
    wfs_status (*put_places)(wfs_catalogue *catalogue, int64_t row,
                             uint64_t first, uint64_t count, int64_t place,
                             bool is_patient, wfs_upload_row *ret_row,
                             wfs_error *error);

    /* The digest has come from `from_chunks` to a later place; nothing happens
     * if somebody else moved it meanwhile. `is_patient` as for put_places. */
    wfs_status (*put_digest)(wfs_catalogue *catalogue, int64_t row,
                             uint64_t from_chunks, uint64_t prefix_chunks,
                             uint64_t prefix_bytes,
                             const wfs_digest_state *state, bool is_patient,
                             wfs_error *error);

    /*
     * The commit point of completing. Checks that the upload still has
     * `expected_chunks` chunks, then inserts `recording` (part = row) and
     * removes upload, receipts and head. WFS_ECOMPLETE if it is one already,
     * WFS_EGONE, WFS_ENOUPLOAD, WFS_EMISSING (other chunks than expected).
     */
    wfs_status (*complete)(wfs_catalogue *catalogue, int64_t row,
                           uint64_t expected_chunks,
                           const wfs_recording *recording, wfs_error *error);

    /* The file of recording `id` now has its name. Idempotent. */
    wfs_status (*finish_rename)(wfs_catalogue *catalogue, const char *id,
                                wfs_error *error);

    /*
     * Remove an upload, leave a tombstone. `ret_row` names its files; once
     * they are gone: finish_unlink. WFS_ENOUPLOAD (also if it is not
     * visible), WFS_ECOMPLETE.
     */
    wfs_status (*delete_upload)(wfs_catalogue *catalogue, const char *id,
                                wfs_upload_row *ret_row, wfs_error *error);

    /* Remove an upload that clients never saw and leave nothing. */
    wfs_status (*forget_upload)(wfs_catalogue *catalogue, int64_t row,
                                wfs_error *error);

    /*
     * Remove an upload that was idle since `before_ms`, and leave nothing; the
     * caller holds all its locks. WFS_ENOUPLOAD, WFS_ECONFLICT: it goes on.
     */
    wfs_status (*expire_upload)(wfs_catalogue *catalogue, int64_t row,
                                int64_t before_ms, wfs_error *error);

    /* Ids of at most `limit` recordings stored before then, the oldest first.
     */
    wfs_status (*list_stored)(wfs_catalogue *catalogue, int64_t before_ms,
                              size_t limit,
                              char (*ret_ids)[WFS_ID_MAX_BYTES + 1],
                              size_t *ret_count, wfs_error *error);

    /* Released by wfs_recording_release(&ret_row->recording). */
    wfs_status (*get_recording)(wfs_catalogue *catalogue, const char *id,
                                wfs_recording_row *ret_row, wfs_error *error);

    wfs_status (*list_recordings)(wfs_catalogue *catalogue,
                                  const wfs_list_query *query,
                                  wfs_recording_page *ret_page,
                                  wfs_error *error);

    /*
     * Visit up to `limit` recordings with seq > `after` in order; the reader
     * holds no snapshot between calls.
     */
    wfs_status (*visit_recordings)(wfs_catalogue *catalogue, int64_t after,
                                   size_t limit, wfs_recording_visitor visit,
                                   void *data, wfs_error *error);

    wfs_status (*update_recording)(wfs_catalogue *catalogue, const char *id,
                                   const wfs_recording_change *change,
                                   wfs_recording_row *ret_row,
                                   wfs_error *error);

    /* Remove and leave a tombstone with the file name. `if_match`: the ETag it
     * must have (WFS_ECHANGED), or NULL. `ret_row` names the file (released by
     * the caller). */
    wfs_status (*delete_recording)(wfs_catalogue *catalogue, const char *id,
                                   const char *if_match,
                                   wfs_recording_row *ret_row,
                                   wfs_error *error);

    /* The file of a deleted id is unlinked and that is durable. Idempotent. */
    wfs_status (*finish_unlink)(wfs_catalogue *catalogue, const char *id,
                                wfs_error *error);

    /*
     * One piece of work left by a crash, or WFS_REPAIR_NONE. `after`: the one
     * that was told before and could not be done, or NULL. A file may be
     * renamed while it is unlinked: unlink the one in uploads/ first.
     */
    wfs_status (*next_repair)(wfs_catalogue *catalogue, const wfs_repair *after,
                              wfs_repair *ret_repair, wfs_error *error);

    /*
     * One receipt that was written unsynced under another boot. `ret_found`
     * false: there is none.
     */
    wfs_status (*next_unproven)(wfs_catalogue *catalogue, bool *ret_found,
                                wfs_unproven *ret_unproven, wfs_error *error);

    /*
     * The bytes of such a chunk are whole and now synced, or the chunk is
     * dropped: with it go those behind it in a .part without a chunk size, and
     * the digest starts anew if it had passed it. Idempotent.
     */
    wfs_status (*prove_chunk)(wfs_catalogue *catalogue, int64_t row,
                              uint64_t index, bool is_whole, wfs_error *error);

    /*
     * Visit the rows of uploads from `after` on (in order of row), at most
     * `limit`; also invisible ones.
     */
    wfs_status (*list_uploads)(wfs_catalogue *catalogue, int64_t after,
                               size_t limit, wfs_upload_row *ret_rows,
                               size_t *ret_count, wfs_error *error);

    /*
     * Insert finished recordings whose files have their names, in one
     * transaction that need not be on stable storage when this returns.
     * `damage`: what is known against each file (below). `ret_existed`: whether
     * an id is a recording already, which is left as it is.
     */
    wfs_status (*put_recordings)(wfs_catalogue *catalogue,
                                 const wfs_recording *recordings,
                                 const int *damage, size_t count,
                                 bool *ret_existed, wfs_error *error);

    /* Put what `from` has as notes of recordings that are here, as far as it
     * can be read; on stable storage as above. */
    wfs_status (*take_notes)(wfs_catalogue *catalogue, wfs_catalogue *from,
                             bool *ret_is_whole, wfs_error *error);

    /* What is known against a recording's file, a wfs_finding_kind; 0:
     * nothing. Forgotten with the recording. Putting is idempotent. */
    wfs_status (*get_damage)(wfs_catalogue *catalogue, const char *id,
                             int *ret_kind, wfs_error *error);
    wfs_status (*put_damage)(wfs_catalogue *catalogue, const char *id, int kind,
                             wfs_error *error);

    /* Whether files of the deleted `id` are still to be removed. */
    wfs_status (*is_leaving)(wfs_catalogue *catalogue, const char *id,
                             bool *ret_is_leaving, wfs_error *error);

    /* Copy the catalogue as it is at one moment into a new file, which a
     * driver of the same kind opens. Writers go on meanwhile. */
    wfs_status (*copy_to)(wfs_catalogue *catalogue, const char *path,
                          wfs_error *error);

    /* Of such a copy: forget uploads, and all that is owed to files. */
    wfs_status (*drop_unfinished)(wfs_catalogue *catalogue, wfs_error *error);

    /*
     * Uploads that exist for clients, the newest first, from before row
     * `before` on (INT64_MAX: the newest of all), at most `limit`.
     */
    wfs_status (*list_visible)(wfs_catalogue *catalogue, int64_t before,
                               size_t limit, wfs_upload_row *ret_rows,
                               size_t *ret_count, wfs_error *error);

    wfs_status (*get_totals)(wfs_catalogue *catalogue, wfs_totals *ret_totals,
                             wfs_error *error);

    /* See wfs_store_get_moment. */
    bool (*get_moment)(const wfs_catalogue *catalogue, wfs_moment *ret_moment);

    wfs_status (*get_state)(wfs_catalogue *catalogue,
                            wfs_catalogue_state *ret_state, wfs_error *error);

    /* Whether the clock can be believed (clock.h); remembers it. */
    wfs_status (*watch_clock)(wfs_catalogue *catalogue, bool *ret_is_believed,
                              wfs_error *error);

    /*
     * After an unclean stop: look through one table. `is_over` is asked every
     * now and then, and ends it; it is begun anew by the next call.
     * `ret_is_done`: there is nothing (more) to look through.
     */
    wfs_status (*check)(wfs_catalogue *catalogue, wfs_catalogue_is_over is_over,
                        void *data, bool *ret_is_done, wfs_error *error);

    /* Housekeeping: checkpoint, expired tombstones. */
    wfs_status (*tend)(wfs_catalogue *catalogue, wfs_error *error);
} wfs_catalogue_api;

struct wfs_catalogue {
    const wfs_catalogue_api *api;
};

/*
 * Open catalog.sqlite3 in `folder` (the store's .wfstore/). Never before
 * fork(), and nothing else in the process may open that file.
 *
 * Returns WFS_EVERSION (made by a newer version), WFS_ECORRUPT, WFS_EREADONLY,
 * WFS_ENOSTORE (a network file system, or no catalogue and none may be made).
 */
wfs_status wfs_catalogue_open_sqlite(const char *folder,
                                     const wfs_catalogue_options *options,
                                     wfs_catalogue **ret_catalogue,
                                     wfs_error *error);

#endif
