/*
 * chunk_write.c - the bytes of a chunk as they come, or of two at once: first
 * where they belong, then into the digests.
 */
#include "chunk.h"
#include "error.h"

static void update_digests(wfs_chunk *chunk, const void *bytes, size_t length)
{
    wfs_hasher_piece own = {chunk->own, bytes, length};
    wfs_hasher_piece whole = {chunk->whole, bytes, length};

    if (chunk->own != NULL && chunk->whole != NULL) {
        wfs_hasher_update_both(&own, &whole);
    } else if (chunk->own != NULL) {
        wfs_hasher_update(chunk->own, bytes, length);
    } else if (chunk->whole != NULL) {
        wfs_hasher_update(chunk->whole, bytes, length);
    }
}

wfs_status wfs_chunk_take(wfs_chunk *chunk, const void *bytes, size_t length,
                          wfs_error *error)
{
    wfs_status status = wfs_chunk_put(chunk, bytes, length, error);

    if (status == WFS_OK) {
        update_digests(chunk, bytes, length);
        chunk->written += length;
    }
    return status;
}

static wfs_status check(wfs_chunk *chunk, wfs_error *error)
{
    if (chunk->has_failed) {
        return wfs_error_set(error, WFS_ECANCELED, 0, NULL,
                             "the chunk has failed before");
    }
    return wfs_chunk_check_stop(chunk, error);
}

wfs_status wfs_chunk_write(wfs_chunk *chunk, const void *bytes, size_t length,
                           wfs_error *error)
{
    wfs_status status = check(chunk, error);

    if (status == WFS_OK) {
        status = wfs_chunk_take(chunk, bytes, length, error);
    }
    chunk->has_failed = status != WFS_OK;
    return status;
}

static void put(wfs_chunk_piece *piece)
{
    wfs_chunk *chunk = piece->chunk;

    piece->status = check(chunk, piece->error);
    if (piece->status == WFS_OK) {
        piece->status =
            wfs_chunk_put(chunk, piece->bytes, piece->length, piece->error);
    }
    chunk->has_failed = piece->status != WFS_OK;
}

/* Of the chunk's digests only the recording's is made. */
static bool has_one_digest(const wfs_chunk_piece *piece)
{
    return piece->status == WFS_OK && piece->chunk->own == NULL &&
           piece->chunk->whole != NULL;
}

static void digest(const wfs_chunk_piece *piece)
{
    if (piece->status == WFS_OK) {
        update_digests(piece->chunk, piece->bytes, piece->length);
    }
}

static void count(const wfs_chunk_piece *piece)
{
    if (piece->status == WFS_OK) {
        piece->chunk->written += piece->length;
    }
}

void wfs_chunk_write_both(wfs_chunk_piece *a, wfs_chunk_piece *b)
{
    wfs_hasher_piece a_whole = {a->chunk->whole, a->bytes, a->length};
    wfs_hasher_piece b_whole = {b->chunk->whole, b->bytes, b->length};

    put(a);
    put(b);
    if (has_one_digest(a) && has_one_digest(b)) {
        wfs_hasher_update_both(&a_whole, &b_whole);
    } else {
        digest(a);
        digest(b);
    }
    count(a);
    count(b);
}
