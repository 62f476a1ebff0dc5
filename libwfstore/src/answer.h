/*
 * answer.h - what is told of an accepted chunk, and when.
 *
 * A chunk that is out of step leaves the whole-file digest behind. Its caller
 * is told only when that has caught up, so that nothing is left for completing,
 * which comes right after the last answer. The committer does the work, in
 * slices between other receipts; after WFS_ANSWER_WAIT_MS the answer is given
 * all the same. By then the receipt is committed and the lock dropped: who asks
 * again is told that the chunk exists.
 */
#ifndef WFS_ANSWER_H
#define WFS_ANSWER_H

#include "store_internal.h"

#define WFS_ANSWER_WAIT_MS 500

/*
 * `receipt`   of an accepted chunk, for the caller
 * `row`       its upload
 * `chunks`    how many the digest has to cover
 * `until_ms`  how long that may take, by wfs_live_now_ms
 */
typedef struct wfs_answer wfs_answer;
struct wfs_answer {
    wfs_chunk_done done;
    void *data;
    wfs_receipt receipt;
    uint64_t chunks;
    int64_t until_ms;
    wfs_answer *next;
};

/*
 * Tell `done` of `receipt`, at once if the digest of `upload` is in step (or
 * there is no memory to wait). In the committer's thread.
 */
void wfs_answer_give(wfs_store *store, const wfs_upload_row *upload,
                     wfs_chunk_done done, void *data,
                     const wfs_receipt *receipt);

/*
 * Tell and free those of the list that wait for no more than `chunks`, or for
 * too long; the others are left in it.
 */
void wfs_answer_tell(wfs_answer **list, uint64_t chunks, int64_t now_ms);

#endif
