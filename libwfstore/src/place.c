/*
 * place.c - where a new chunk goes.
 */
#include "place.h"

int64_t wfs_place_choose(const wfs_upload_row *upload, uint64_t index,
                         bool is_provisional)
{
    if (index == 0 && (is_provisional || upload->head_bytes > 0)) {
        return WFS_PLACE_HEAD;
    }
    if (upload->chunk_size != WFS_UNKNOWN) {
        return (int64_t)(index * upload->chunk_size);
    }
    if (index == upload->placed_chunks) {
        return (int64_t)upload->placed_bytes;
    }
    return WFS_PLACE_LOOSE;
}

bool wfs_place_is_in_step(const wfs_upload_row *upload, uint64_t index,
                          int64_t place)
{
    bool has_state = index == 0 || upload->digest.length > 0;

    return place >= 0 && upload->head_bytes == 0 && has_state &&
           upload->prefix_chunks == index &&
           upload->prefix_bytes == (uint64_t)place;
}
