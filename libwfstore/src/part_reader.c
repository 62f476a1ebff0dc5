/*
 * part_reader.c - an upload's part, for what reads files of audio.
 */
#include "part_reader.h"

#include <string.h>

static wfs_status read_part(void *data, uint64_t offset, void *buffer,
                            size_t length, size_t *ret_length)
{
    const wfs_part_reader *self = data;

    if (offset < self->head_length) {
        size_t left = self->head_length - (size_t)offset;

        *ret_length = length < left ? length : left;
        memcpy(buffer, self->head + offset, *ret_length);
        return WFS_OK;
    }
    return self->blobs->api->read(self->part, offset, buffer, length,
                                  ret_length, NULL);
}

void wfs_part_reader_init(wfs_part_reader *self, wfs_blobs *blobs,
                          wfs_blob *part, uint64_t size_bytes)
{
    *self = (wfs_part_reader){
        .blobs = blobs, .part = part, .reader = {read_part, self, size_bytes}};
}
