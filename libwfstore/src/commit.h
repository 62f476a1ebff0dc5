/*
 * commit.h - the committer: one thread per store and process.
 *
 * It writes all receipts that wait in one transaction, so that no thread of
 * the caller waits for another one's sync; which they are is settled only when
 * other processes have written theirs. Between two transactions it does a slice
 * of background work (absorbing loose chunks, catching up digests), so that
 * neither starves.
 */
#ifndef WFS_COMMIT_H
#define WFS_COMMIT_H

#include "answer.h"

/* Starts the thread. */
wfs_status wfs_committer_open(wfs_store *store, wfs_committer **ret_committer,
                              wfs_error *error);

/* Writes what is queued, gives up background work, ends the thread. Accepts
 * NULL. */
void wfs_committer_close(wfs_committer *committer);

/*
 * One receipt to write, embedded in its owner. `commit_done` runs in the
 * thread that writes with the outcome (`result` of the transaction; its error
 * status says whether it was accepted); the ticket is the owner's again.
 * `is_present`: nothing is to be written, only the answer passes through, and
 * there is no result.
 */
typedef struct wfs_ticket wfs_ticket;
struct wfs_ticket {
    wfs_receipt_spec spec;
    bool is_present;
    void (*commit_done)(wfs_ticket *ticket, const wfs_receipt_result *result);
    wfs_ticket *next;
};

/*
 * Taken until commit_done. `may_write`: if nothing else is in flight that could
 * share its transaction, this thread writes it, instead of waking another one,
 * and commit_done comes before the return.
 */
void wfs_committer_put(wfs_committer *committer, wfs_ticket *ticket,
                       bool may_write);

/*
 * Ask for upload `row` to be absorbed and digested as far as it goes. May be
 * forgotten (no memory, store closed): completing does what is left. `answer`
 * (or NULL) is given then; taken if true is returned. It may only be by the
 * committer's thread.
 */
bool wfs_committer_request_catch_up(wfs_committer *committer,
                                    const wfs_upload_row *row,
                                    wfs_answer *answer);

/* From now on, and while slots of store->live are held, fetch every
 * WFS_LIVE_LOOK_MS what other processes ask of them. */
void wfs_committer_watch(wfs_committer *committer);

#endif
