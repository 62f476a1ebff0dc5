/*
 * room.c - the room that uploads reserve and take.
 */
#include "support/room.h"

#include <stdlib.h>

#include "store_internal.h"

wfs_totals test_room_get_totals(const test_store *self)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_totals totals;

    assert_status(catalogue->api->get_totals(catalogue, &totals, NULL), WFS_OK);
    return totals;
}

wfs_upload_row test_room_get_row(const test_store *self, const char *id)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_id_kind kind;
    wfs_upload_row row;

    assert_status(catalogue->api->find_id(catalogue, id, &kind, &row, NULL),
                  WFS_OK);
    assert_int_equal(kind, WFS_ID_UPLOAD);
    return row;
}

wfs_chunk_spec test_room_spec(const char *id, uint64_t index, uint64_t quota)
{
    wfs_chunk_spec spec = test_chunk_spec(id, index);

    spec.limits.quota_bytes = quota;
    return spec;
}

wfs_status test_room_send(const test_store *self, const wfs_chunk_spec *spec,
                          size_t length)
{
    uint8_t *bytes = test_audio_make(length < 44 ? 44 : length, 1);
    wfs_status status = test_send(self->store, spec, bytes, length, NULL);

    free(bytes);
    return status;
}
