/*
 * parts.h - the functions of wfs_catalogue_api, one file per subject.
 */
#ifndef WFS_SQLITE_PARTS_H
#define WFS_SQLITE_PARTS_H

#include "../catalogue.h"

/* uploads.c */
wfs_status wfs_sqlite_find_id(wfs_catalogue *catalogue, const char *id,
                              wfs_id_kind *ret_kind, wfs_upload_row *ret_row,
                              wfs_error *error);
wfs_status wfs_sqlite_begin_upload(wfs_catalogue *catalogue,
                                   const wfs_chunk_spec *spec,
                                   bool may_begin_anew, wfs_upload_row *ret_row,
                                   wfs_error *error);
wfs_status wfs_sqlite_get_upload(wfs_catalogue *catalogue, int64_t row,
                                 wfs_upload_row *ret_row, wfs_error *error);
wfs_status wfs_sqlite_list_uploads(wfs_catalogue *catalogue, int64_t after,
                                   size_t limit, wfs_upload_row *ret_rows,
                                   size_t *ret_count, wfs_error *error);

wfs_status wfs_sqlite_list_visible(wfs_catalogue *catalogue, int64_t before,
                                   size_t limit, wfs_upload_row *ret_rows,
                                   size_t *ret_count, wfs_error *error);

/* upload_create.c */
wfs_status wfs_sqlite_create_upload(wfs_catalogue *catalogue,
                                    const wfs_upload_spec *spec,
                                    wfs_upload_row *ret_row, wfs_error *error);
wfs_status wfs_sqlite_get_metadata(wfs_catalogue *catalogue, int64_t row,
                                   char **ret_metadata, wfs_error *error);

/* note.c */
wfs_status wfs_sqlite_get_note(wfs_catalogue *catalogue, const char *id,
                               char **ret_note, wfs_error *error);

wfs_status wfs_sqlite_take_notes(wfs_catalogue *catalogue, wfs_catalogue *from,
                                 bool *ret_is_whole, wfs_error *error);

/* state.c */
wfs_status wfs_sqlite_get_state(wfs_catalogue *catalogue,
                                wfs_catalogue_state *ret_state,
                                wfs_error *error);
wfs_status wfs_sqlite_watch_clock(wfs_catalogue *catalogue,
                                  bool *ret_is_believed, wfs_error *error);

/* check.c */
wfs_status wfs_sqlite_check(wfs_catalogue *catalogue,
                            wfs_catalogue_is_over is_over, void *data,
                            bool *ret_is_done, wfs_error *error);

/* expire.c */
wfs_status wfs_sqlite_expire_upload(wfs_catalogue *catalogue, int64_t row,
                                    int64_t before_ms, wfs_error *error);
wfs_status wfs_sqlite_list_stored(wfs_catalogue *catalogue, int64_t before_ms,
                                  size_t limit,
                                  char (*ret_ids)[WFS_ID_MAX_BYTES + 1],
                                  size_t *ret_count, wfs_error *error);

/* reserve.c */
wfs_status wfs_sqlite_put_size(wfs_catalogue *catalogue, int64_t row,
                               uint64_t size_bytes, uint64_t quota_bytes,
                               wfs_upload_row *ret_row, wfs_error *error);
wfs_status wfs_sqlite_release_reservation(wfs_catalogue *catalogue, int64_t row,
                                          int64_t before_ms, wfs_error *error);

/* upload_end.c */
wfs_status wfs_sqlite_delete_upload(wfs_catalogue *catalogue, const char *id,
                                    wfs_upload_row *ret_row, wfs_error *error);
wfs_status wfs_sqlite_forget_upload(wfs_catalogue *catalogue, int64_t row,
                                    wfs_error *error);
wfs_status wfs_sqlite_put_salvaged(wfs_catalogue *catalogue, int64_t row,
                                   wfs_error *error);
wfs_status wfs_sqlite_complete(wfs_catalogue *catalogue, int64_t row,
                               uint64_t expected_chunks,
                               const wfs_recording *recording,
                               wfs_error *error);

/* chunks.c */
wfs_status wfs_sqlite_get_chunk(wfs_catalogue *catalogue, int64_t row,
                                uint64_t index, wfs_chunk_row *ret_chunk,
                                wfs_error *error);
wfs_status wfs_sqlite_get_head(wfs_catalogue *catalogue, int64_t row,
                               uint8_t **ret_bytes, size_t *ret_length,
                               wfs_error *error);
