/*
 * ageing.c - a store over which time passes.
 */
#include "support/ageing.h"

#include <stdlib.h>

#include "support/clock.h"

static int setup(void **state, uint64_t retention_ms, bool salvage)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    test_store *self;

    test_clock_reset();
    if (test_store_setup(state) != 0) {
        return -1;
    }
    self = *state;
    wfs_store_close(self->store);
    options.retention_ms = retention_ms;
    options.salvage_expired = salvage;
    return wfs_store_open(self->path, &options, &self->store, NULL);
}

int test_ageing_setup(void **state)
{
    return setup(state, 0, true);
}

int test_ageing_setup_delete(void **state)
{
    return setup(state, 0, false);
}

int test_ageing_setup_retention(void **state)
{
    return setup(state, 7 * TEST_DAY_MS, true);
}

void test_ageing_tend(const test_store *self)
{
    uint64_t next_ms;
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_store_tend(self->store, 10000, &next_ms, &error) != WFS_OK) {
        fail_msg("tend: %s %s", wfs_status_name(error.status), error.detail);
    }
}

void test_ageing_pass(const test_store *self, int64_t ms)
{
    test_ageing_tend(self);
    test_clock_pass(ms);
    test_ageing_tend(self);
}

void test_ageing_send(const test_store *self, const char *id, uint64_t index,
                      size_t length)
{
    uint8_t *bytes = test_audio_make(length, 1);
    wfs_chunk_spec spec = test_chunk_spec(id, index);

    test_send_ok(self->store, &spec, bytes, length);
    free(bytes);
}

bool test_has_upload(const test_store *self, const char *id)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_status status = wfs_upload_get(self->store, id, false, &info, NULL);

    wfs_upload_info_release(&info);
    assert_true(status == WFS_OK || status == WFS_ENOUPLOAD ||
                status == WFS_ECOMPLETE);
    return status == WFS_OK;
}

bool test_has_recording(const test_store *self, const char *id)
{
    wfs_recording recording;
    wfs_status status = wfs_recording_get(self->store, id, &recording, NULL);

    if (status == WFS_OK) {
        wfs_recording_release(&recording);
    }
    return status == WFS_OK;
}

wfs_store_stat test_get_stat(const test_store *self)
{
    wfs_store_stat stat;

    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    return stat;
}
