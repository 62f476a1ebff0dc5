/*
 * tend_retention.c - recordings are deleted when they were kept long enough.
 */
#include "error.h"
#include "observe.h"
#include "publish.h"
#include "tend.h"

#define PAGE_IDS 32

static wfs_status delete_some(wfs_tending *self, int64_t before_ms,
                              size_t *ret_count, wfs_error *error)
{
    wfs_store *store = self->store;
    char ids[PAGE_IDS][WFS_ID_MAX_BYTES + 1];
    size_t count = 0;
    wfs_status status = store->catalogue->api->list_stored(
        store->catalogue, before_ms, PAGE_IDS, ids, &count, error);

    *ret_count = 0;
    while (status == WFS_OK && *ret_count < count && !wfs_tend_is_over(self)) {
        status =
            wfs_store_delete_recording(store, ids[*ret_count], NULL, error);
        if (status == WFS_OK) {
            wfs_observe(store, WFS_EVENT_RETIRED);
        } else if (status == WFS_ENORECORDING) {
            status = WFS_OK; /* somebody else was faster */
        }
        (*ret_count)++;
    }
    self->is_unfinished |= status == WFS_OK && *ret_count < count;
    return status;
}

wfs_status wfs_tend_retention(wfs_tending *self, wfs_error *error)
{
    uint64_t retention_ms = self->store->options.retention_ms;
    int64_t before_ms;
    size_t count = PAGE_IDS;
    bool has_deleted = false;
    wfs_status status = WFS_OK;

    if (retention_ms == 0 || !self->is_clock_believed) {
        return WFS_OK;
    }
    before_ms = wfs_now_ms() - (int64_t)retention_ms;
    while (status == WFS_OK && count == PAGE_IDS && !wfs_tend_is_over(self)) {
        status = delete_some(self, before_ms, &count, error);
        has_deleted = has_deleted || count > 0;
    }
    if (has_deleted) {
        wfs_publisher_request(self->store->publisher);
    }
    return status;
}