wfs_status wfs_sqlite_put_places(wfs_catalogue *catalogue, int64_t row,
                                 uint64_t first, uint64_t count, int64_t place,
                                 bool is_patient, wfs_upload_row *ret_row,
                                 wfs_error *error);
wfs_status wfs_sqlite_put_digest(wfs_catalogue *catalogue, int64_t row,
                                 uint64_t from_chunks, uint64_t prefix_chunks,
                                 uint64_t prefix_bytes,
                                 const wfs_digest_state *state, bool is_patient,
                                 wfs_error *error);

/* ranges.c */
wfs_status wfs_sqlite_get_ranges(wfs_catalogue *catalogue, int64_t row,
                                 bool missing, uint64_t end,
                                 wfs_range *ret_ranges, size_t max,
                                 size_t *ret_count, bool *ret_has_more,
                                 wfs_error *error);

/* receipts.c */
wfs_status wfs_sqlite_put_receipts(wfs_catalogue *catalogue,
                                   wfs_receipts_gather gather, void *data,
                                   const wfs_receipt_spec *specs,
                                   wfs_receipt_result *ret_results,
                                   wfs_error *error);

/* unproven.c */
wfs_status wfs_sqlite_next_unproven(wfs_catalogue *catalogue, bool *ret_found,
                                    wfs_unproven *ret_unproven,
                                    wfs_error *error);
wfs_status wfs_sqlite_prove_chunk(wfs_catalogue *catalogue, int64_t row,
                                  uint64_t index, bool is_whole,
                                  wfs_error *error);

/* recordings.c */
wfs_status wfs_sqlite_get_recording(wfs_catalogue *catalogue, const char *id,
                                    wfs_recording_row *ret_row,
                                    wfs_error *error);
wfs_status wfs_sqlite_visit_recordings(wfs_catalogue *catalogue, int64_t after,
                                       size_t limit,
                                       wfs_recording_visitor visit, void *data,
                                       wfs_error *error);
wfs_status wfs_sqlite_finish_rename(wfs_catalogue *catalogue, const char *id,
                                    wfs_error *error);
wfs_status wfs_sqlite_update_recording(wfs_catalogue *catalogue, const char *id,
                                       const wfs_recording_change *change,
                                       wfs_recording_row *ret_row,
                                       wfs_error *error);
wfs_status wfs_sqlite_delete_recording(wfs_catalogue *catalogue, const char *id,
                                       const char *if_match,
                                       wfs_recording_row *ret_row,
                                       wfs_error *error);

/* list.c */
wfs_status wfs_sqlite_list_recordings(wfs_catalogue *catalogue,
                                      const wfs_list_query *query,
                                      wfs_recording_page *ret_page,
                                      wfs_error *error);

/* maintain.c */
wfs_status wfs_sqlite_put_recordings(wfs_catalogue *catalogue,
                                     const wfs_recording *recordings,
                                     const int *damage, size_t count,
                                     bool *ret_existed, wfs_error *error);
wfs_status wfs_sqlite_get_damage(wfs_catalogue *catalogue, const char *id,
                                 int *ret_kind, wfs_error *error);
wfs_status wfs_sqlite_put_damage(wfs_catalogue *catalogue, const char *id,
                                 int kind, wfs_error *error);
wfs_status wfs_sqlite_is_leaving(wfs_catalogue *catalogue, const char *id,
                                 bool *ret_is_leaving, wfs_error *error);
wfs_status wfs_sqlite_drop_unfinished(wfs_catalogue *catalogue,
                                      wfs_error *error);

/* backup.c */
wfs_status wfs_sqlite_copy_to(wfs_catalogue *catalogue, const char *path,
                              wfs_error *error);

/* gone.c */
wfs_status wfs_sqlite_finish_unlink(wfs_catalogue *catalogue, const char *id,
                                    wfs_error *error);

/* repair.c */
wfs_status wfs_sqlite_next_repair(wfs_catalogue *catalogue,
                                  const wfs_repair *after,
                                  wfs_repair *ret_repair, wfs_error *error);

/* totals.c */
wfs_status wfs_sqlite_get_totals(wfs_catalogue *catalogue,
                                 wfs_totals *ret_totals, wfs_error *error);

/* moment.c */
bool wfs_sqlite_get_moment(const wfs_catalogue *catalogue,
                           wfs_moment *ret_moment);

/* tend.c */
wfs_status wfs_sqlite_tend(wfs_catalogue *catalogue, wfs_error *error);

#endif
