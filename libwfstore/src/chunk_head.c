/*
 * chunk_head.c - the bytes of a chunk that is kept in the catalogue.
 */
#include "chunk.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"

/* Our recorder's header fits. */
#define FIRST_BYTES 4096

static wfs_status grow(wfs_chunk *chunk, size_t size, wfs_error *error)
{
    size_t twice = 2 * chunk->head_room;
    uint8_t *head;

    size = size > twice ? size : twice;
    size = size > FIRST_BYTES ? size : FIRST_BYTES;
    head = realloc(chunk->head, size);
    if (head == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "realloc",
                             "the server is out of memory");
    }
    chunk->head = head;
    chunk->head_room = size;
    return WFS_OK;
}

wfs_status wfs_chunk_put_head(wfs_chunk *chunk, const uint8_t *bytes,
                              size_t length, wfs_error *error)
{
    size_t size = chunk->head_length + length;
    wfs_status status = WFS_OK;

    if (chunk->head == NULL || size > chunk->head_room) {
        status = grow(chunk, size, error);
    }
    if (status == WFS_OK && chunk->head != NULL && length > 0) {
        memcpy(chunk->head + chunk->head_length, bytes, length);
        chunk->head_length = size;
    }
    return status;
}
