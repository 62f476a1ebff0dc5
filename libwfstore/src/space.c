/*
 * space.c - whether there is room for what is about to be written.
 */
#include "space.h"

#include "error.h"
#include "ledger.h"

static uint64_t subtract(uint64_t from, uint64_t what)
{
    return from > what ? from - what : 0;
}

uint64_t wfs_store_stat_get_available(const wfs_store_stat *stat,
                                      const wfs_limits *limits)
{
    wfs_totals totals = {.recording_bytes = stat->recording_bytes,
                         .reserved_bytes = stat->reserved_bytes};
    uint64_t disk = subtract(stat->free_bytes, limits->reserve_bytes);
    uint64_t quota = wfs_ledger_get_room(&totals, 0, limits->quota_bytes);

    disk = subtract(disk, subtract(stat->reserved_bytes, stat->upload_bytes));
    return disk < quota ? disk : quota;
}

static wfs_status check_quota(const wfs_limits *limits,
                              const wfs_totals *totals, uint64_t beyond,
                              wfs_error *error)
{
    if (beyond <= wfs_ledger_get_room(totals, 0, limits->quota_bytes)) {
        return WFS_OK;
    }
    return wfs_error_set(error, WFS_EQUOTA, 0, NULL,
                         "the store has no room for this within its quota");
}

/* `own`: reserved by the upload and not yet written. */
static wfs_status check_disk(wfs_store *store, const wfs_limits *limits,
                             const wfs_totals *totals, uint64_t own,
                             uint64_t bytes, wfs_error *error)
{
    uint64_t free_bytes = 0;
    uint64_t room;
    wfs_status status;

    if (limits->reserve_bytes == 0) {
        return WFS_OK;
    }
    status = store->blobs->api->get_free(store->blobs, &free_bytes, error);
    if (status != WFS_OK) {
        return status;
    }
    room = subtract(free_bytes, limits->reserve_bytes);
    if (bytes > own) {
        room = subtract(room, subtract(subtract(totals->reserved_bytes,
                                                totals->upload_bytes),
                                       own));
    }
    if (free_bytes >= limits->reserve_bytes && bytes <= room) {
        return WFS_OK;
    }
    return wfs_error_set(error, WFS_ENOSPC, 0, NULL,
                         "the disk has no room for this beyond its reserve");
}

/* What the upload has reserved and not used. */
static uint64_t get_own(const wfs_upload_row *upload, uint64_t written)
{
    if (upload == NULL) {
        return 0;
    }
    return subtract(upload->reserved_bytes, upload->received_bytes + written);
}

wfs_status wfs_space_check(wfs_store *store, const wfs_limits *limits,
                           const wfs_upload_row *upload, uint64_t written,
                           uint64_t bytes, wfs_error *error)
{
    uint64_t own = get_own(upload, written);
    wfs_totals totals;
    wfs_status status;

    if (limits->reserve_bytes == 0 && limits->quota_bytes == 0) {
        return WFS_OK;
    }
    status =
        store->catalogue->api->get_totals(store->catalogue, &totals, error);
    if (status == WFS_OK) {
        status = check_disk(store, limits, &totals, own, bytes, error);
    }
    if (status == WFS_OK && bytes > own) {
        status = check_quota(limits, &totals,
                             written + bytes - get_own(upload, 0), error);
    }
    return status;
}
