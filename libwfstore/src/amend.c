/*
 * amend.c - what is told of a chunk behind its bytes.
 */
#include "chunk.h"

#include <string.h>

#include "error.h"
#include "spec.h"

#define AGAIN_BUFFER_BYTES 65536

static wfs_status check_same(const wfs_chunk *chunk, const wfs_chunk_spec *spec,
                             wfs_error *error)
{
    if (chunk->has_failed || chunk->is_unplaced) {
        return wfs_error_set(error, WFS_ECANCELED, 0, NULL,
                             "the chunk has no place");
    }
    if (strcmp(spec->id, chunk->id) != 0 || spec->index != chunk->spec.index ||
        spec->is_provisional != chunk->spec.is_provisional) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the chunk was begun as another");
    }
    return WFS_OK;
}

/* The bytes so far, from where they are. */
static wfs_status digest_file(wfs_chunk *chunk, wfs_error *error)
{
    bool is_nameless =
        chunk->state == WFS_CHUNK_RECEIVING && chunk->place == WFS_PLACE_LOOSE;
    wfs_blob *blob = is_nameless ? chunk->nameless : chunk->part;
    uint8_t buffer[AGAIN_BUFFER_BYTES];
    wfs_status status = WFS_OK;

    for (uint64_t done = 0; status == WFS_OK && done < chunk->written;) {
        uint64_t left = chunk->written - done;
        size_t want = left < sizeof(buffer) ? (size_t)left : sizeof(buffer);

        status = wfs_chunk_read_back(chunk, blob, chunk->base + done, buffer,
                                     want, error);
        if (status == WFS_OK) {
            wfs_hasher_update(chunk->own, buffer, want);
        }
        done += want;
    }
    return status;
}

static wfs_status digest_again(wfs_chunk *chunk, wfs_error *error)
{
    chunk->own = wfs_hasher_open(chunk->spec.digest.kind);
    if (chunk->own == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "hasher",
                             "the server is out of memory");
    }
    if (chunk->head == NULL) {
        return digest_file(chunk, error);
    }
    wfs_hasher_update(chunk->own, chunk->head, (size_t)chunk->written);
    return WFS_OK;
}

wfs_status wfs_chunk_amend(wfs_chunk *chunk, const wfs_chunk_spec *spec,
                           wfs_error *error)
{
    wfs_status status = check_same(chunk, spec, error);

    if (status == WFS_OK) {
        status = wfs_spec_check(spec, error);
    }
    if (status == WFS_OK) {
        wfs_chunk_set_spec(chunk, spec);
        if (spec->digest.kind != WFS_DIGEST_NONE && chunk->own == NULL &&
            chunk->state != WFS_CHUNK_PRESENT) {
            status = digest_again(chunk, error);
        }
    }
    chunk->has_failed = chunk->has_failed || status != WFS_OK;
    return status;
}
