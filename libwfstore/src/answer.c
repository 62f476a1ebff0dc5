/*
 * answer.c - what is told of an accepted chunk, and when.
 */
#include "answer.h"

#include <stdlib.h>

#include "commit.h"
#include "keep_up.h"
#include "live.h"

static wfs_answer *make(const wfs_upload_row *upload, wfs_chunk_done done,
                        void *data, const wfs_receipt *receipt)
{
    wfs_answer *self = calloc(1, sizeof(*self));

    if (self != NULL) {
        self->done = done;
        self->data = data;
        self->receipt = *receipt;
        self->chunks = upload->placed_chunks;
        self->until_ms = wfs_live_now_ms() + WFS_ANSWER_WAIT_MS;
    }
    return self;
}

void wfs_answer_give(wfs_store *store, const wfs_upload_row *upload,
                     wfs_chunk_done done, void *data,
                     const wfs_receipt *receipt)
{
    wfs_answer *answer = NULL;

    if (wfs_keep_up_is_due(store, upload)) {
        answer = make(upload, done, data, receipt);
    }
    if (!wfs_committer_request_catch_up(store->committer, upload, answer)) {
        free(answer);
        done(data, WFS_OK, receipt, NULL);
    }
}

void wfs_answer_tell(wfs_answer **list, uint64_t chunks, int64_t now_ms)
{
    while (*list != NULL) {
        wfs_answer *answer = *list;

        if (answer->chunks > chunks && answer->until_ms > now_ms) {
            list = &answer->next;
            continue;
        }
        *list = answer->next;
        answer->done(answer->data, WFS_OK, &answer->receipt, NULL);
        free(answer);
    }
}
