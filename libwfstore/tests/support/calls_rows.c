/*
 * calls_rows.c - the transactions that an order of calls is about.
 */
#include "support/calls.h"
#include "support/calls_table.h"

static void begin(const char *name)
{
    const calls_call call = {name, name, 0, false};

    (void)calls_begin(&call);
}

static wfs_status end(wfs_status status)
{
    calls_end();
    return status;
}

static const wfs_catalogue_api *real_api;
static wfs_catalogue_api counting_api;

static wfs_status put_receipts(wfs_catalogue *catalogue,
                               wfs_receipts_gather gather, void *data,
                               const wfs_receipt_spec *specs,
                               wfs_receipt_result *ret_results,
                               wfs_error *error)
{
    begin("receipt");
    return end(real_api->put_receipts(catalogue, gather, data, specs,
                                      ret_results, error));
}

static wfs_status put_places(wfs_catalogue *catalogue, int64_t row,
                             uint64_t first, uint64_t count, int64_t place,
                             bool is_patient, wfs_upload_row *ret_row,
                             wfs_error *error)
{
    begin("place");
    return end(real_api->put_places(catalogue, row, first, count, place,
                                    is_patient, ret_row, error));
}

static wfs_status complete(wfs_catalogue *catalogue, int64_t row,
                           uint64_t expected, const wfs_recording *recording,
                           wfs_error *error)
{
    begin("complete");
    return end(real_api->complete(catalogue, row, expected, recording, error));
}

static wfs_status finish_rename(wfs_catalogue *catalogue, const char *id,
                                wfs_error *error)
{
    begin("renamed");
    return end(real_api->finish_rename(catalogue, id, error));
}

static wfs_status finish_unlink(wfs_catalogue *catalogue, const char *id,
                                wfs_error *error)
{
    begin("unlinked");
    return end(real_api->finish_unlink(catalogue, id, error));
}

static wfs_status update_recording(wfs_catalogue *catalogue, const char *id,
                                   const wfs_recording_change *change,
                                   wfs_recording_row *ret_row, wfs_error *error)
{
    begin("change");
    return end(
        real_api->update_recording(catalogue, id, change, ret_row, error));
}

static wfs_status delete_recording(wfs_catalogue *catalogue, const char *id,
                                   const char *if_match,
                                   wfs_recording_row *ret_row, wfs_error *error)
{
    begin("delete");
    return end(
        real_api->delete_recording(catalogue, id, if_match, ret_row, error));
}

static wfs_status delete_upload(wfs_catalogue *catalogue, const char *id,
                                wfs_upload_row *ret_row, wfs_error *error)
{
    begin("delete-upload");
    return end(real_api->delete_upload(catalogue, id, ret_row, error));
}

static wfs_status expire_upload(wfs_catalogue *catalogue, int64_t row,
                                int64_t before_ms, wfs_error *error)
{
    begin("expire");
    return end(real_api->expire_upload(catalogue, row, before_ms, error));
}

static wfs_status put_salvaged(wfs_catalogue *catalogue, int64_t row,
                               wfs_error *error)
{
    begin("salvaged");
    return end(real_api->put_salvaged(catalogue, row, error));
}

void calls_watch(wfs_store *store)
{
    if (store->catalogue->api == &counting_api) {
        return;
    }
    real_api = store->catalogue->api;
    counting_api = *real_api;
    counting_api.put_receipts = put_receipts;
    counting_api.put_places = put_places;
    counting_api.complete = complete;
    counting_api.update_recording = update_recording;
    counting_api.delete_recording = delete_recording;
    counting_api.delete_upload = delete_upload;
    counting_api.expire_upload = expire_upload;
    counting_api.put_salvaged = put_salvaged;
    counting_api.finish_rename = finish_rename;
    counting_api.finish_unlink = finish_unlink;
    store->catalogue->api = &counting_api;
}
