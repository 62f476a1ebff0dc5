/*
 * submit.c - after a chunk's last byte: check, sync, hand to the committer.
 */
#include "chunk.h"

#include <string.h>

#include "error.h"
#include "keep_up.h"
#include "observe.h"

/* Whatever the durability: another one may come into force before the last. */
wfs_status wfs_chunk_sync_name(wfs_chunk *chunk, wfs_error *error)
{
    const wfs_store *store = chunk->store;

    if (chunk->upload.received_chunks > 0) {
        return WFS_OK;
    }
    return store->blobs->api->sync_uploads(store->blobs, error);
}

static wfs_status name_loose(wfs_chunk *chunk, bool is_synced, wfs_error *error)
{
    wfs_blobs *blobs = chunk->store->blobs;
    wfs_blob_owner owner = {chunk->id, chunk->upload.row};
    wfs_status status = blobs->api->put_loose(blobs, chunk->nameless, owner,
                                              chunk->spec.index, error);

    chunk->is_named = status == WFS_OK;
    if (status == WFS_OK && is_synced) {
        status = blobs->api->sync_uploads(blobs, error);
    }
    return status;
}

/* First the bytes, then the name: a cut leaves no name of bytes that are not
 * there. */
static wfs_status make_durable(wfs_chunk *chunk, wfs_error *error)
{
    const wfs_store *store = chunk->store;
    bool is_synced = store->options.durability == WFS_DURABILITY_CHUNK;
    bool is_loose = chunk->place == WFS_PLACE_LOOSE;
    wfs_status status = WFS_OK;
    uint64_t began_ns;

    if (chunk->place == WFS_PLACE_HEAD) {
        return WFS_OK;
    }
    if (is_synced) {
        began_ns = wfs_observe_begin(store);
        status = store->blobs->api->sync(
            is_loose ? chunk->nameless : chunk->part, error);
        wfs_observe_end(store, WFS_EVENT_SYNCED, began_ns);
    }
    if (status == WFS_OK && is_loose) {
        status = name_loose(chunk, is_synced, error);
    }
    return status;
}

static void fill_digests(wfs_chunk *chunk, wfs_receipt_spec *receipt)
{
    if (chunk->spec.digest.kind == WFS_DIGEST_SHA256) {
        receipt->has_sha256 = true;
        memcpy(receipt->sha256, chunk->spec.digest.bytes, WFS_SHA256_BYTES);
    }
    if (chunk->whole != NULL) {
        wfs_hasher_save(chunk->whole, &receipt->digest);
    }
}

static void fill_receipt(wfs_chunk *chunk)
{
    wfs_receipt_spec *receipt = &chunk->ticket.spec;

    *receipt = (wfs_receipt_spec){
        .row = chunk->upload.row,
        .id = chunk->id,
        .index = chunk->spec.index,
        .size_bytes = chunk->written,
        .place = chunk->place,
        .total_chunks = chunk->spec.total_chunks,
        .chunk_size = chunk->spec.chunk_size,
        .name = chunk->spec.name,
        .head = chunk->place == WFS_PLACE_HEAD ? chunk->head : NULL,
        .head_is_sealed = !chunk->spec.is_provisional,
        .is_synced = chunk->store->options.durability == WFS_DURABILITY_CHUNK,
        .quota_bytes = chunk->spec.limits.quota_bytes,
        .recording_max_bytes = chunk->spec.limits.recording_max_bytes,
    };
    fill_digests(chunk, receipt);
}

/* A repeat changes nothing, unless it tells the total for the first time. */
static bool is_only_answered(const wfs_chunk *chunk)
{
    if (chunk->place == WFS_PLACE_HEAD && chunk->head == NULL) {
        return true;
    }
    return chunk->state != WFS_CHUNK_RECEIVING &&
           (chunk->spec.total_chunks == WFS_UNKNOWN ||
            chunk->upload.total_chunks != WFS_UNKNOWN);
}

static void fill_answer(const wfs_chunk *chunk, bool existed,
                        const wfs_upload_row *upload, wfs_receipt *receipt)
{
    const wfs_receipt_spec *spec = &chunk->ticket.spec;
    bool use_accepted = existed && chunk->accepted.has_sha256;

    *receipt = (wfs_receipt){
        .existed = existed,
        .index = spec->index,
        .size_bytes = spec->size_bytes,
        .has_sha256 = spec->has_sha256 || use_accepted,
        .total_chunks = upload->total_chunks,
        .received_chunks = upload->received_chunks,
        .received_bytes = upload->received_bytes,
    };
    memcpy(receipt->sha256,
           use_accepted ? chunk->accepted.sha256 : spec->sha256,
           WFS_SHA256_BYTES);
}

/*
 * Whether the transaction went through and refused the receipt. After a failure
 * of the disk nobody knows whether it went through: then the bytes stay, as
 * those of a writer that died would.
 */
static bool is_refusal(wfs_status status)
{
    return status == WFS_EGONE || status == WFS_ECOMPLETE ||
           status == WFS_ENOUPLOAD || status == WFS_ECONFLICT ||
           status == WFS_EINVAL || status == WFS_ETOOMANY ||
           status == WFS_EQUOTA || status == WFS_ETOOLARGE;
}

/* Whose digest lags is looked up, so that it is caught up before it is locked.
 */
static void remember(wfs_store *store, const wfs_upload_row *upload)
{
    if (wfs_keep_up_is_due(store, upload)) {
        wfs_known_forget(&store->known, upload->id);
    } else {
        wfs_known_put(&store->known, upload->id, upload->row);
    }
}

/* In the thread that writes. The lock is dropped before the caller is told. */
static void end_chunk(wfs_ticket *ticket, const wfs_receipt_result *result)
{
    wfs_chunk *chunk = (wfs_chunk *)ticket;
    wfs_store *store = chunk->store;
    wfs_chunk_done done = chunk->done;
    void *data = chunk->done_data;
    bool is_present = ticket->is_present;
    wfs_status status = is_present ? WFS_OK : result->error.status;
    wfs_receipt receipt = {0};
    bool existed = chunk->state != WFS_CHUNK_RECEIVING;

    if (status == WFS_OK) {
        existed = existed || (!is_present && result->existed);
        fill_answer(chunk, existed,
                    is_present ? &chunk->upload : &result->upload, &receipt);
        if (!is_present) {
            remember(store, &result->upload);
        }
    } else if (is_refusal(status)) {
        wfs_chunk_undo(chunk);
    }
    wfs_chunk_free(chunk);
    if (status != WFS_OK || is_present) {
        done(data, status, status == WFS_OK ? &receipt : NULL,
             status == WFS_OK ? NULL : &result->error);
    } else {
        wfs_answer_give(store, &result->upload, done, data, &receipt);
    }
}

static wfs_status finish(wfs_chunk *chunk, wfs_error *error)
{
    wfs_status status = WFS_OK;

    if (chunk->has_failed || chunk->is_unplaced) {
        return wfs_error_set(error, WFS_ECANCELED, 0, NULL,
                             "the chunk has failed before");
    }
    if (chunk->state == WFS_CHUNK_PRESENT) {
        chunk->written = chunk->accepted.size_bytes;
        return WFS_OK;
    }
    status = chunk->is_cut ? WFS_OK : wfs_chunk_check_stop(chunk, error);
    if (status == WFS_OK) {
        status = wfs_chunk_check_end(chunk, error);
    }
    if (status == WFS_OK && chunk->state == WFS_CHUNK_RECEIVING) {
        status = make_durable(chunk, error);
    }
    return status == WFS_OK ? wfs_chunk_seal(chunk, error) : status;
}

static wfs_status submit(wfs_chunk *chunk, wfs_chunk_done done, void *data,
                         bool may_write, wfs_error *error)
{
    wfs_status status = finish(chunk, error);

    chunk->has_failed = status != WFS_OK;
    if (status != WFS_OK) {
        return status;
    }
    fill_receipt(chunk);
    chunk->done = done;
    chunk->done_data = data;
    chunk->ticket.is_present = is_only_answered(chunk);
    chunk->ticket.commit_done = end_chunk;
    wfs_committer_put(chunk->store->committer, &chunk->ticket, may_write);
    return WFS_OK;
}

wfs_status wfs_chunk_submit(wfs_chunk *chunk, wfs_chunk_done done, void *data,
                            wfs_error *error)
{
    return submit(chunk, done, data, false, error);
}

wfs_status wfs_chunk_submit_here(wfs_chunk *chunk, wfs_chunk_done done,
                                 void *data, wfs_error *error)
{
    return submit(chunk, done, data, true, error);
}
